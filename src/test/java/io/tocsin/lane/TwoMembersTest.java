package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.LocalCodec;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.SeriesLimit;
import io.tocsin.lane.record.Pack;
import io.tocsin.lane.record.RecordingSettings;
import io.tocsin.membership.HazelcastSettings;
import io.tocsin.membership.Members;
import io.tocsin.membership.Ownership;
import io.tocsin.membership.Self;
import io.tocsin.model.Alert;
import io.tocsin.model.DebugTrace;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Telemetry;
import io.tocsin.store.History;
import io.tocsin.store.MemoryStore;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two members on one store: whoever takes something, the one that owns its cluster does it. */
@Timeout(120)
class TwoMembersTest {
    private static final int LANES = 2;
    private static final String RULE = """
            rule "memory is high"
            when
                $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent > 85)
            then
                insertLogical(Finding.of("memory_usage", $u).warning("high"));
            end
            rule "node is silent"
            when
                $s : Source(check == null, silent)
            then
                insertLogical(Finding.of("node_silent", $s.node()).warning("silent"));
            end
            """;

    private final MemoryStore store = new MemoryStore();
    private final Placed placed = new Placed();
    private final Map<String, byte[]> blocks = new ConcurrentHashMap<>();
    private final Shelf shelf = new Shelf() {
        @Override
        public boolean used() {
            return others;
        }

        @Override
        public boolean put(String cluster, long epoch, int number, byte[] block) {
            assertThat(epoch).isPositive();
            if (epochs.merge(cluster, epoch, Math::max) == epoch) {
                blocks.put(cluster + number, block);
            }
            return true;
        }

        @Override
        public List<byte[]> read(String cluster, long before) {
            assertThat(epochs.getOrDefault(cluster, 0L)).isLessThan(before);
            return IntStream.range(0, blocks.size())
                    .mapToObj(number -> blocks.get(cluster + number))
                    .takeWhile(Objects::nonNull)
                    .toList();
        }

        @Override
        public void clear(String cluster, long before) {}
    };
    private final Map<String, Long> epochs = new ConcurrentHashMap<>();
    private volatile boolean others = true;
    private final List<Member> members = new ArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Stand.START);
    private RuleBook book;
    private Member east;
    private Member west;

    /** One of them. */
    private record Member(Members members, Vertx vertx, String name, SimpleMeterRegistry registry) {
        void send(Telemetry... messages) throws Exception {
            get(vertx.eventBus().request(Address.INTAKE, new TelemetryBatch(List.of(messages)), Address.LOCAL));
        }

        JsonObject ask(JsonObject question) throws Exception {
            return get(vertx.eventBus().<JsonObject>request(Address.QUERY, question, Address.LOCAL))
                    .body();
        }

        double count(String counter) {
            return registry.find(counter).counters().stream()
                    .mapToDouble(io.micrometer.core.instrument.Counter::count)
                    .sum();
        }
    }

    @BeforeEach
    void begin() throws Exception {
        book = RuleBook.of(Map.of("threshold/memory.drl", Stand.HEADER + RULE));
        east = member(List.of());
        west = member(List.of(east.name()));
        await().until(() -> east.members().size() == 2);
    }

    @AfterEach
    void end() throws Exception {
        for (Member member : members) {
            get(member.members().stop());
        }
        book.close();
    }

    private Member member(List<String> others) throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        HazelcastSettings settings = new HazelcastSettings(true, "two-members", "127.0.0.1", freePort(), others);
        Members hazelcast = new Members(settings, Self.of("test", true, now::get), new VertxOptions(), registry);
        Vertx vertx = get(hazelcast.start());
        vertx.eventBus().registerDefaultCodec(TelemetryBatch.class, new LocalCodec<>(TelemetryBatch.class));
        Ownership ownership = placed.of(hazelcast.name());
        OpenAlerts where = new OpenAlerts(LANES);
        TelemetrySettings telemetry = new TelemetrySettings(Duration.ofSeconds(60), RecordingSettings.OFF, 1000, 2000);
        LaneSettings lane = new LaneSettings(
                book, telemetry, Duration.ofHours(24), Map.of(), Set.of(), new SeriesLimit(2000), ZoneOffset.UTC);
        var tools = new LaneVerticle.Tools(store, where, now::get, registry, any -> false, ownership, shelf, null);
        for (int number = 0; number < LANES; number++) {
            get(vertx.deployVerticle(
                    new LaneVerticle(number, lane, tools),
                    new DeploymentOptions()
                            .setThreadingModel(ThreadingModel.WORKER)
                            .setWorkerPoolName("lane-" + number)
                            .setWorkerPoolSize(1)));
        }
        get(vertx.deployVerticle(new Switchboard(where, store, Set.of(), telemetry, ownership, registry)));
        Member member = new Member(hazelcast, vertx, hazelcast.name(), registry);
        members.add(member);
        return member;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static ResourceUsage memory(String cluster, String node, double percent) {
        return new ResourceUsage(
                Telegrams.head(cluster, node, Stand.START, Duration.ofHours(1)),
                ResourceType.MEMORY,
                percent,
                null,
                null);
    }

    private static DebugTrace trace(String cluster) {
        return new DebugTrace(
                Telegrams.head(cluster, "n1", Stand.START, Duration.ofHours(1)), "store", "slow", Map.of());
    }

    private List<Alert> alerts() {
        return store.alerts(new History.Query(Set.of(), Set.of(), null, null, null, null, 1000))
                .alerts();
    }

    private static List<String> watched(JsonObject answer) {
        return answer.getJsonArray("result").stream()
                .map(one -> (JsonObject) one)
                .map(one -> one.getString("cluster") + " at " + one.getString("owner"))
                .toList();
    }

    @Test
    void batchIsEvaluatedByTheOwnersOfItsClusters() throws Exception {
        placed.place("c1", east.name());
        placed.place("c2", west.name());

        east.send(memory("c1", "n1", 90), memory("c2", "n2", 95), memory("c1", "n3", 99));
        west.send(memory("c1", "n4", 91));

        assertThat(alerts()).extracting(Alert::subject).containsExactlyInAnyOrder("n1", "n2", "n3", "n4");
        List<String> both = List.of("c1 at " + east.name(), "c2 at " + west.name());
        assertThat(watched(east.ask(new JsonObject().put("what", "clusters")))).isEqualTo(both);
        assertThat(watched(west.ask(new JsonObject().put("what", "clusters")))).isEqualTo(both);
    }

    @Test
    void clusterThatMovesIsTakenUpByTheNextAndNothingOfItsTelemetryIsLost() throws Exception {
        placed.place("c1", east.name());
        west.send(memory("c1", "n1", 90));
        String id = alerts().get(0).id();
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 2; i < 60; i++) {
            if (i == 30) {
                placed.place("c1", west.name());
            }
            Vertx door = (i % 2 == 0 ? east : west).vertx();
            sent.add(door.eventBus()
                    .request(Address.INTAKE, new TelemetryBatch(List.of(memory("c1", "n" + i, 90))), Address.LOCAL));
        }
        get(Future.all(sent));

        assertThat(alerts()).hasSize(59).extracting(Alert::id).contains(id).doesNotHaveDuplicates();
        await().untilAsserted(() -> assertThat(watched(east.ask(new JsonObject().put("what", "clusters"))))
                .containsExactly("c1 at " + west.name()));
        assertThat(get(west.vertx()
                                .eventBus()
                                .<JsonObject>request(Address.QUERY, new JsonObject().put("what", "clusters")))
                        .body()
                        .getJsonArray("result")
                        .getJsonObject(0)
                        .getInteger("open_alerts"))
                .isEqualTo(59);
    }

    @Test
    void clusterWithoutTelemetryIsTakenUpByTheNextOwnerAsWell() throws Exception {
        placed.place("c1", east.name());
        east.send(memory("c1", "n1", 90));

        placed.place("c1", west.name());

        await().untilAsserted(() -> assertThat(watched(west.ask(new JsonObject().put("what", "clusters"))))
                .containsExactly("c1 at " + west.name()));
    }

    @Test
    void nextOwnerKnowsTheReadingsOfTheLast() throws Exception {
        placed.place("c1", east.name());
        List<Telemetry> readings = new ArrayList<>();
        for (int i = 0; i < 1200; i++) {
            readings.add(memory("c1", "n" + i, 40));
        }
        east.send(readings.toArray(Telemetry[]::new));
        east.send(memory("c1", "n7", 55));
        // the store in memory does not wait for the one that holds a cluster
        placed.place("c1", "nobody:1");
        await().until(() -> blocks.size() == 3);

        placed.place("c1", west.name());

        JsonObject question = new JsonObject().put("what", "readings").put("cluster", "c1");
        await().untilAsserted(() ->
                assertThat(west.ask(question.copy()).getJsonArray("result")).hasSize(1200));
        assertThat(west.ask(question.copy()).getJsonArray("result").stream()
                        .map(one -> (JsonObject) one)
                        .filter(one -> one.getString("node").equals("n7")))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.getDouble("usage_percent")).isEqualTo(55);
                    assertThat(one.getString("received_at")).isEqualTo(Stand.START.toString());
                });
    }

    @Test
    void alertThatAPersonClosedIsNotOpenedAgainByTheNextOwner() throws Exception {
        placed.place("c1", east.name());
        east.send(memory("c1", "n1", 90), memory("c1", "n2", 40));
        await().until(() -> blocks.size() == 1);
        now.set(Stand.START.plus(Duration.ofHours(2)));
        String id = alerts().stream()
                .filter(one -> one.alertType().equals("memory_usage"))
                .findFirst()
                .orElseThrow()
                .id();
        JsonObject command = new JsonObject().put("alert_id", id).put("resolved_by", "ann");
        await().until(() -> get(west.vertx().eventBus().<JsonObject>request(Address.COMMAND_RESOLVE, command))
                .body()
                .getString("state")
                .equals("resolved"));
        // one that dies leaves no more than this
        await().until(() -> Pack.read(blocks.get("c10")).size() == 1);

        placed.place("c1", west.name());

        JsonObject question = new JsonObject().put("what", "readings").put("cluster", "c1");
        await().untilAsserted(() ->
                assertThat(west.ask(question.copy()).getJsonArray("result")).hasSize(1));
        assertThat(alerts())
                .filteredOn(one -> one.alertType().equals("memory_usage"))
                .extracting(Alert::open)
                .containsExactly(false);
    }

    @Test
    void silenceIsNoNewsForTheNextOwner() throws Exception {
        placed.place("c1", east.name());
        east.send(memory("c1", "n1", 40), memory("c1", "n2", 90));
        await().until(() -> blocks.size() == 1);
        now.set(Stand.START.plus(Duration.ofHours(2)));
        await().until(() -> alerts().size() == 3);
        String nodes = "node_silent";

        placed.place("c1", west.name());

        JsonObject question = new JsonObject().put("what", "readings").put("cluster", "c1");
        await().untilAsserted(() ->
                assertThat(west.ask(question.copy()).getJsonArray("result")).hasSize(2));
        now.set(Stand.START.plus(Duration.ofHours(2)).plusSeconds(1));
        await().untilAsserted(() -> assertThat(fresh(west.ask(question.copy()))).containsOnly(false));
        assertThat(alerts())
                .filteredOn(one -> one.alertType().equals(nodes))
                .hasSize(2)
                .allMatch(Alert::open);
    }

    @Test
    void whoComesLaterFindsWhatWasKnownBeforeAndSoDoesWhoIsLeftAlone() throws Exception {
        others = false;
        placed.place("c1", east.name());
        east.send(memory("c1", "n1", 40));
        JsonObject question = new JsonObject().put("what", "readings").put("cluster", "c1");
        assertThat(east.ask(question.copy()).getJsonArray("result")).hasSize(1);
        others = true;
        east.send(memory("c1", "n2", 50));
        await().until(() ->
                blocks.containsKey("c10") && Pack.read(blocks.get("c10")).size() == 2);
        placed.place("c1", "nobody:1");
        others = false;

        placed.place("c1", west.name());

        await().untilAsserted(() ->
                assertThat(west.ask(question.copy()).getJsonArray("result")).hasSize(2));
    }

    @Test
    void ownerThatDiedLeftWhatWasASecondOld() throws Exception {
        placed.place("c1", east.name());
        east.send(memory("c1", "n1", 40));
        await().until(() -> blocks.size() == 1);

        assertThat(Pack.read(blocks.get("c10"))).containsExactly(memory("c1", "n1", 40));
    }

    @Test
    void nothingFallsSilentForAMemberThatSeesFewOthers() throws Exception {
        placed.place("c1", east.name());
        east.send(memory("c1", "n1", 40));
        JsonObject question = new JsonObject().put("what", "readings").put("cluster", "c1");

        placed.minority(true);
        await().until(() -> east.ask(new JsonObject().put("what", "clusters"))
                .getJsonArray("result")
                .getJsonObject(0)
                .getBoolean("frozen"));
        now.set(Stand.START.plus(Duration.ofHours(2)));
        east.send(memory("c1", "n2", 40));
        assertThat(fresh(east.ask(question.copy()))).containsOnly(true);

        placed.minority(false);
        await().untilAsserted(() -> assertThat(fresh(east.ask(question.copy()))).contains(false));
    }

    private static List<Boolean> fresh(JsonObject readings) {
        return readings.getJsonArray("result").stream()
                .map(one -> ((JsonObject) one).getBoolean("fresh"))
                .toList();
    }

    @Test
    void answerGivenToAnyMemberReachesTheOwner() throws Exception {
        placed.place("c1", east.name());
        east.send(memory("c1", "n1", 90));
        JsonObject ack = new JsonObject()
                .put("alert_id", alerts().get(0).id())
                .put("acknowledged_by", "ann")
                .put("ack_message", "on it");

        for (int i = 0; i < 4; i++) {
            Vertx door = (i % 2 == 0 ? west : east).vertx();
            JsonObject alert = get(door.eventBus().<JsonObject>request(Address.COMMAND_ACK, ack))
                    .body();
            assertThat(alert.getString("state")).isEqualTo("acknowledged");
        }

        assertThat(alerts().get(0).ack().by()).isEqualTo("ann");
        JsonObject unknown = ack.copy().put("alert_id", "nobody-1");
        assertThatThrownBy(() -> get(west.vertx().eventBus().request(Address.COMMAND_ACK, unknown)))
                .hasMessageContaining("there is no alert nobody-1");
    }

    @Test
    void questionAboutAClusterIsAnsweredByItsOwner() throws Exception {
        placed.place("c1", east.name());
        east.send(memory("c1", "n1", 90));

        JsonObject readings = west.ask(new JsonObject().put("what", "readings").put("cluster", "c1"));

        assertThat(readings.getJsonArray("result")).hasSize(1);
        placed.place("c9", east.name());
        assertThatThrownBy(
                        () -> west.ask(new JsonObject().put("what", "readings").put("cluster", "c9")))
                .hasMessageContaining("there is no cluster c9");
    }

    @Test
    void parcelThatComesTwiceIsTakenOnce() throws Exception {
        placed.place("c1", east.name());
        Buffer parcel = Buffer.buffer(Pack.of(List.of(trace("c1"))));
        DeliveryOptions numbered =
                new DeliveryOptions().addHeader("from", "somebody").addHeader("seq", "7");
        String address = Address.MEMBER_TELEMETRY + east.name();

        get(west.vertx().eventBus().request(address, parcel, numbered));
        get(west.vertx().eventBus().request(address, parcel, numbered));

        assertThat(store.diagnostics("c1", DebugTrace.TYPE, 10)).hasSize(1);
        assertThat(east.count("tocsin_forwarded_twice_total")).isEqualTo(1);
    }

    @Test
    void parcelForAnotherMemberComesBack() throws Exception {
        placed.place("c1", west.name());
        DeliveryOptions numbered =
                new DeliveryOptions().addHeader("from", "somebody").addHeader("seq", "7");

        JsonArray refused = get(west.vertx()
                        .eventBus()
                        .<JsonArray>request(
                                Address.MEMBER_TELEMETRY + east.name(),
                                Buffer.buffer(Pack.of(List.of(memory("c1", "n1", 90)))),
                                numbered))
                .body();

        assertThat(refused).containsExactly("c1");
        assertThat(alerts()).isEmpty();
    }

    @Test
    void bytesThatNoMemberPackedAreRefusedAndCounted() throws Exception {
        byte[] damaged = Pack.of(List.of(memory("c1", "n1", 90)));
        damaged[damaged.length - 1] ^= 1;
        DeliveryOptions numbered =
                new DeliveryOptions().addHeader("from", "somebody").addHeader("seq", "7");
        String address = Address.MEMBER_TELEMETRY + east.name();

        for (Object body : List.of(Buffer.buffer(damaged), Buffer.buffer("garbage"), "text", new JsonObject())) {
            assertThatThrownBy(() -> get(west.vertx().eventBus().request(address, body, numbered)))
                    .hasMessageNotContaining("Exception");
        }
        assertThatThrownBy(() -> get(west.vertx().eventBus().request(address, Buffer.buffer(damaged))))
                .hasMessageContaining("headers");

        assertThat(east.count("tocsin_intake_refused_total")).isEqualTo(5);
    }
}
