package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.LocalCodec;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.SeriesLimit;
import io.tocsin.lane.record.RecordingSettings;
import io.tocsin.membership.Ownership;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.store.History;
import io.tocsin.store.MemoryStore;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kie.api.KieBase;

/** New rules for every lane of a member. */
class RuleSwapTest {
    private static final int LANES = 3;
    private static final int CLUSTERS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final MemoryStore store = new MemoryStore();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicReference<Instant> now = new AtomicReference<>(Stand.START);
    private RuleBook first;
    private RuleBook milder;

    @BeforeEach
    void begin() throws Exception {
        first = Stand.rules(RuleTexts.MEMORY_IS_HIGH);
        milder = Stand.rules(RuleTexts.MEMORY_IS_HIGH.replace("> 85", "> 92"));
        vertx.eventBus().registerDefaultCodec(TelemetryBatch.class, new LocalCodec<>(TelemetryBatch.class));
        vertx.eventBus().registerDefaultCodec(RuleBook.class, new LocalCodec<>(RuleBook.class));
        OpenAlerts where = new OpenAlerts(LANES);
        TelemetrySettings telemetry = new TelemetrySettings(Duration.ofSeconds(60), RecordingSettings.OFF, 1000, 1000);
        LaneSettings settings = new LaneSettings(
                first, telemetry, Duration.ofHours(24), Map.of(), Set.of(), new SeriesLimit(1000), ZoneOffset.UTC);
        var tools = new LaneVerticle.Tools(
                store, where, now::get, registry, address -> false, Ownership.alone(null), Shelf.NONE, null);
        for (int lane = 0; lane < LANES; lane++) {
            DeploymentOptions options = new DeploymentOptions()
                    .setThreadingModel(ThreadingModel.WORKER)
                    .setWorkerPoolName("swap-" + lane)
                    .setWorkerPoolSize(1);
            get(vertx.deployVerticle(new LaneVerticle(lane, settings, tools), options));
        }
        get(vertx.deployVerticle(new Switchboard(where, store, Set.of(), telemetry, Ownership.alone(null), registry)));
        for (int i = 0; i < CLUSTERS; i++) {
            send("c" + i, i % 2 == 0 ? 89 : 95);
        }
    }

    @AfterEach
    void end() throws Exception {
        get(vertx.close());
        first.close();
        milder.close();
        store.close();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private void send(String cluster, double percent) throws Exception {
        ResourceUsage usage = new ResourceUsage(
                Telegrams.head(cluster, "n1", now.get(), Duration.ofHours(1)),
                ResourceType.MEMORY,
                percent,
                null,
                null);
        get(vertx.eventBus().request(Address.INTAKE, new TelemetryBatch(List.of(usage)), Address.LOCAL));
    }

    private JsonObject swap(RuleBook book) throws Exception {
        return get(vertx.eventBus().<JsonObject>request(Address.RULES, book, Address.LOCAL))
                .body();
    }

    private JsonObject rules() throws Exception {
        return get(vertx.eventBus().<JsonObject>request(Address.QUERY, new JsonObject().put("what", "rules")))
                .body()
                .getJsonObject("result");
    }

    private List<Alert> open() {
        return store.alerts(new History.Query(
                        Set.of(AlertState.FIRING, AlertState.PENDING), Set.of(), null, null, null, null, 1000))
                .alerts();
    }

    /** As when there is no memory left for one; nothing that is written in a rule brings that about. */
    private static void opensNoSession(RuleBook book) throws Exception {
        Field bases = RuleBook.class.getDeclaredField("bases");
        bases.setAccessible(true);
        bases.set(book, new ConcurrentHashMap<Set<String>, KieBase>() {
            private static final long serialVersionUID = 1;

            @Override
            public KieBase computeIfAbsent(Set<String> without, Function<? super Set<String>, ? extends KieBase> make) {
                throw new IllegalStateException("no session");
            }
        });
    }

    @Test
    void everyClusterOfEveryLaneGoesOnUnderThem() throws Exception {
        assertThat(open()).hasSize(CLUSTERS);
        JsonObject swapped = swap(milder);
        assertThat(swapped.getInteger("clusters")).isEqualTo(CLUSTERS);
        assertThat(swapped.getInteger("failed")).isZero();
        assertThat(swapped.getDouble("pause_ms")).isPositive();
        assertThat(rules().getString("rule_hash")).isEqualTo(milder.hash());
        await().untilAsserted(() -> assertThat(open()).hasSize(CLUSTERS / 2));
        assertThat(registry.timer("tocsin_rules_pause").count()).isEqualTo(CLUSTERS);
        send("new", 90);
        assertThat(open()).hasSize(CLUSTERS / 2);
        send("new", 93);
        assertThat(open()).hasSize(CLUSTERS / 2 + 1);
    }

    @Test
    void readingThatComesWhileRulesChangeIsJudgedByTheNewOnes() throws Exception {
        Future<?> swapping = vertx.eventBus().request(Address.RULES, milder, Address.LOCAL);
        for (int i = 0; i < CLUSTERS; i++) {
            send("c" + i, 91);
        }
        get(swapping);
        await().untilAsserted(() -> assertThat(open()).isEmpty());
        assertThat(((JsonArray) rules().getValue("rules"))).hasSize(1);
    }

    @Test
    void clusterThatDoesNotStandTheChangeIsTakenUpAgainFromTheStore() throws Exception {
        List<String> before = open().stream().map(Alert::id).sorted().toList();
        RuleBook broken = Stand.rules(RuleTexts.MEMORY_IS_HIGH.replace("> 85", "> 80"));
        opensNoSession(broken);
        assertThat(swap(broken).getInteger("failed")).isEqualTo(CLUSTERS);
        assertThat(open().stream().map(Alert::id).sorted()).isEqualTo(before);
        swap(first);
        broken.close();
        now.updateAndGet(time -> time.plusSeconds(60));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat((JsonArray) get(vertx.eventBus()
                                        .<JsonObject>request(Address.QUERY, new JsonObject().put("what", "clusters")))
                                .body()
                                .getValue("result"))
                        .hasSize(CLUSTERS));
        assertThat(open().stream().map(Alert::id).sorted()).isEqualTo(before);
        send("c0", 50);
        await().untilAsserted(() -> assertThat(open()).hasSize(CLUSTERS - 1));
    }
}
