package io.tocsin.store;

import static io.tocsin.store.Given.T0;
import static io.tocsin.store.Given.at;
import static io.tocsin.store.Given.change;
import static io.tocsin.store.Given.done;
import static io.tocsin.store.Given.life;
import static io.tocsin.store.Given.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store's outbox does. */
abstract class OutboxContract {
    Store store;
    private long epoch;

    abstract Store open();

    @BeforeEach
    void openStore() {
        store = open();
        epoch = store.claim("main").epoch();
        for (String receiver : List.of("slack", "log", "pagerduty")) {
            done(store.takeUp(receiver));
        }
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private void tell(Life life, ChangeKind kind, boolean first, Instant due, String... receivers) {
        List<Notification> told = List.of(receivers).stream()
                .map(receiver -> told(life, receiver, kind, first, due))
                .toList();
        done(store.commit(Given.of("main", epoch, List.of(change(life, kind)), told)));
    }

    private List<Notification> due(String receiver, long seconds) {
        return done(store.due(receiver, at(seconds), 100, Set.of()));
    }

    private static Notification.Attempt attempt(long seconds, String outcome) {
        return new Notification.Attempt(at(seconds), 12, outcome, "answer");
    }

    private static Life n1(long revision, AlertState state) {
        return life("main", "n1", 1, revision, state);
    }

    @Test
    void notificationIsDueWhenItsTimeHasComeAndOnlyForItsReceiver() {
        Life firing = n1(2, AlertState.FIRING);
        tell(firing, ChangeKind.FIRED, true, at(10), "slack");
        assertThat(due("slack", 9)).isEmpty();
        assertThat(due("log", 99)).isEmpty();
        assertThat(due("slack", 10)).containsExactly(told(firing, "slack", ChangeKind.FIRED, true, at(10)));
        assertThat(done(store.nextDue("slack"))).contains(at(10));
        assertThat(done(store.nextDue("log"))).isEmpty();
    }

    @Test
    void notificationWithoutATimeIsDueAtOnce() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, null, "slack");
        assertThat(due("slack", 0)).hasSize(1);
        assertThat(done(store.nextDue("slack"))).contains(T0);
    }

    @Test
    void sentNotificationIsDone() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        Notification one = due("slack", 0).get(0);
        assertThat(store.oldest("slack")).contains(one.createdAt());
        assertThat(store.oldest("log")).isEmpty();
        done(store.record(one, attempt(1, "sent"), NotificationState.SENT, null, null));
        assertThat(store.oldest("slack")).isEmpty();
        assertThat(due("slack", 99)).isEmpty();
        assertThat(done(store.nextDue("slack"))).isEmpty();
        assertThat(store.backlog("slack")).isZero();
        Notification sent = store.notifications(one.alertId()).get(0);
        assertThat(sent.state()).isEqualTo(NotificationState.SENT);
        assertThat(sent.nextAttemptAt()).isNull();
        assertThat(sent.attempts()).containsExactly(attempt(1, "sent"));
    }

    @Test
    void everyAttemptIsKept() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        Notification stale = due("slack", 0).get(0);
        done(store.record(stale, attempt(1, "retry"), NotificationState.PENDING, null, at(30)));
        assertThat(due("slack", 29)).isEmpty();
        assertThat(due("slack", 30).get(0).attempts()).containsExactly(attempt(1, "retry"));
        done(store.record(stale, attempt(31, "failed"), NotificationState.FAILED, "404 no such channel", null));
        Notification failed = store.notifications(stale.alertId()).get(0);
        assertThat(failed.attempts()).containsExactly(attempt(1, "retry"), attempt(31, "failed"));
        assertThat(failed.stateDetail()).isEqualTo("404 no such channel");
    }

    @Test
    void attemptedOneIsFinishedBeforeALaterOneIsDue() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        Notification first = due("slack", 0).get(0);
        done(store.record(first, attempt(1, "retry"), NotificationState.PENDING, null, at(60)));
        tell(n1(3, AlertState.RESOLVED), ChangeKind.RESOLVED, false, at(5), "slack");
        assertThat(due("slack", 59)).isEmpty();
        assertThat(done(store.nextDue("slack"))).contains(at(60));
        assertThat(due("slack", 60)).extracting(Notification::revision).containsExactly(2L);
        done(store.record(first, attempt(61, "sent"), NotificationState.SENT, null, null));
        assertThat(due("slack", 62)).extracting(Notification::revision).containsExactly(3L);
    }

    @Test
    void supersededOneThatWasNeverAttemptedIsSkippedWithTheReason() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        tell(n1(3, AlertState.FIRING), ChangeKind.ESCALATED, false, at(1), "slack");
        tell(n1(4, AlertState.RESOLVED), ChangeKind.RESOLVED, false, at(2), "slack");
        assertThat(store.backlog("slack")).isEqualTo(1);
        List<Notification> due = due("slack", 9);
        assertThat(due).extracting(Notification::revision).containsExactly(4L);
        assertThat(store.notifications(due.get(0).alertId()))
                .extracting(Notification::state)
                .containsExactly(NotificationState.SKIPPED, NotificationState.SKIPPED, NotificationState.PENDING);
        assertThat(store.notifications(due.get(0).alertId()))
                .extracting(Notification::stateDetail)
                .containsExactly("superseded by revision 4 (resolved)", "superseded by revision 4 (resolved)", null);
    }

    @Test
    void endIsToldIfASenderThatIsGoneMayHaveToldTheBeginning() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack", "pagerduty");
        done(store.takeUp("slack"));
        tell(n1(3, AlertState.FIRING), ChangeKind.ESCALATED, false, at(1), "slack", "pagerduty");
        assertThat(due("slack", 9)).as("still opens it").singleElement().matches(Notification::first);
        tell(n1(4, AlertState.RESOLVED), ChangeKind.RESOLVED, false, at(2), "slack", "pagerduty");
        assertThat(due("slack", 9)).singleElement().matches(one -> !one.first());
        assertThat(due("pagerduty", 9)).singleElement().matches(Notification::first);
    }

    @Test
    void whatIsInFlightIsNotSkippedWhenALaterOneComes() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        Notification sending = due("slack", 0).get(0);
        tell(n1(3, AlertState.FIRING), ChangeKind.ESCALATED, false, at(1), "slack");
        done(store.due("slack", at(1), 100, Set.of(sending.alertId())));
        assertThat(store.notifications(sending.alertId()))
                .extracting(Notification::state)
                .containsOnly(NotificationState.PENDING);
        done(store.record(sending, attempt(2, "sent"), NotificationState.SENT, null, null));
        assertThat(due("slack", 3)).singleElement().matches(one -> one.revision() == 3 && !one.first());
    }

    @Test
    void whatReplacesTheFirstIsTheFirst() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        tell(n1(3, AlertState.FIRING), ChangeKind.ESCALATED, false, at(1), "slack");
        assertThat(due("slack", 9)).singleElement().matches(Notification::first);
        tell(n1(4, AlertState.RESOLVED), ChangeKind.RESOLVED, false, at(2), "slack");
        assertThat(due("slack", 9)).singleElement().matches(Notification::first);
    }

    @Test
    void firstIsWhatFollowsOnlyOnesThatNeverArrived() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        done(store.record(due("slack", 0).get(0), attempt(1, "failed"), NotificationState.FAILED, "403", null));
        tell(n1(3, AlertState.FIRING), ChangeKind.ESCALATED, false, at(2), "slack");
        assertThat(due("slack", 9)).singleElement().matches(Notification::first);
        done(store.record(due("slack", 9).get(0), null, NotificationState.SKIPPED, "why", null));
        tell(n1(4, AlertState.FIRING), ChangeKind.ROUTED, false, at(3), "slack");
        assertThat(due("slack", 9)).singleElement().matches(Notification::first);
        done(store.record(due("slack", 9).get(0), attempt(10, "sent"), NotificationState.SENT, null, null));
        tell(n1(5, AlertState.FIRING), ChangeKind.ESCALATED, true, at(4), "slack");
        assertThat(due("slack", 11)).singleElement().matches(n -> !n.first());
    }

    @Test
    void endOfWhatMayHaveArrivedIsNotFirst() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack", "log");
        done(store.record(due("slack", 0).get(0), attempt(1, "failed"), NotificationState.FAILED, "timeout", null));
        done(store.record(due("log", 0).get(0), null, NotificationState.SKIPPED, "why", null));
        tell(n1(3, AlertState.RESOLVED), ChangeKind.RESOLVED, false, at(2), "slack", "log");
        assertThat(due("slack", 9)).singleElement().matches(n -> !n.first());
        assertThat(due("log", 9)).singleElement().matches(Notification::first);
    }

    @Test
    void whatOneReceiverHeardIsNewToAnother() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        done(store.record(due("slack", 0).get(0), attempt(1, "sent"), NotificationState.SENT, null, null));
        tell(n1(3, AlertState.FIRING), ChangeKind.ESCALATED, false, at(2), "slack", "log");
        assertThat(due("slack", 9)).singleElement().matches(n -> !n.first());
        assertThat(due("log", 9)).singleElement().matches(Notification::first);
    }

    @Test
    void oneThatWasSentIsNeverSkipped() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        done(store.record(due("slack", 0).get(0), attempt(1, "sent"), NotificationState.SENT, null, null));
        tell(n1(3, AlertState.RESOLVED), ChangeKind.RESOLVED, false, at(2), "slack");
        assertThat(due("slack", 9)).singleElement().matches(n -> n.revision() == 3 && !n.first());
        assertThat(store.notifications(n1(2, AlertState.FIRING).alert().id()))
                .extracting(Notification::state)
                .containsExactly(NotificationState.SENT, NotificationState.PENDING);
    }

    @Test
    void oneThatWasInFlightWhenItWasSupersededGoesOnUntilItIsDone() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        Notification inFlight = due("slack", 0).get(0);
        tell(n1(3, AlertState.RESOLVED), ChangeKind.RESOLVED, false, at(2), "slack");
        done(store.record(inFlight, attempt(3, "retry"), NotificationState.PENDING, null, at(20)));
        assertThat(due("slack", 19)).isEmpty();
        assertThat(due("slack", 20)).extracting(Notification::revision).containsExactly(2L);
    }

    @Test
    void oneReceiverDoesNotHoldUpAnother() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "log", "slack");
        done(store.record(due("slack", 0).get(0), attempt(1, "retry"), NotificationState.PENDING, null, at(600)));
        tell(n1(3, AlertState.RESOLVED), ChangeKind.RESOLVED, false, at(2), "log", "slack");
        assertThat(due("log", 9)).extracting(Notification::revision).containsExactly(3L);
        assertThat(due("slack", 9)).isEmpty();
    }

    @Test
    void longestDueComesFirstUpToTheLimit() {
        for (int i = 0; i < 5; i++) {
            tell(life("main", "n" + i, 1, 1, AlertState.FIRING), ChangeKind.FIRED, true, at(50 - i), "slack");
        }
        assertThat(done(store.due("slack", at(60), 2, Set.of())))
                .extracting(n -> n.alert().subject())
                .containsExactly("n4", "n3");
        assertThat(done(store.nextDue("slack"))).contains(at(46));
    }

    @Test
    void standingMayChangeWithoutAnAttempt() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        Notification one = due("slack", 0).get(0);
        done(store.record(one, null, NotificationState.PENDING, null, at(40)));
        assertThat(due("slack", 39)).isEmpty();
        assertThat(due("slack", 40)).singleElement().matches(n -> n.attempts().isEmpty());
        done(store.record(one, null, NotificationState.SKIPPED, "not configured", null));
        assertThat(due("slack", 99)).isEmpty();
        assertThat(store.notifications(one.alertId()).get(0).stateDetail()).isEqualTo("not configured");
    }

    @Test
    void recordOfAnUnknownNotificationIsNoFault() {
        done(store.record(
                told(n1(9, AlertState.FIRING), "slack", ChangeKind.FIRED, true, T0),
                attempt(1, "sent"),
                NotificationState.SENT,
                null,
                null));
        assertThat(store.backlog("slack")).isZero();
    }

    private void sent(Notification notification, long seconds) {
        done(store.record(notification, attempt(seconds, "sent"), NotificationState.SENT, null, null));
    }

    private void lateSend(Notification notification, String outcome, NotificationState state) {
        assertThatThrownBy(() -> done(store.record(notification, attempt(50, outcome), state, null, null)))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("slack");
    }

    @Test
    void nothingIsDueToWhoDoesNotTellTheReceiver() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        done(store.release("slack"));
        assertThatThrownBy(() -> due("slack", 9)).isInstanceOf(FencedException.class);
        done(store.takeUp("slack"));
        assertThat(due("slack", 9)).hasSize(1);
        assertThatThrownBy(() -> due("nobody", 9)).isInstanceOf(FencedException.class);
    }

    @Test
    void givingBackTwiceIsNoFault() {
        done(store.release("slack"));
        done(store.release("slack"));
        done(store.release("nobody"));
    }

    @Test
    void currentStateIsToldAgainAfterAnOldOneWasToldTooLate() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack", "log");
        Notification old = due("slack", 0).get(0);
        tell(n1(3, AlertState.RESOLVED), ChangeKind.RESOLVED, false, at(1), "slack", "log");
        sent(due("slack", 2).get(0), 2);
        assertThat(due("slack", 3)).isEmpty();
        done(store.release("slack"));

        lateSend(old, "sent", NotificationState.SENT);
        assertThat(store.notifications(old.alertId()).stream().filter(n -> n.revision() == 2))
                .filteredOn(n -> n.receiver().equals("slack"))
                .singleElement()
                .matches(n -> n.attempts().isEmpty() && n.state() == NotificationState.SKIPPED);
        assertThat(store.backlog("slack")).isEqualTo(1);
        done(store.takeUp("slack"));
        assertThat(due("slack", 3)).singleElement().matches(n -> n.revision() == 3 && !n.first());
        sent(due("slack", 3).get(0), 4);
        assertThat(due("slack", 99)).isEmpty();
        assertThat(due("log", 99)).singleElement().matches(n -> n.revision() == 3);
    }

    @Test
    void currentStateThatMayBeOnItsWayIsToldOnceMore() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        Notification old = due("slack", 0).get(0);
        tell(n1(3, AlertState.FIRING), ChangeKind.ESCALATED, false, at(1), "slack");
        Notification current = due("slack", 2).get(0);
        done(store.release("slack"));
        lateSend(old, "retry", NotificationState.PENDING);
        done(store.release("slack"));
        assertThat(store.backlog("slack")).isEqualTo(1);
        // a sender that takes up after that has nothing of it on its way
        done(store.takeUp("slack"));
        sent(current, 4);
        assertThat(due("slack", 99)).isEmpty();
    }

    @Test
    void toldTooLateButStillTheCurrentStateNeedsNoRepeating() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        Notification current = due("slack", 0).get(0);
        sent(current, 1);
        done(store.release("slack"));
        lateSend(current, "sent", NotificationState.SENT);
        assertThat(store.backlog("slack")).isZero();
    }

    @Test
    void whatWasNotTriedTooLateChangesNothing() {
        tell(n1(2, AlertState.FIRING), ChangeKind.FIRED, true, T0, "slack");
        Notification old = due("slack", 0).get(0);
        tell(n1(3, AlertState.FIRING), ChangeKind.ESCALATED, false, at(1), "slack");
        sent(due("slack", 2).get(0), 2);
        done(store.release("slack"));
        assertThatThrownBy(() -> done(store.record(old, null, NotificationState.SKIPPED, "why", null)))
                .isInstanceOf(FencedException.class);
        assertThat(store.backlog("slack")).isZero();
    }
}
