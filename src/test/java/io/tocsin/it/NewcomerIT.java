package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.FakeSlack;
import io.tocsin.store.PostgresServer;
import io.tocsin.store.PostgresSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A member whose disk is empty has all that it needs from the others; one whose disk takes nothing does not disturb them. */
class NewcomerIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeSlack slack = FakeSlack.start(vertx);
    private final FakePagerDuty pagerDuty = FakePagerDuty.start(vertx);
    private final PostgresSettings database = PostgresServer.emptyDatabase();
    private final Views views = new Views(database);
    private Trio trio;
    private List<ProcessAppliance> old;
    private ProcessAppliance newcomer;

    @BeforeEach
    void start() {
        Policy policy = Policy.only(
                folder.resolve("rules"), "threshold/component", "routing/log", "routing/slack", "routing/pagerduty");
        trio = new Trio(folder, policy.folder(), Views.url(database), slack.url(), pagerDuty.url());
        old = trio.members().subList(0, 2);
        newcomer = trio.members().get(2);
        old.forEach(ProcessAppliance::launch);
        old.forEach(ProcessAppliance::awaitReady);
        for (String cluster : List.of("a", "b", "c", "d", "e", "f")) {
            trio.door().telemetry(Given.component("n1", "store", "unhealthy").put("cluster", cluster));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> owners().size() >= 6 && sees(old, 2));
    }

    @AfterEach
    void stop() {
        trio.close();
        vertx.close().await();
    }

    @Test
    void memberWithAnEmptyDiskTakesPartAndAgainOnceItsDiskWasEmptied() {
        for (String life : List.of("first", "second")) {
            assertThat(newcomer.data()).as(life + " life").doesNotExist();
            newcomer.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> sees(trio.members(), 3));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> owners().values().stream().anyMatch(one -> one.startsWith(newcomer.place())));
            views.areTheDatabase(trio.members());
            assertThat(rules(newcomer)).isEqualTo(rules(old.get(0)));

            newcomer.http()
                    .telemetry(Given.component(life, "store", "unhealthy").put("cluster", "a"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> pagerDuty.incidents().values().stream()
                            .anyMatch(one -> one.payload().getString("source").equals(life)));
            assertThat(newcomer.terminate()).isZero();
            empty(newcomer.data());
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> sees(old, 2));
        views.areTheDatabase(old);
        assertThat(pagerDuty.incidents().values())
                .extracting(FakePagerDuty.Incident::opened)
                .containsOnly(1);
    }

    @Test
    void memberWhoseDiskTakesNothingSaysSoAndTheOthersHearNothingOfIt() throws Exception {
        Map<String, String> before = settled();
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        Path full = Files.createDirectories(folder.resolve("full"));
        // whatever is written there finds the disk full
        Files.createSymbolicLink(full.resolve("tocsin.lock"), Path.of("/dev/full"));

        assertThat(newcomer.data(file.resolve("data")).startInVain()).satisfies(end -> {
            assertThat(end.code()).isEqualTo(2);
            assertThat(end.err())
                    .contains("tocsin: data directory " + file.resolve("data") + " cannot be created", "--data")
                    .doesNotContain("\tat ");
        });
        assertThat(newcomer.data(full).startInVain()).satisfies(end -> {
            assertThat(end.code()).isEqualTo(2);
            assertThat(end.err())
                    .contains("tocsin: data directory " + full + " cannot be written (No space left on device)")
                    .doesNotContain("\tat ");
        });

        assertThat(owners()).as("who owns what, and in which epoch").isEqualTo(before);
        assertThat(sees(old, 2)).isTrue();
        assertThat(old).allSatisfy(one -> {
            assertThat(one.said()).doesNotContain(newcomer.place() + " joins", newcomer.place() + " left");
            assertThat(one.ready()).isTrue();
        });
        assertThat(trio.door().alerts("&cluster=tocsin")).isEmpty();
        views.areTheDatabase(old);
    }

    private static boolean sees(List<ProcessAppliance> members, int ready) {
        return members.stream().allMatch(one -> one.figure("tocsin_members{state=\"ready\"}") == ready);
    }

    /** By cluster, as a member that is there says. */
    /** Once nothing changes hands any more. */
    private Map<String, String> settled() {
        AtomicReference<Map<String, String>> seen = new AtomicReference<>(Map.of());
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    Map<String, String> now = owners();
                    return seen.getAndSet(now).equals(now);
                });
        return seen.get();
    }

    private Map<String, String> owners() {
        Map<String, String> owners = new TreeMap<>();
        old.get(0).http().get("/api/v1/clusters").array().stream()
                .map(JsonObject.class::cast)
                .forEach(one -> owners.put(
                        one.getString("cluster"), one.getString("owner") + " in " + one.getInteger("epoch")));
        return owners;
    }

    private static List<String> rules(ProcessAppliance member) {
        JsonObject rules = member.http().get("/api/v1/rules").json();
        List<String> all = new ArrayList<>();
        all.add(String.valueOf(rules.getValue("rule_hash")));
        rules.getJsonArray("rules").forEach(one -> all.add(((JsonObject) one).getString("name")));
        return all;
    }

    private static void empty(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
