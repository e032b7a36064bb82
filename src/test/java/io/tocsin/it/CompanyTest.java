package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.tocsin.Appliance;
import io.tocsin.config.ConfigLoader;
import io.tocsin.config.Overrides;
import io.tocsin.store.PostgresServer;
import io.tocsin.store.PostgresSettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two members in one process, one of which is not as it should be, or a third that is none. */
@Timeout(240)
class CompanyTest {
    private static final List<String> CLUSTERS =
            IntStream.range(0, 8).mapToObj(number -> "c" + number).toList();

    @TempDir
    Path folder;

    private final PostgresSettings database = PostgresServer.emptyDatabase();
    private final List<Integer> ports = List.of(Jar.freePort(), Jar.freePort());
    private final List<Appliance> members = new ArrayList<>();
    private Vertx foreign;
    private HazelcastInstance theirs;

    @AfterEach
    void stop() {
        if (foreign != null) {
            foreign.close().await();
        }
        members.forEach(Appliance::close);
    }

    /** The next of the two. */
    private Http start(Path rules, Clock clock) throws Exception {
        int number = members.size();
        Map<String, String> sets = new HashMap<>(Map.of(
                "http.port", "0",
                "hazelcast.port", Integer.toString(ports.get(number)),
                "hazelcast.cluster_name", "company-" + ports.get(0),
                "hazelcast.members", "127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1),
                "collect.host.enabled", "false",
                "rules.watch", "false",
                "rules.stuck_after", "1s"));
        sets.put(
                "store.url",
                "postgresql://" + PostgresServer.USER + ":any@127.0.0.1:" + database.port() + "/"
                        + database.database());
        Overrides overrides = new Overrides(rules, folder.resolve("data" + number));
        Appliance member = Appliance.start(
                ConfigLoader.load(null, sets, Map.of(), overrides).settings(), clock);
        members.add(member);
        return new Http(member.address());
    }

    private String place(int number) {
        return "127.0.0.1:" + ports.get(number);
    }

    private static JsonObject seen(Http by, String place) {
        return by.get("/api/v1/members").json().getJsonArray("members").stream()
                .map(JsonObject.class::cast)
                .filter(one -> place.equals(one.getString("member")))
                .findFirst()
                .orElseGet(JsonObject::new);
    }

    /** By cluster, who has it. */
    private static Map<String, String> owners(Http by) {
        Map<String, String> owners = new TreeMap<>();
        by.get("/api/v1/clusters").array().stream()
                .map(JsonObject.class::cast)
                .forEach(one -> owners.put(one.getString("cluster"), one.getString("owner")));
        return owners;
    }

