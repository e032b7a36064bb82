package io.tocsin.notify;

import static io.tocsin.notify.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class DispatchVerticleTest {
    private static final Outcome SENT = new Outcome.Delivered("ok");

    private final MemoryOutbox outbox = new MemoryOutbox();
    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<ReceiverHealth> health = new CopyOnWriteArrayList<>();
    private final List<Notification> told = new CopyOnWriteArrayList<>();
    private final AtomicBoolean turn = new AtomicBoolean(true);
    private Vertx vertx;
    private String id;

    private record Named(String name, Rate rate) implements ReceiverSettings {
        @Override
        public String type() {
            return "test";
        }
    }

    /** A receiver that answers as the test says. */
    private final class Scripted implements Receiver {
        private final int concurrency;
        private final Function<Notification, Future<Outcome>> answer;

        Scripted(int concurrency, Function<Notification, Future<Outcome>> answer) {
            this.concurrency = concurrency;
            this.answer = answer;
        }

        @Override
        public Future<Outcome> deliver(Notification notification) {
            told.add(notification);
            return answer.apply(notification);
        }

        @Override
        public int concurrency() {
            return concurrency;
        }
    }

    @BeforeEach
    void setUp(Vertx vertx) {
        this.vertx = vertx;
    }

    private String deploy(String name, int concurrency, Function<Notification, Future<Outcome>> answer) {
        var settings = new Named(name, new ReceiverSettings.Rate(1000, Duration.ofSeconds(1)));
        return deploy(settings, new Scripted(concurrency, answer));
    }

    private String deploy(ReceiverSettings settings, Receiver receiver) {
        var verticle = new DispatchVerticle(settings, receiver, outbox, time, meters, health::add).with(time);
        return vertx.deployVerticle(verticle)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static Function<Notification, Future<Outcome>> always(Outcome outcome) {
        return notification -> Future.succeededFuture(outcome);
    }

    private void addAndWake(Notification... notifications) {
        outbox.add(notifications);
        vertx.eventBus().publish(Address.OUTBOX + notifications[0].receiver(), "");
    }

    private void awaitState(int row, NotificationState state) {
        await().until(() -> outbox.get(row).state() == state);
    }

    private void awaitTold(int count) {
        await().until(() -> told.size() == count);
    }

    @Test
    void whatWaitedBeforeTheStartIsTold() {
        outbox.add(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        deploy("r", 1, always(SENT));
        awaitState(0, NotificationState.SENT);
        assertThat(outbox.get(0).attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo("sent");
            assertThat(attempt.detail()).isEqualTo("ok");
        });
    }

    @Test
    void whatIsNewIsToldOnceWhenTheOutboxSaysSo() {
        deploy("r", 1, always(SENT));
        addAndWake(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        awaitState(0, NotificationState.SENT);
        addAndWake(Samples.told("r", "n2", 1, ChangeKind.FIRED));
        awaitState(1, NotificationState.SENT);
        assertThat(told).hasSize(2);
    }

    @Test
    void changesOfOneAlertAreToldInOrderAndNeverTwoAtOnce() {
        Promise<Outcome> first = Promise.promise();
        outbox.add(
                Samples.told("r", "n1", 1, ChangeKind.FIRED),
                Samples.told("r", "n1", 2, ChangeKind.ACKNOWLEDGED),
                Samples.told("r", "n2", 1, ChangeKind.FIRED));
        deploy(
                "r",
                4,
                n -> n.revision() == 1 && "n1".equals(n.alert().node())
                        ? first.future()
                        : always(SENT).apply(n));
        awaitState(2, NotificationState.SENT);
        assertThat(told).extracting(n -> n.alert().node() + n.revision()).containsExactly("n11", "n21");
        first.complete(SENT);
        awaitState(1, NotificationState.SENT);
        assertThat(told).extracting(n -> n.alert().node() + n.revision()).containsExactly("n11", "n21", "n12");
    }

    @Test
    void whatEndedWhileTheOutboxWasAskedIsNotToldAgain() {
        Promise<Outcome> delivery = Promise.promise();
        deploy("r", 2, notification -> delivery.future());
        addAndWake(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        awaitTold(1);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        int before = outbox.asked();
        outbox.answerLate(answer);
        vertx.eventBus().publish(Address.OUTBOX + "r", "");
        await().until(() -> outbox.asked() > before);
        delivery.complete(SENT);
        awaitState(0, NotificationState.SENT);
        answer.complete(null);
        addAndWake(Samples.told("r", "n2", 1, ChangeKind.FIRED));
        awaitTold(2);
        assertThat(told).extracting(n -> n.alert().node()).containsExactly("n1", "n2");
    }

    @Test
    void noMoreAlertsAreUnderWayThanTheReceiverTakes() {
        List<Promise<Outcome>> open = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 10; i++) {
            outbox.add(Samples.told("r", "n" + i, 1, ChangeKind.FIRED));
        }
        deploy("r", 4, n -> {
            Promise<Outcome> promise = Promise.promise();
            open.add(promise);
            return promise.future();
        });
        awaitTold(4);
        open.get(2).complete(SENT);
        awaitTold(5);
        open.forEach(promise -> promise.tryComplete(SENT));
        await().until(() -> {
            open.forEach(promise -> promise.tryComplete(SENT));
            return outbox.backlog("r") == 0;
        });
        assertThat(told).hasSize(10);
    }

    @Test
    void oneThatHangsDelaysNoOther() {
        outbox.add(
                Samples.told("down", "n1", 1, ChangeKind.FIRED),
                Samples.told("up", "n1", 1, ChangeKind.FIRED),
                Samples.told("up", "n2", 1, ChangeKind.FIRED));
        deploy("down", 1, n -> Promise.<Outcome>promise().future());
        deploy("up", 1, always(SENT));
        awaitState(1, NotificationState.SENT);
        awaitState(2, NotificationState.SENT);
        assertThat(outbox.get(0).state()).isEqualTo(NotificationState.PENDING);
    }

    @Test
    void aFailedAttemptIsMadeAgainAfterOneToTwoSeconds() {
        outbox.add(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        deploy("r", 1, n -> Future.succeededFuture(told.size() == 1 ? Outcome.Retry.of("HTTP 500") : SENT));
        await().until(() -> outbox.get(0).attempts().size() == 1);
        assertThat(outbox.get(0).nextAttemptAt()).isBetween(Samples.T0.plusSeconds(1), Samples.T0.plusSeconds(2));
        advanceUntil(() -> outbox.get(0).state() == NotificationState.SENT);
        assertThat(outbox.get(0).attempts())
                .extracting(Notification.Attempt::outcome)
                .containsExactly("retry", "sent");
    }

    @Test
    void anUnexpectedErrorIsTriedAgainAndNotQuoted() {
        outbox.add(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        deploy("r", 1, n -> {
            throw new IllegalStateException("SECRETMARK");
        });
        await().until(() -> outbox.get(0).attempts().size() == 1);
        assertThat(outbox.get(0).attempts().get(0).detail()).isEqualTo("unexpected IllegalStateException");
    }

    @Test
    void nothingIsSentWhileTheReceiverAskedToBeLeftAlone() {
        Instant until = Samples.T0.plusSeconds(90);
        outbox.add(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        deploy(
                "r",
                1,
                n -> Future.succeededFuture(
                        told.size() == 1 ? new Outcome.Retry("HTTP 429", Optional.of(Duration.ofSeconds(90))) : SENT));
        await().until(() -> outbox.get(0).attempts().size() == 1);
        addAndWake(Samples.told("r", "n2", 1, ChangeKind.FIRED));
        await().until(() -> time.next().isPresent());
        time.advance(Duration.ofSeconds(89));
        await().until(() -> time.next().equals(Optional.of(until)));
        assertThat(told).hasSize(1);
        time.advance(Duration.ofSeconds(1));
        awaitTold(3);
    }

    @Test
    void afterADayItIsGivenUpLoggedAndReportedOnce() {
        Notification old = Samples.told("r", "n1", 1, ChangeKind.FIRED);
        Instant yesterday = Samples.T0.minus(Duration.ofHours(24));
        outbox.add(new Notification(
                old.alert(),
                "r",
                old.change(),
                old.detail(),
                true,
                yesterday,
                NotificationState.PENDING,
                null,
                Samples.T0,
                List.of(new Notification.Attempt(yesterday, 5, "retry", "HTTP 500"))));
        try (LogCapture log = LogCapture.open()) {
            deploy("r", 1, always(Outcome.Retry.of("HTTP 502")));
            awaitState(0, NotificationState.FAILED);
            assertThat(outbox.get(0).stateDetail()).isEqualTo("given up after 1d: HTTP 502");
            assertThat(health)
                    .containsExactly(new ReceiverHealth("r", false, "given up after 1d: HTTP 502", old.alertId()));
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("❌"))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line).contains("receiver r", old.alertId(), "HTTP 502");
                    });
        }
    }

    @Test
    void aFinalRefusalIsNotTriedAgainAndTheNextSuccessReportsTheReceiverAsUp() {
        outbox.add(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        deploy("r", 1, n -> Future.succeededFuture(told.size() == 1 ? new Outcome.GiveUp("HTTP 403") : SENT));
        awaitState(0, NotificationState.FAILED);
        addAndWake(Samples.told("r", "n2", 1, ChangeKind.FIRED));
        awaitState(1, NotificationState.SENT);
        assertThat(health).extracting(ReceiverHealth::up).containsExactly(false, true);
        assertThat(health.get(0).checkName()).isEqualTo("receiver:r");
    }

    @Test
    void theFirstSuccessMakesAReceiverKnownAsUpOnce() {
        try (LogCapture log = LogCapture.open()) {
            outbox.add(Samples.told("r", "n1", 1, ChangeKind.FIRED), Samples.told("r", "n2", 1, ChangeKind.FIRED));
            deploy("r", 1, always(SENT));
            awaitState(0, NotificationState.SENT);
            awaitState(1, NotificationState.SENT);
            assertThat(health).containsExactly(new ReceiverHealth("r", true, null, null));
            assertThat(log.lines()).noneMatch(line -> line.contains("works again"));
        }
    }

    @Test
    void whatThereIsNothingToSayAboutIsSkippedWithoutAnAttempt() {
        outbox.add(Samples.told("r", "n1", 1, ChangeKind.ESCALATED));
        deploy("r", 1, always(new Outcome.Skip("already open")));
        awaitState(0, NotificationState.SKIPPED);
        assertThat(outbox.get(0).stateDetail()).isEqualTo("already open");
        assertThat(outbox.get(0).attempts()).isEmpty();
    }

    @Test
    void afterFiveFailuresInARowTheReceiverIsLeftAloneThenTriedWithOne() {
        for (int i = 0; i < 8; i++) {
            outbox.add(Samples.told("r", "n" + i, 1, ChangeKind.FIRED));
        }
        Promise<Outcome> probe = Promise.promise();
        deploy(
                "r",
                1,
                n -> told.size() == 6
                        ? probe.future()
                        : Future.succeededFuture(told.size() < 6 ? Outcome.Retry.of("refused") : SENT));
        awaitTold(5);
        await().until(() -> health.size() == 1);
        assertThat(health.get(0).up()).isFalse();
        time.advance(Duration.ofSeconds(29));
        assertThat(told).hasSize(5);
        await().until(() -> time.next().isPresent());
        time.advance(Duration.ofSeconds(1));
        awaitTold(6);
        probe.complete(SENT);
        advanceUntil(() -> outbox.backlog("r") == 0);
        assertThat(health).extracting(ReceiverHealth::up).containsExactly(false, true);
    }

    @Test
    void theRateIsKept() {
        var slow = new Named("r", new ReceiverSettings.Rate(1, Duration.ofSeconds(1)));
        for (int i = 0; i < 3; i++) {
            outbox.add(Samples.told("r", "n" + i, 1, ChangeKind.FIRED));
        }
        deploy(slow, new Scripted(1, always(SENT)));
        for (int sent = 1; sent <= 3; sent++) {
            int expected = sent;
            await().until(() -> outbox.backlog("r") == 3 - expected);
            if (sent < 3) {
                await().until(() -> time.next().isPresent());
                assertThat(time.next()).contains(Samples.T0.plusSeconds(sent));
                assertThat(told).hasSize(sent);
                time.advance(Duration.ofSeconds(1));
            }
        }
    }

    @Test
    void aStoreThatIsAwayNeitherLosesNorRepeatsANotification() {
        outbox.add(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        deploy("r", 1, n -> {
            outbox.awayFor(3);
            return Future.succeededFuture(SENT);
        });
        awaitTold(1);
        advanceUntil(() -> outbox.get(0).state() == NotificationState.SENT);
        assertThat(told).hasSize(1);
    }

    @Test
    void atItsEndItWaitsForWhatIsUnderWay() throws Exception {
        Promise<Outcome> open = Promise.promise();
        outbox.add(Samples.told("r", "n1", 1, ChangeKind.FIRED), Samples.told("r", "n2", 1, ChangeKind.FIRED));
        String id = deploy("r", 1, n -> open.future());
        awaitTold(1);
        var undeployed = vertx.undeploy(id).toCompletionStage().toCompletableFuture();
        await().until(() -> failureOfAWakeUp() == ReplyFailure.NO_HANDLERS);
        assertThat(undeployed).isNotDone();
        open.complete(SENT);
        undeployed.get(2, TimeUnit.SECONDS);
        assertThat(outbox.get(0).state()).isEqualTo(NotificationState.SENT);
        assertThat(told).hasSize(1);
    }

    private ReplyFailure failureOfAWakeUp() throws Exception {
        return vertx.eventBus()
                .request(Address.OUTBOX + "r", "", new DeliveryOptions().setSendTimeout(100))
                .toCompletionStage()
                .toCompletableFuture()
                .handle((any, fault) -> ((ReplyException) fault).failureType())
                .get();
    }

    @Test
    void atItsEndItDoesNotWaitLongerThanThreeSeconds() throws Exception {
        outbox.add(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        String id = deploy("r", 1, n -> Promise.<Outcome>promise().future());
        awaitTold(1);
        vertx.undeploy(id).toCompletionStage().toCompletableFuture().get(4, TimeUnit.SECONDS);
    }

    @Test
    void outcomesAndTheBacklogAreCounted() {
        outbox.add(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        deploy("r", 1, n -> Future.succeededFuture(told.size() == 1 ? Outcome.Retry.of("HTTP 500") : SENT));
        await().until(() -> meters.get("tocsin_notification_backlog").gauge().value() == 1);
        advanceUntil(() -> meters.get("tocsin_notification_backlog").gauge().value() == 0);
        assertThat(meters.get("tocsin_notifications")
                        .tags("receiver", "r", "outcome", "retry")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("tocsin_notifications")
                        .tags("receiver", "r", "outcome", "sent")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    /** One member of several, whose turn it is when {@link #turn} says so. */
    private DispatchVerticle deployTurn(Function<Notification, Future<Outcome>> answer) {
        var settings = new Named("r", new ReceiverSettings.Rate(1000, Duration.ofSeconds(1)));
        var verticle = new DispatchVerticle(settings, new Scripted(2, answer), outbox, time, meters, health::add)
                .with(time)
                .sendingWhen(turn::get);
        id = vertx.deployVerticle(verticle)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return verticle;
    }

    private double sends() {
        return meters.get("tocsin_receiver_sends").gauge().value();
    }

    @Test
    void whoseTurnItIsNotTellsNothingAndSaysNothing() {
        turn.set(false);
        try (LogCapture log = LogCapture.open()) {
            var verticle = deployTurn(always(SENT));
            addAndWake(Samples.told("r", "n1", 1, ChangeKind.FIRED));
            await().during(Duration.ofMillis(200))
                    .until(() -> told.isEmpty() && outbox.takenUp().isEmpty());
            assertThat(log.lines()).noneMatch(line -> line.contains("receiver r"));
            assertThat(health).isEmpty();

            turn.set(true);
            verticle.recheck();
            awaitState(0, NotificationState.SENT);
            assertThat(sends()).isEqualTo(1);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("receiver r active"))
                    .hasSize(1);
            assertThat(health).containsExactly(new ReceiverHealth("r", true, null, null));
        }
    }

    @Test
    void whoseTurnIsOverFinishesWhatIsUnderWayAndGivesBack() {
        Promise<Outcome> open = Promise.promise();
        var verticle = deployTurn(n -> open.future());
        try (LogCapture log = LogCapture.open()) {
            addAndWake(Samples.told("r", "n1", 1, ChangeKind.FIRED));
            awaitTold(1);
            turn.set(false);
            verticle.recheck();
            addAndWake(Samples.told("r", "n2", 1, ChangeKind.FIRED));
            await().during(Duration.ofMillis(200)).until(() -> outbox.released() == 0 && told.size() == 1);
            open.complete(SENT);
            await().until(() -> outbox.released() == 1);
            assertThat(outbox.get(0).state()).isEqualTo(NotificationState.SENT);
            assertThat(told).hasSize(1);
            await().until(() -> log.lines().stream().anyMatch(line -> line.contains("receiver r handed over")));
            assertThat(sends()).isZero();
            assertThat(health).last().matches(ReceiverHealth::last);
        }
    }

    @Test
    void whatIsStillHeldElsewhereIsTriedAgainQuietlyUntilItIsFree() {
        outbox.heldElsewhere(true);
        outbox.add(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        try (LogCapture log = LogCapture.open()) {
            deployTurn(always(SENT));
            for (int i = 1; i <= 8; i++) {
                Instant next = Samples.T0.plusMillis(250L * i);
                await().until(() -> time.next().equals(Optional.of(next)));
                time.advance(Duration.ofMillis(250));
            }
            assertThat(log.lines()).isEmpty();
            assertThat(told).isEmpty();
            outbox.heldElsewhere(false);
            await().until(() -> time.next().isPresent());
            time.advance(Duration.ofMillis(250));
            awaitState(0, NotificationState.SENT);
        }
    }

    @Test
    void whoWasTakenOverWhileSendingStopsSaysSoOnceAndTakesUpAnew() {
        List<Promise<Outcome>> open = new CopyOnWriteArrayList<>();
        List<String> wakeUps = new CopyOnWriteArrayList<>();
        vertx.eventBus().<String>consumer(Address.OUTBOX + "r", woken -> wakeUps.add(woken.body()));
        deployTurn(n -> {
            Promise<Outcome> promise = Promise.promise();
            open.add(promise);
            return told.size() <= 2 ? promise.future() : Future.succeededFuture(SENT);
        });
        try (LogCapture log = LogCapture.open()) {
            addAndWake(Samples.told("r", "n1", 1, ChangeKind.FIRED), Samples.told("r", "n2", 1, ChangeKind.FIRED));
            awaitTold(2);
            outbox.heldElsewhere(true);
            outbox.heldElsewhere(false);
            int before = wakeUps.size();
            open.get(0).complete(SENT);
            await().until(() -> wakeUps.size() == before + 1);
            assertThat(outbox.takenUp()).as("not while something is under way").hasSize(1);
            open.get(1).complete(SENT);
            await().until(() -> outbox.takenUp().size() == 2);
            awaitState(0, NotificationState.SENT);
            awaitState(1, NotificationState.SENT);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("taken over"))
                    .hasSize(1);
        }
    }

    @Test
    void whoWasTakenOverWithoutKnowingSendsNothingWhenItLooks() {
        deployTurn(always(SENT));
        await().until(() -> outbox.takenUp().size() == 1);
        outbox.heldElsewhere(true);
        addAndWake(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        await().until(() -> sends() == 0);
        assertThat(told).isEmpty();
    }

    @Test
    void whatCannotBeGivenBackIsToldUntilItCan() {
        var verticle = deployTurn(always(SENT));
        await().until(() -> sends() == 1 && time.next().isPresent());
        turn.set(false);
        outbox.awayFor(1);
        verticle.recheck();
        await().until(() -> meters.find("tocsin_notification_outbox_errors")
                        .tags("outcome", "release")
                        .counter()
                != null);
        addAndWake(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        awaitState(0, NotificationState.SENT);
        assertThat(outbox.released()).isZero();
        advanceUntil(() -> outbox.released() == 1);
        assertThat(sends()).isZero();
    }

    @Test
    void whatWasNotSentIsNoAttemptAndIsLookedAtAgain() throws Exception {
        deploy(
                "r",
                1,
                notification -> Future.succeededFuture(told.size() == 1 ? new Outcome.Unsent("not sure") : SENT));
        addAndWake(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        advanceUntil(() -> told.size() == 2);
        awaitState(0, NotificationState.SENT);
        assertThat(outbox.get(0).attempts()).hasSize(1);
        assertThat(meters.counter("tocsin_notifications", "receiver", "r", "outcome", "unsent")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void memberThatStopsGivesBackWhatItHolds() {
        deployTurn(always(SENT));
        await().until(() -> sends() == 1);
        vertx.undeploy(id).toCompletionStage().toCompletableFuture().join();
        assertThat(outbox.released()).isEqualTo(1);
    }

    @Test
    void memberThatStopsWithoutATurnIsSilent() {
        turn.set(false);
        deployTurn(always(SENT));
        try (LogCapture log = LogCapture.open()) {
            vertx.undeploy(id).toCompletionStage().toCompletableFuture().join();
            assertThat(outbox.released()).isZero();
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void receiverThatFailedHereAndIsHandedOverNoLongerFailsHere() {
        outbox.add(Samples.told("r", "n1", 1, ChangeKind.FIRED));
        var verticle = deployTurn(always(new Outcome.GiveUp("HTTP 403")));
        await().until(() -> health.size() == 1);
        turn.set(false);
        verticle.recheck();
        await().until(() -> health.size() == 2);
        assertThat(health).extracting(ReceiverHealth::up).containsExactly(false, true);
        assertThat(health.get(1).last()).isTrue();
    }

    /** Lets second after second pass until it holds. */
    private void advanceUntil(java.util.concurrent.Callable<Boolean> condition) {
        await().until(() -> {
            if (condition.call()) {
                return true;
            }
            time.advance(Duration.ofSeconds(1));
            return false;
        });
    }
}
