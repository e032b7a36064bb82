package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.docs.CodeBlocks;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody else's application, in a process of its own: the one that {@code docs/consume.md} walks through. */
class ConsumeIT {
    private static final Path DOC = Path.of("docs/consume.md");
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private ProcessAppliance tocsin;

    @BeforeEach
    void start() {
        Policy policy = Policy.only(folder.resolve("rules"), "threshold/component", "routing/log")
                .hasty();
        tocsin = new ProcessAppliance(folder, policy.folder()).clustered().start();
    }

    @AfterEach
    void stop() {
        tocsin.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lite", "data"})
    void anApplicationReportsHearsAnswersAndItsDeathDisturbsNothing(String kind) {
        try (ShopProcess shop = new ShopProcess(folder, tocsin.busPort(), kind)) {
            said(shop, "joined by way of 127.0.0.1:" + tocsin.busPort());
            shop.type("unhealthy");
            said(shop, "firing critical checkout is unhealthy");
            said(shop, "acknowledged until 20");
            JsonObject alert = tocsin.http().alerts("&node=" + shop.node()).get(0);
            assertThat(alert.getString("state")).isEqualTo("acknowledged");
            assertThat(alert.getString("acknowledged_by")).isEqualTo(shop.node());
            assertThat(alert.getString("ack_message")).isEqualTo("restarting the checkout");
            assertThat(owners()).as("it never owns").containsOnly("127.0.0.1:" + tocsin.busPort());

            shop.type("healthy");
            said(shop, "resolved critical checkout is unhealthy");
            asDocumented(shop, kind);

            int before = tocsin.said().length();
            shop.kill();
            await().atMost(PATIENCE).until(() -> tocsin.said().contains("127.0.0.1:" + shop.port() + " left"));
            tocsin.http().telemetry(Given.component("n2", "db", "unhealthy"));
            await().atMost(PATIENCE).until(() -> tocsin.said().contains("n2/db"));
            assertThat(tocsin.said().substring(before).lines().filter(line -> !line.contains("n2/db")))
                    .as("what its end makes the appliance say")
                    .singleElement()
                    .asString()
                    .contains("💀 127.0.0.1:" + shop.port() + " left the cluster: 1 remain");
            assertThat(tocsin.ready()).isTrue();
            assertThat(owners()).containsOnly("127.0.0.1:" + tocsin.busPort());
        }
    }

    @Test
    void aLiteMemberThatLosesEverybodyEndsSoThatItIsStartedAgain() {
        try (ShopProcess shop = new ShopProcess(folder, tocsin.busPort(), "lite")) {
            said(shop, "joined by way of");
            tocsin.kill();
            assertThat(shop.ended()).isEqualTo(1);
            assertThat(shop.said()).contains("the last member that keeps data is gone");
        }
        tocsin.start();
        try (ShopProcess again = new ShopProcess(folder, tocsin.busPort(), "lite")) {
            said(again, "joined by way of");
            again.type("unhealthy");
            said(again, "acknowledged until 20");
            again.terminate();
            await().atMost(PATIENCE).until(() -> tocsin.said().contains("127.0.0.1:" + again.port() + " left"));
        }
    }

    @Test
    void aLiteMemberAloneSaysWhyItCannotBeThere() {
        tocsin.terminate();
        try (ShopProcess shop = new ShopProcess(folder, tocsin.busPort(), "lite")) {
            assertThat(shop.ended()).isEqualTo(1);
            assertThat(shop.said()).contains("cannot join by way of 127.0.0.1:" + tocsin.busPort(), "lite members");
        }
    }

    /** What both sides said is what {@code docs/consume.md} shows, but for ports, ids and the time. */
    private void asDocumented(ShopProcess shop, String kind) {
        String lite = kind.equals("lite") ? "" : " as a lite member";
        assertThat(shop.said().lines().map(ConsumeIT::withoutTime))
                .containsSubsequence(CodeBlocks.lines(DOC, "output").stream()
                        .filter(line -> !line.endsWith("healthy") || line.contains(" "))
                        .map(line -> withoutTime(line).replace("5701", "" + tocsin.busPort()))
                        .map(line -> line.replace(lite, ""))
                        .toList());
        Pattern alertId = Pattern.compile("\\b[0-9a-f]{12}-\\d+");
        assertThat(tocsin.said().lines().map(line -> alertId.matcher(line).replaceAll("ID")))
                .extracting(line -> line.replaceFirst("^[0-9:.]+ ", ""))
                .containsSubsequence(CodeBlocks.lines(DOC, "log").stream()
                        .map(line -> alertId.matcher(line).replaceAll("ID"))
                        .map(line -> line.replace("5710", "" + shop.port()))
                        .toList());
    }

    private static String withoutTime(String line) {
        return line.replaceFirst("until 20.*Z$", "until");
    }

    private List<String> owners() {
        return tocsin.http().get("/api/v1/clusters").array().stream()
                .map(JsonObject.class::cast)
                .map(cluster -> cluster.getString("owner"))
                .toList();
    }

    private static void said(ShopProcess shop, String what) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(shop.said()).contains(what));
    }
}
