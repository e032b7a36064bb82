package io.tocsin.notify;

import static io.tocsin.notify.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.FakeSlack;
import io.tocsin.fake.Fault;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.NotificationState;
import io.tocsin.model.Secret;
import io.tocsin.notify.log.JsonLayout;
import io.tocsin.notify.log.LogSettings;
import io.tocsin.notify.pagerduty.PagerDutySettings;
import io.tocsin.notify.slack.SlackSettings;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Receivers as they are deployed, against servers that misbehave. */
@ExtendWith(VertxExtension.class)
class DeliveryTest {
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final ManualTime time = new ManualTime();
    private final List<ReceiverHealth> health = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private FakeSlack slack;
    private FakePagerDuty pagerDuty;

    @BeforeEach
    void setUp(Vertx vertx) {
        this.vertx = vertx;
        slack = FakeSlack.start(vertx, time);
        pagerDuty = FakePagerDuty.start(vertx, time);
    }

    @AfterEach
    void theContractsWereKept() {
        assertThat(slack.violations()).isEmpty();
        assertThat(pagerDuty.violations()).isEmpty();
    }

    private void deployAll() {
        deploy(new LogSettings("log"));
        deploy(new SlackSettings("slack", Secret.of(slack.url("SECRETMARKhook")), "http://127.0.0.1:8626"));
        deploy(new PagerDutySettings(
                "pagerduty", Secret.of("SECRETMARK0123456789abcdefabcdef"), pagerDuty.url(), null));
    }

    private void deploy(ReceiverSettings settings) {
        Receiver receiver = Receivers.of(settings, vertx, time);
        var verticle = new DispatchVerticle(settings, receiver, outbox, time, new SimpleMeterRegistry(), health::add)
                .with(time);
        vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().join();
    }

    private void addForAll(String node, long revision, ChangeKind change) {
        for (String receiver : List.of("log", "slack", "pagerduty")) {
            outbox.add(Samples.told(receiver, node, revision, change));
        }
    }

    private void awaitSent(String receiver) {
        await().until(() -> outbox.backlog(receiver) == 0);
    }

    private void advanceUntilSent(String receiver) {
        await().until(() -> {
            if (outbox.backlog(receiver) == 0) {
                return true;
            }
            time.advance(Duration.ofSeconds(1));
            return false;
        });
    }

    @Test
    void oneReceiverThatIsDownDelaysNoOther() {
        for (int i = 0; i < 4; i++) {
            slack.play(Fault.slowBody(), Fault.serverError(), Fault.reset());
        }
        addForAll("n1", 1, ChangeKind.FIRED);
        addForAll("n1", 2, ChangeKind.ACKNOWLEDGED);
        addForAll("n1", 3, ChangeKind.RESOLVED);
        deployAll();
        awaitSent("log");
        awaitSent("pagerduty");
        assertThat(outbox.backlog("slack")).isEqualTo(3);
        assertThat(pagerDuty.incidents().values())
                .singleElement()
                .satisfies(incident -> assertThat(incident.state()).isEqualTo(FakePagerDuty.State.RESOLVED));
    }

    @Test
    void everyPassingFaultEndsInOneMessageAndOneIncident() {
        slack.play(Fault.serverError(), Fault.page(), Fault.reset(), Fault.rateLimitedInBody(2));
        pagerDuty.play(
                Fault.resetAfterAccepting(),
                Fault.serverError(),
                Fault.badGateway(),
                Fault.rateLimited(),
                Fault.noDedupKey());
        addForAll("n1", 1, ChangeKind.FIRED);
        deployAll();
        advanceUntilSent("slack");
        advanceUntilSent("pagerduty");
        assertThat(slack.messages()).hasSize(1);
        assertThat(pagerDuty.incidents()).hasSize(1);
        assertThat(outbox.all()).allMatch(row -> row.state() == NotificationState.SENT);
    }

    @Test
    void nothingIsSentWithinARetryAfterInSecondsOrAsADate() {
        slack.play(
                Fault.rateLimited(Duration.ofSeconds(30)),
                Fault.rateLimitedUntil(Samples.T0.plusSeconds(90).truncatedTo(ChronoUnit.SECONDS)));
        pagerDuty.play(Fault.rateLimited(Duration.ofSeconds(45)));
        addForAll("n1", 1, ChangeKind.FIRED);
        deployAll();
        await().until(() ->
                outbox.all().stream().noneMatch(told -> told.attempts().isEmpty()));
        addForAll("n2", 1, ChangeKind.FIRED);
        advanceUntilSent("slack");
        advanceUntilSent("pagerduty");
        assertThat(time.get()).isAfterOrEqualTo(Samples.T0.plusSeconds(90));
        assertThat(slack.messages()).hasSize(2);
    }

    @Test
    void anIncidentThatIsOpenIsNotTriggeredByAnEscalationAfterARestart() {
        deployAll();
        outbox.add(Samples.told("pagerduty", "n1", 1, ChangeKind.FIRED));
        advanceUntilSent("pagerduty");
        for (String id : vertx.deploymentIDs()) {
            vertx.undeploy(id).toCompletionStage().toCompletableFuture().join();
        }
        outbox.add(Samples.told("pagerduty", "n1", 2, ChangeKind.ESCALATED));
        deployAll();
        awaitSent("pagerduty");
        assertThat(pagerDuty.requests()).isEqualTo(1);
        assertThat(outbox.get(1).state()).isEqualTo(NotificationState.SKIPPED);
        assertThat(outbox.get(1).stateDetail()).isEqualTo("incident is already open at PagerDuty");
    }

    @Test
    void aBurstKeepsTheRatesOfSlackAndPagerDuty() {
        for (int i = 0; i < 200; i++) {
            outbox.add(Samples.told("pagerduty", "n" + i, 1, ChangeKind.FIRED));
        }
        for (int i = 0; i < 5; i++) {
            outbox.add(Samples.told("slack", "n" + i, 1, ChangeKind.FIRED));
        }
        deployAll();
        advanceUntilSent("slack");
        advanceUntilSent("pagerduty");
        assertThat(pagerDuty.incidents()).hasSize(200);
        assertThat(slack.messages()).hasSize(5);
    }

    @Test
    void noSecretIsInALogAnAttemptOrAReport() {
        JsonLayout layout = new JsonLayout();
        layout.start();
        try (LogCapture log = LogCapture.open()) {
            slack.play(Fault.answer(500, "{request}"), Fault.reset(), Fault.answer(403, "denied {request}"));
            pagerDuty.play(Fault.answer(500, "{request}"), Fault.answer(400, "invalid {request}"));
            addForAll("n1", 1, ChangeKind.FIRED);
            deployAll();
            advanceUntilSent("slack");
            advanceUntilSent("pagerduty");
            Stream<String> logged = log.events().stream().map((ILoggingEvent event) -> layout.doLayout(event));
            assertThat(Stream.concat(logged, Stream.of(outbox.all().toString(), health.toString())))
                    .noneMatch(text -> text.contains("SECRETMARK"));
            assertThat(health).hasSize(2);
        }
    }
}
