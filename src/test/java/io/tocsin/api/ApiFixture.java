package io.tocsin.api;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.AnAlert;
import io.tocsin.model.Because;
import io.tocsin.model.Cause;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.LimitType;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Severity;
import io.tocsin.model.Transition;
import io.tocsin.store.AuditLog;
import io.tocsin.store.MemoryStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The API on a free port, with a store in memory and a lane that answers what a test says. */
final class ApiFixture implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String ID = "0123456789ab-1";
    static final RuleRef RULE = new RuleRef("memory is above 85 percent", "threshold/memory.drl", 12);

    final Vertx vertx = Vertx.vertx();
    final Router router = Router.router(vertx);
    final FakeHistory history = new FakeHistory();
    final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final Queue<JsonObject> commands = new ConcurrentLinkedQueue<>();
    final Queue<JsonObject> questions = new ConcurrentLinkedQueue<>();
    volatile Readiness readiness = new Readiness(true, true, true);
    volatile Instant now = NOW;
    /** Where it is written down what was done. */
    final AuditLog audit = new MemoryStore();

    int port;
    WebClient client;

    /** Starts it on loopback. */
    ApiFixture start() throws Exception {
        return start(new HttpSettings("127.0.0.1", 0, false));
    }

    ApiFixture start(HttpSettings settings) throws Exception {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        ApiVerticle verticle = new ApiVerticle(
                        settings, router, new ApiSources(history, () -> readiness, metrics, clock))
                .audited(audit, "m1");
        of(vertx.deployVerticle(verticle));
        port = verticle.actualPort();
        client = WebClient.create(
                vertx, new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port));
        return this;
    }

    /** Somebody on the bus who acknowledges and resolves, or refuses. */
    void lane(int failure, String reason) {
        for (String address : List.of(Address.API_ACK, Address.API_RESOLVE)) {
            vertx.eventBus().<JsonObject>consumer(address, message -> {
                commands.add(message.body());
                if (failure > 0) {
                    message.fail(failure, reason);
                } else {
                    message.reply(new JsonObject().put("id", message.body().getString("alert_id")));
                }
            });
        }
    }

    /** Somebody on the bus who answers questions. */
    void answers(Object result) {
        vertx.eventBus().<JsonObject>localConsumer(Address.QUERY, message -> {
            questions.add(message.body());
            message.reply(new JsonObject().put("result", result));
        });
    }

    HttpResponse<Buffer> get(String uri) throws TimeoutException {
        return call(HttpMethod.GET, uri, null);
    }

    HttpResponse<Buffer> post(String uri, JsonObject body) throws TimeoutException {
        return call(HttpMethod.POST, uri, body.toBuffer());
    }

    HttpResponse<Buffer> call(HttpMethod method, String uri, Buffer body, String... headers) throws TimeoutException {
        var request = client.request(method, uri);
        for (int i = 0; i < headers.length; i += 2) {
            request.putHeader(headers[i], headers[i + 1]);
        }
        return of(body == null ? request.send() : request.sendBuffer(body));
    }

    static String error(HttpResponse<Buffer> response) {
        return response.bodyAsJsonObject().getString("error");
    }

    /** Keeps an alert of a node, with all that there is to say of it. */
    Alert keep(String id, String node, AlertState state, Severity severity) {
        AnAlert alert = AnAlert.of(new AlertKey("main", "memory_usage", node), NOW)
                .id(id)
                .labels(Map.of("team", "store"))
                .says(severity, "memory at 91 %")
                .value(91.0, 85.0, LimitType.MAX)
                .rules(RULE)
                .state(state)
                .revision(2, NOW);
        Because because = new Because(
                RULE, severity, "memory at 91 %", Duration.ofSeconds(30), Duration.ZERO, List.of("a fact"), 0);
        history.lives.put(id, alert.life(because));
        history.transitions.add(
                new Transition(id, 2, ChangeKind.FIRED, NOW, Cause.DEADLINE, "held for 30s", null, List.of()));
        history.notifications.add(new Notification(
                alert.alert(),
                "slack",
                ChangeKind.FIRED,
                "held for 30s",
                true,
                NOW,
                NotificationState.SENT,
                null,
                null,
                List.of(new Notification.Attempt(NOW, 12, "sent", "200 ok"))));
        history.rules.put("hash" + RULE.name(), new RuleInfo(RULE, "threshold", "", "rule \"memory\" when then end"));
        return alert.alert();
    }

    static <T> T of(Future<T> future) throws TimeoutException {
        return future.await(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws TimeoutException {
        of(vertx.close());
    }
}
