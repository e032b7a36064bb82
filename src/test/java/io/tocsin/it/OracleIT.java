package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.store.PostgresServer;
import io.tocsin.store.PostgresSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dozen nodes of four monitored clusters live through what lots decide, once before a single member that nothing
 * happens to and once before three of which one or two at a time are killed and started again. Both must have made the
 * same of it. {@code -Dtocsin.oracle.rounds=N} for N acts of each node, {@code -Dtocsin.oracle.seed=S} for the same lots
 * again.
 */
class OracleIT {
    private static final int ACTS = Integer.getInteger("tocsin.oracle.rounds", 6);
    private static final long SEED = Long.getLong("tocsin.oracle.seed", System.nanoTime());
    private static final int NODES = 3;
    private static final List<String> CLUSTERS = List.of("alpha", "beta", "gamma", "delta");
    private static final Set<String> UNTOLD = Set.of("pending", "lapsed", "stale", "fresh");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Random lots = new Random(SEED);
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
        vertx.close().await();
    }

    /** What became of it all: each alert with its history, and what PagerDuty made of it. */
    private record Outcome(Map<String, String> alerts, Map<String, String> incidents) {}

    @Test
    void threeMembersThatAreKilledMakeTheSameOfItAsOneThatIsNot() throws Exception {
        System.out.println("OracleIT seed " + SEED + ", " + ACTS + " acts");
        Path rules = Policy.only(
                        folder.resolve("rules"),
                        "threshold/memory",
                        "threshold/component",
                        "routing/log",
                        "routing/pagerduty")
                .timed("2s", "3s")
                .folder();
        Outcome expected = undisturbed(rules);
        Outcome found = disturbed(rules);
        System.out.println("OracleIT " + expected.alerts().size() + " alerts, "
                + expected.incidents().size() + " incidents");
        assertThat(expected.alerts()).hasSizeGreaterThan(CLUSTERS.size());
        assertThat(found.alerts()).isEqualTo(expected.alerts());
        assertThat(found.incidents()).isEqualTo(expected.incidents());
    }

    private Outcome undisturbed(Path rules) {
        FakePagerDuty pagerDuty = FakePagerDuty.start(vertx);
        ProcessAppliance one = new ProcessAppliance(folder.resolve("one"), rules);
        toClose.add(one);
        one.config(receivers(pagerDuty)).start();
        Play play = new Play(fates(), one::http, pagerDuty, -1);
        toClose.add(play);
        await().atMost(Duration.ofSeconds(30 + 10L * ACTS))
                .untilAsserted(() -> assertThat(play.fates()).allMatch(Fate::over));
        play.close();
        Outcome outcome = outcome(one.http(), pagerDuty, play);
        one.close();
        return outcome;
    }

    private Outcome disturbed(Path rules) throws Exception {
        FakePagerDuty pagerDuty = FakePagerDuty.start(vertx);
        PostgresSettings database = PostgresServer.emptyDatabase();
        Trio trio = new Trio(folder, rules, Views.url(database), "", "");
        toClose.add(trio);
        trio.members().forEach(one -> one.config(receivers(pagerDuty)));
        trio.start();
        Play play = new Play(fates(), trio::door, pagerDuty, 0);
        toClose.add(play);
        int kills = 0;
        long bound = System.nanoTime() + Duration.ofSeconds(60 + 40L * ACTS).toNanos();
        while (!play.over()) {
            assertThat(System.nanoTime()).as(play.fates().toString()).isLessThan(bound);
            kills += killSome(trio, play);
        }
        play.close();
        Views views = new Views(database);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(views.waiting()).isEmpty());
        views.areTheDatabase(trio.members());
        Outcome outcome = outcome(trio.door(), pagerDuty, play);
        int events = pagerDuty.events().size();
        int again = events
                - (int) pagerDuty.events().stream()
                        .map(Aftermath::event)
                        .distinct()
                        .count();
        System.out.println("OracleIT " + kills + " kills; PagerDuty heard " + events + ", " + again + " of them again");
        assertThat(kills).isGreaterThan(1);
        assertThat(again).isLessThanOrEqualTo(4 * kills);
        return outcome;
    }

    /** Kills a member or two and starts them again; how many. */
    private int killSome(Trio trio, Play play) throws Exception {
        pause(lots.nextInt(1500));
        String cluster = CLUSTERS.get(lots.nextInt(CLUSTERS.size()));
        List<ProcessAppliance> victims = new ArrayList<>();
        victims.add(lots.nextInt(3) > 0 ? trio.ownerOf(cluster) : trio.members().get(lots.nextInt(3)));
        if (lots.nextInt(4) == 0) {
            victims.add(trio.members().stream()
                    .filter(one -> !victims.contains(one))
                    .findFirst()
                    .orElseThrow());
        }
        await().atMost(Duration.ofSeconds(60)).until(play::mayBeDisturbed);
        victims.forEach(ProcessAppliance::kill);
        pause(lots.nextInt(2000));
        victims.forEach(ProcessAppliance::launch);
        victims.forEach(ProcessAppliance::awaitReady);
        await().atMost(Duration.ofSeconds(30)).until(() -> settled(trio));
        play.disturbed();
        return victims.size();
    }

    /** Whether all members see all, and agree on who owns what. */
    private static boolean settled(Trio trio) {
        List<Map<String, String>> views = trio.members().stream()
                .map(one -> one.http().get("/api/v1/clusters").array().stream()
                        .map(JsonObject.class::cast)
                        .collect(Collectors.toMap(
                                cluster -> cluster.getString("cluster"),
                                cluster -> String.valueOf(cluster.getString("owner")))))
                .toList();
        return views.stream().distinct().count() == 1
                && views.get(0).keySet().containsAll(CLUSTERS)
                && trio.members().stream().allMatch(one -> one.figure("tocsin_members{state=\"ready\"}") == 3);
    }

    private static void pause(int millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    private static Map<String, List<Fate>> fates() {
        Random seeds = new Random(SEED);
        Map<String, List<Fate>> fates = new LinkedHashMap<>();
        for (String cluster : CLUSTERS) {
            List<Fate> some = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                Ailment ailment = Ailment.values()[i % 2];
                some.add(Fate.draw(cluster, "n" + i, ailment, ACTS, seeds.nextLong()));
            }
            fates.put(cluster, some);
        }
        return fates;
    }

    private static String receivers(FakePagerDuty pagerDuty) {
        return "receivers:\n  log: {}\n  pagerduty: {url: \"" + pagerDuty.url() + "\", routing_key: \"" + "k".repeat(32)
                + "\"}\n";
    }

    private static Outcome outcome(Http http, FakePagerDuty pagerDuty, Play play) {
        assertThat(play.fates())
                .allSatisfy(
                        fate -> assertThat(fate.broken()).as(fate.toString()).isEmpty());
        Map<String, String> alerts = new TreeMap<>();
        for (JsonObject alert : http.alerts("")) {
            if (CLUSTERS.contains(alert.getString("cluster"))) {
                alerts.put(alert.getString("id"), life(http, alert));
            }
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(wrong(http, pagerDuty, alerts)).isEmpty());
        Map<String, String> incidents = new TreeMap<>();
        pagerDuty.incidents().forEach((id, one) -> {
            if (alerts.containsKey(id)) {
                incidents.put(id, "opened " + one.opened() + (over(one) ? ", closed" : ""));
            }
        });
        return new Outcome(alerts, incidents);
    }

    /** Incidents that do not stand as their alerts do. */
    private static List<String> wrong(Http http, FakePagerDuty pagerDuty, Map<String, String> alerts) {
        List<String> wrong = new ArrayList<>();
        pagerDuty.incidents().forEach((id, one) -> {
            if (alerts.containsKey(id)) {
                String state = http.alert(id).getString("state");
                if (one.opened() != 1 || over(one) != state.equals("resolved")) {
                    wrong.add(state + ": " + id + " opened " + one.opened() + ", " + one.state());
                }
            }
        });
        return wrong;
    }

    /** One that was answered stays so for PagerDuty, even if its alert gets worse and calls again. */
    private static boolean over(FakePagerDuty.Incident incident) {
        return incident.state() == FakePagerDuty.State.RESOLVED;
    }

    /** What people were told of an alert, in order, and how it stands. */
    private static String life(Http http, JsonObject alert) {
        String told =
                http
                        .get("/api/v1/alerts/" + alert.getString("id") + "/history")
                        .json()
                        .getJsonArray("transitions")
                        .stream()
                        .map(JsonObject.class::cast)
                        .filter(one -> !UNTOLD.contains(one.getString("kind")))
                        .map(one -> one.getString("kind") + " (" + one.getString("detail") + ")")
                        .collect(Collectors.joining(", "));
        return String.join(
                " ",
                alert.getString("cluster"),
                alert.getString("alert_type"),
                alert.getString("subject"),
                alert.getString("severity"),
                alert.getString("state") + ":",
                told);
    }
}