    private static Map<String, Long> epochs(Http by) {
        return by.get("/api/v1/clusters").array().stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(one -> one.getString("cluster"), one -> one.getLong("epoch")));
    }

    private static double metric(Http of, String name) {
        return of.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static JsonObject unhealthy(String cluster, String node) {
        return Given.component(node, "disk", "unhealthy").put("cluster", cluster);
    }

    /** Reports a node's failure in every cluster by way of a member until each is taken. */
    private static void report(Http by, String node) {
        for (String cluster : CLUSTERS) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> by.post("/api/v1/telemetry", unhealthy(cluster, node))
                                    .status()
                            == 202);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(by.alerts("&alert_type=component_unhealthy&node=" + node))
                        .hasSize(CLUSTERS.size()));
    }

    @Test
    void clockThatIsAnHourOffIsShownAndAlertedOn() throws Exception {
        Path rules = Policy.only(
                        folder.resolve("rules"), "threshold/component", "threshold/member_clock", "routing/log")
                .hasty()
                .folder();
        Http right = start(rules, Clock.systemUTC());
        Http wrong = start(rules, Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(right.alerts("&alert_type=member_clock&state=firing"))
                        .singleElement()
                        .satisfies(alert -> {
                            assertThat(alert.getString("node")).isEqualTo(place(1));
                            assertThat(alert.getString("severity")).isEqualTo("warning");
                            assertThat(alert.getDouble("value")).isBetween(3590.0, 3610.0);
                        }));
        for (Http one : List.of(right, wrong)) {
            assertThat(seen(one, place(1)).getJsonArray("differs")).isEqualTo(JsonArray.of("clock"));
            assertThat(seen(one, place(1)).getDouble("clock_skew_seconds")).isBetween(3590.0, 3610.0);
            assertThat(seen(one, place(0)).getJsonArray("differs")).isEmpty();
        }
        report(right, "n1");
        report(wrong, "n2");
    }

    @Test
    void foreignMemberThatSendsGarbageDisturbsNothing() throws Exception {
        Path rules = Policy.only(folder.resolve("rules"), "threshold/component", "routing/log")
                .folder();
        Http first = start(rules, Clock.systemUTC());
        Http second = start(rules, Clock.systemUTC());
        report(first, "n1");
        await().until(() -> owners(first).values().containsAll(List.of(place(0), place(1))));
        Map<String, String> owners = owners(first);
        Map<String, Long> epochs = epochs(first);
        List<JsonObject> alerts = first.alerts("");
        join();
        await().until(() -> "foreign".equals(seen(first, theirPlace()).getString("state")));

        flood();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(metric(second, "tocsin_member_requests_refused_total"))
                        .isGreaterThan(10));
        assertThat(metric(first, "tocsin_members_ignored_total") + metric(second, "tocsin_members_ignored_total"))
                .isPositive();
        report(first, "n2");
        report(second, "n3");
        assertThat(owners(first)).isEqualTo(owners);
        assertThat(epochs(first)).isEqualTo(epochs);
        assertThat(first.alerts("")).containsAll(alerts).hasSize(alerts.size() + 2 * CLUSTERS.size());
        assertThat(first.get("/-/ready").status()).isEqualTo(200);

        // whoever takes over finds garbage where readings should be
        members.remove(1).close();
        await().atMost(Duration.ofSeconds(20)).until(() -> !owners(first).containsValue(place(1)));
        report(first, "n4");
        assertThat(metric(first, "tocsin_shelf_dropped_total")).isPositive();
    }

    private void join() {
        Config hazelcast = ConfigUtil.loadConfig().setClusterName("company-" + ports.get(0));
        var network = hazelcast.getNetworkConfig().setPort(Jar.freePort());
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getTcpIpConfig().setEnabled(true).addMember(place(0));
        hazelcast.setProperty("hazelcast.logging.type", "slf4j").setProperty("hazelcast.phone.home.enabled", "false");
        HazelcastClusterManager manager = new HazelcastClusterManager(hazelcast);
        foreign = Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1")))
                .withClusterManager(manager)
                .buildClustered()
                .await();
        theirs = manager.getHazelcastInstance();
    }

    private String theirPlace() {
        var address = theirs.getCluster().getLocalMember().getAddress();
        return address.getHost() + ":" + address.getPort();
    }

    private void flood() {
        byte[] noise = new byte[50_000];
        new Random(7).nextBytes(noise);
        List<Object> garbage = List.of(
                17,
                "text",
                true,
                "x".repeat(1_000_000),
                Buffer.buffer(noise),
                new JsonArray().add(new JsonArray()),
                new JsonObject(),
                new JsonObject().put("what", "resolve").put("cluster", "c0").put("alert_id", 7),
                new JsonObject().put("what", "ack").put("cluster", 9),
                new JsonObject().put("what", "silence").put("cluster", "c0").put("counts", "no"),
                new JsonObject().put("what", "verdict").put("cluster", "c0").put("problem", 3),
                new JsonObject().put("what", 1),
                new JsonObject().put("what", "readings").put("cluster", new JsonArray()),
                new JsonObject().put("what", "why-not").put("rule", new JsonObject()));
        List<String> addresses = new ArrayList<>(
                List.of("tocsin.telemetry", "tocsin.command.ack", "tocsin.command.resolve", "tocsin.member.receivers"));
        for (int number = 0; number < 2; number++) {
            for (String what : List.of("telemetry.", "command.", "query.")) {
                addresses.add("tocsin.member." + what + place(number));
            }
            addresses.add("tocsin.member." + place(number) + ".clock");
        }
        addresses.add("tocsin.member.outbox.log");
        DeliveryOptions headed = new DeliveryOptions().addHeader("from", "me").addHeader("seq", "1");
        for (String address : addresses) {
            for (Object body : garbage) {
                foreign.eventBus().publish(address, body);
                foreign.eventBus().send(address, body, headed);
            }
        }
        var announced = theirs.<Object, Object>getReplicatedMap("tocsin.members");
        var blocks = theirs.<Object, Object>getMap("tocsin.blocks");
        for (String id : List.of("away", foreign.toString())) {
            announced.put(id, new HashMap<>(Map.of("state", "lost")));
            announced.put(id, "[{\"place\":7}]");
        }
        announced.put(theirs.getCluster().getLocalMember().getAttribute("__vertx.nodeId"), 42);
        for (String cluster : CLUSTERS) {
            for (int epoch = 1; epoch < 4; epoch++) {
                blocks.put("0|" + epoch + "|" + cluster, noise);
                blocks.put("1|" + epoch + "|" + cluster, "no bytes");
                blocks.put("2|" + epoch + "|" + cluster, new HashMap<>(Map.of(1, 2)));
            }
        }
    }

    @Test
    void memberWhoseLanesAreStuckGivesWhatItHasToTheOther() throws Exception {
        Path rules = Policy.only(folder.resolve("rules"), "threshold/component", "routing/log")
                .folder();
        StringBuilder drl = new StringBuilder("package rules; import io.tocsin.model.*;\n");
        for (int number = 1; number <= 4; number++) {
            drl.append(slowRule(number));
        }
        Files.writeString(rules.resolve("threshold/named.drl"), drl);
        Http first = start(rules, Clock.systemUTC());
        Http second = start(rules, Clock.systemUTC());
        report(first, "n1");
        await().until(() -> owners(first).containsValue(place(0)));
        String cluster = owners(first).entrySet().stream()
                .filter(one -> CLUSTERS.contains(one.getKey()) && place(0).equals(one.getValue()))
                .findFirst()
                .orElseThrow()
                .getKey();

        for (int number = 1; number <= 4; number++) {
            String slow = Slow.text(number == 4 ? 15 : 3);
            JsonObject poison = new JsonObject()
                    .put("type", "metric")
                    .put("cluster", cluster)
                    .put("node", slow)
                    .put("name", "x" + number)
                    .put("value", 1);
            CompletableFuture.runAsync(() -> first.post("/api/v1/telemetry", poison));
            int lost = number;
            if (number < 4) {
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> metric(first, "tocsin_lane_threads_replaced_total") == lost);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> first.post("/api/v1/telemetry", unhealthy(cluster, "n1"))
                                        .status()
                                == 202);
            }
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> "ailing".equals(seen(second, place(0)).getString("state")));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(owners(second).values()).containsOnly(place(1)));
        assertThat(first.get("/-/healthy").status()).as("still stuck").isEqualTo(503);
        report(second, "n2");

        await().atMost(Duration.ofMinutes(2))
                .until(() -> "ready".equals(seen(second, place(0)).getString("state")));
        await().atMost(Duration.ofSeconds(30)).until(() -> owners(second).containsValue(place(0)));
        report(first, "n3");
        assertThat(first.alerts("&alert_type=component_unhealthy&node=n1"))
                .as("one life each")
                .hasSize(CLUSTERS.size());
    }

    private static String slowRule(int number) {
        return """
                rule "x%1$d is named"
                when
                    $m : Metric(name == "x%1$d", node matches "%2$s")
                then
                    insertLogical(Finding.of("x%1$d", $m).warning("named"));
                end
                """.formatted(number, Slow.PATTERN + number);
    }
}
