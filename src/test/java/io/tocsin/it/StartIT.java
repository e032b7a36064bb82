package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.FakeSlack;
import io.tocsin.fake.Fault;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a process begins and ends, and what it says when it cannot begin: one clear error, exit code 2, nothing left behind. */
class StartIT {
    @TempDir
    Path folder;

    private Policy policy;
    private ProcessAppliance tocsin;

    @BeforeEach
    void prepare() {
        policy = Policy.only(folder.resolve("rules"), "threshold/memory", "routing/log");
        tocsin = new ProcessAppliance(folder, policy.folder());
    }

    @AfterEach
    void stop() {
        tocsin.close();
    }

    @Test
    void endsWithinFiveSecondsAndKeepsEverything() {
        policy.hasty();
        tocsin.clustered().start();
        tocsin.http().telemetry(Given.memory("n1", 97));
        String id = tocsin.http().alerts("").get(0).getString("id");

        Instant told = Instant.now();
        int code = tocsin.terminate();
        assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(code).isZero();
        assertThat(tocsin.said()).contains("stopping", "stopped").doesNotContain("Exception");

        tocsin.start();
        tocsin.http().telemetry(Given.memory("n1", 97));
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(tocsin.http().alert(id).getString("state")).isEqualTo("firing"));
    }

    @Test
    void endsInTimeAlthoughReceiversHang() {
        Vertx vertx = Vertx.vertx();
        FakeSlack slack = FakeSlack.start(vertx).play(Fault.slowBody(), Fault.slowBody());
        FakePagerDuty pagerDuty = FakePagerDuty.start(vertx).play(Fault.slowBody(), Fault.slowBody());
        try {
            policy = Policy.only(folder.resolve("rules"), "threshold/component", "routing/slack", "routing/pagerduty");
            tocsin.receivers(slack.url(), pagerDuty.url()).start();
            tocsin.http().telemetry(Given.component("n1", "c", "unhealthy"));
            Awaitility.await().until(() -> slack.requests() > 0 && pagerDuty.requests() > 0);
            assertThat(interrupted()).isZero();
        } finally {
            vertx.close().await();
        }
    }

    /** Ctrl-C; the exit code. */
    private int interrupted() {
        Instant told = Instant.now();
        int code = tocsin.interrupt();
        assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(5));
        return code;
    }

    @Test
    void saysWhereItIsAndWhatItWatches() {
        tocsin.clustered().config("clusters: {main: {nodes: [n1, n2, n3]}}").start();
        Awaitility.await()
                .untilAsserted(() -> assertThat(tocsin.said())
                        .contains(
                                "TOCSIN IS UP",
                                tocsin.url(),
                                "4 rules",
                                "main (3 nodes, quorum 2)",
                                tocsin.data().resolve("tocsin.db").toString(),
                                "127.0.0.1:" + tocsin.busPort()));
        assertThat(tocsin.said()).doesNotContain("WARN", "Exception", "\u001b[");
    }

    @Test
    void shippedConfigKeepsEverythingUnderTheDataFolder() throws IOException {
        tocsin.config(Files.readString(Jar.PROJECT.resolve("config/tocsin.yaml")))
                .start();
        assertThat(tocsin.data().resolve("tocsin.db")).exists();
        assertThat(tocsin.said()).contains(tocsin.data().resolve("tocsin.db").toString());
    }

    @Test
    void secondProcessOnTheSameDataIsRefused() {
        tocsin.start();
        try (var second = new ProcessAppliance(folder, policy.folder())) {
            refused(second, tocsin.data().toString(), "is in use by process", "--data");
        }
        assertThat(tocsin.ready()).isTrue();
    }

    @Test
    void takenHttpPortIsNamed() throws IOException {
        try (var taken = new ServerSocket(tocsin.port(), 1, InetAddress.getLoopbackAddress())) {
            refused(tocsin, "http.port", "127.0.0.1:" + taken.getLocalPort(), "cannot be bound");
        }
        tocsin.start();
    }

    @Test
    void takenHazelcastPortIsNamed() throws IOException {
        tocsin.clustered();
        try (var taken = new ServerSocket(tocsin.busPort(), 1, InetAddress.getLoopbackAddress())) {
            refused(tocsin, "hazelcast.port", "127.0.0.1:" + taken.getLocalPort(), "cannot be bound");
        }
        tocsin.start();
    }

    @Test
    void secondMemberWithAStoreOfItsOwnIsRefusedAndTheFirstGoesOn() {
        tocsin.clustered().start();
        try (var second = new ProcessAppliance(folder.resolve("second"), policy.folder())) {
            String first = "127.0.0.1:" + tocsin.busPort();
            second.clustered().set("hazelcast.members=" + first + ",127.0.0.1:" + second.busPort());
            refused(second, "store.url: " + first + " is in the cluster tocsin", "postgresql://");
        }
        assertThat(tocsin.ready()).isTrue();
    }

    @Test
    void dataDirectoryThatIsAFileIsNamed() throws IOException {
        Files.writeString(tocsin.data(), "");
        refused(tocsin, "data directory " + tocsin.data(), "--data");
        assertThat(tocsin.data()).isEmptyFile();
    }

    @Test
    void everyMistakeOfAConfigIsToldAtOnce() {
        tocsin.config("""
                telemetry:
                  default_ttl: soon
                collect:
                  host: {evry: 5s}
                receivers:
                  slack: {url: "http://hooks.example.org/x", url_file: nothing}
                """);
        Jar.Result result = refused(tocsin, "tocsin.yaml:4:10: ", "evry", "every", "3 mistakes");
        assertThat(result.err()).contains("soon", "30s", "receivers.slack").doesNotContain("example.org/x");
        assertThat(tocsin.data()).doesNotExist();
    }

    @Test
    void rulesWithMistakesAreNamedByFileAndLine() {
        policy.edit("threshold/memory.drl", "usagePercent > 85)", "usagePercnt > 85)")
                .edit("routing/log.drl", "then", "than");
        int unknown = policy.line("threshold/memory.drl", "usagePercnt > 85)");
        Jar.Result result =
                refused(tocsin, "threshold/memory.drl:" + unknown, "usagePercnt", "routing/log.drl:", "usagePercent");
        assertThat(result.err().lines()).hasSizeLessThan(8);

        Jar.Result check = Jar.run("check", policy.folder().toString());
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out()).contains("threshold/memory.drl:" + unknown, "routing/log.drl:");
    }

    @Test
    void corruptDatabaseIsNoEmptyStart() throws IOException {
        Files.createDirectories(tocsin.data());
        byte[] rubbish = "this is no database".repeat(1000).getBytes(StandardCharsets.UTF_8);
        Files.write(tocsin.data().resolve("tocsin.db"), rubbish);
        refused(tocsin, tocsin.data().resolve("tocsin.db").toString());
        assertThat(tocsin.data().resolve("tocsin.db")).hasBinaryContent(rubbish);
    }

    @Test
    void databaseThatIsDamagedInTheMiddleIsNoEmptyStart() throws IOException {
        tocsin.start();
        tocsin.http().telemetry(Given.memory("n1", 97));
        assertThat(tocsin.terminate()).isZero();
        Path file = tocsin.data().resolve("tocsin.db");
        byte[] bytes = Files.readAllBytes(file);
        java.util.Arrays.fill(bytes, 4096, bytes.length - 4096, (byte) 0x5a);
        Files.write(file, bytes);
        refused(tocsin, file.toString());
    }

    private static Jar.Result refused(ProcessAppliance tocsin, String... words) {
        Jar.Result result = tocsin.startInVain();
        assertThat(result.code()).as(result.all()).isEqualTo(2);
        assertThat(result.err()).contains(words).doesNotContain("\tat ", "Exception:");
        assertThat(result.all()).doesNotContain("TOCSIN IS UP");
        return result;
    }
}
