package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.Cause;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Escalation;
import io.tocsin.model.Notification;
import io.tocsin.model.Transition;
import io.tocsin.store.History.Query;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What holds for every history, whatever the rules. */
final class Laws {
    private static final EnumSet<ChangeKind> SAY_IT_FIRES = EnumSet.of(
            ChangeKind.FIRED, ChangeKind.RAISED, ChangeKind.ESCALATED, ChangeKind.ROUTED, ChangeKind.ACK_EXPIRED);

    private Laws() {}

    /** After every act. */
    static void atRest(Stand stand) {
        everyFiringAlertHasAFutureDeadlineOrNoFurtherOrder(stand);
        whatIsStoredIsWhatIsOpen(stand);
    }

    private static void everyFiringAlertHasAFutureDeadlineOrNoFurtherOrder(Stand stand) {
        for (Alert alert : stand.alerts()) {
            Optional<Instant> due = stand.watch().session().escalations(alert.id()).stream()
                    .filter(order -> order.level() == alert.level() + 1)
                    .map(Escalation::after)
                    .min(java.util.Comparator.naturalOrder())
                    .map(alert.levelSince()::plus);
            if (alert.state() == AlertState.FIRING) {
                assertThat(alert.nextEscalationAt())
                        .as("next level of %s", alert)
                        .isEqualTo(due.orElse(null));
                due.ifPresent(at -> assertThat(at).isAfter(stand.watch().now()));
            } else {
                assertThat(alert.nextEscalationAt())
                        .as("next level of %s", alert)
                        .isNull();
            }
        }
    }

    private static void whatIsStoredIsWhatIsOpen(Stand stand) {
        var open = EnumSet.of(AlertState.PENDING, AlertState.FIRING, AlertState.ACKNOWLEDGED);
        var stored = stand.store()
                .alerts(new Query(open, Set.of(), stand.watch().cluster(), null, null, null, 1000))
                .alerts();
        assertThat(stored).containsExactlyInAnyOrderElementsOf(stand.alerts());
        assertThat(stored.stream().map(Alert::key)).doesNotHaveDuplicates();
    }

    /** At the end. */
    static void inAll(Stand stand) {
        atMostOneOpenAlertOfAKey(stand);
        revisionsRiseAndNumbersNeverRepeat(stand);
        everyNotificationHasACause(stand);
        resolvedIsToldToThoseWhoHeardFiring(stand);
        nothingResolvesByLoss(stand);
    }

    private static void atMostOneOpenAlertOfAKey(Stand stand) {
        Map<AlertKey, String> open = new HashMap<>();
        for (Step.Changed change : stand.changes) {
            Alert alert = change.alert();
            ChangeKind kind = change.transition().kind();
            if (kind == ChangeKind.RESOLVED || kind == ChangeKind.LAPSED) {
                assertThat(open.remove(alert.key())).as("open before %s", kind).isEqualTo(alert.id());
            } else {
                assertThat(open.putIfAbsent(alert.key(), alert.id())).isIn(null, alert.id());
            }
        }
    }

    private static void revisionsRiseAndNumbersNeverRepeat(Stand stand) {
        Map<String, Long> revisions = new HashMap<>();
        Map<AlertKey, Long> numbers = new HashMap<>();
        for (Step.Changed change : stand.changes) {
            Transition transition = change.transition();
            Alert alert = change.alert();
            assertThat(transition.alertId()).isEqualTo(alert.id());
            Long before = revisions.put(alert.id(), transition.revision());
            assertThat(transition.revision()).as("revision of %s", change).isGreaterThan(before == null ? 0 : before);
            if (transition.kind() == ChangeKind.LAPSED) {
                revisions.remove(alert.id());
            }
            if (transition.kind() == ChangeKind.FIRED) {
                long number = numbers.merge(alert.key(), 1L, Long::sum);
                assertThat(alert.id()).isEqualTo(alert.key().id(number));
            }
        }
    }

    private static void everyNotificationHasACause(Stand stand) {
        Map<String, Set<ChangeKind>> kinds = new HashMap<>();
        Set<String> revisions = new HashSet<>();
        for (Step.Changed change : stand.changes) {
            revisions.add(change.alert().id() + " " + change.transition().revision());
            kinds.computeIfAbsent(change.alert().id(), id -> new HashSet<>())
                    .add(change.transition().kind());
        }
        Set<String> once = new HashSet<>();
        for (Notification one : stand.notifications) {
            assertThat(revisions).contains(one.alertId() + " " + one.revision());
            assertThat(one.change() == ChangeKind.ROUTED
                            || kinds.get(one.alertId()).contains(one.change()))
                    .as("%s", one)
                    .isTrue();
            assertThat(one.change().told()).isTrue();
            assertThat(once.add(one.alertId() + " " + one.revision() + " " + one.receiver()))
                    .as("told twice: %s", one)
                    .isTrue();
        }
    }

    private static void resolvedIsToldToThoseWhoHeardFiring(Stand stand) {
        Map<String, Set<String>> heard = new HashMap<>();
        Map<String, Set<String>> over = new HashMap<>();
        for (Notification one : stand.notifications) {
            if (SAY_IT_FIRES.contains(one.change())) {
                heard.computeIfAbsent(one.alertId(), id -> new TreeSet<>()).add(one.receiver());
            } else if (one.change() == ChangeKind.RESOLVED) {
                over.computeIfAbsent(one.alertId(), id -> new TreeSet<>()).add(one.receiver());
            } else {
                assertThat(heard.getOrDefault(one.alertId(), Set.of())).contains(one.receiver());
            }
        }
        for (Step.Changed change : stand.changes) {
            if (change.transition().kind() == ChangeKind.RESOLVED) {
                String id = change.alert().id();
                assertThat(over.getOrDefault(id, Set.of()))
                        .as("told that %s is over", change.alert())
                        .isEqualTo(heard.getOrDefault(id, Set.of()));
            }
        }
    }

    private static void nothingResolvesByLoss(Stand stand) {
        for (Step.Changed change : stand.changes) {
            Transition transition = change.transition();
            if (transition.kind() == ChangeKind.RESOLVED && transition.cause() != Cause.COMMAND) {
                boolean gaveUp = transition.detail().startsWith("no news since stale_after");
                boolean quiet = transition.detail().startsWith("back to normal for ");
                boolean policy = stand.reloaded() && transition.cause() == Cause.RULES;
                assertThat(gaveUp
                                || policy && transition.detail().equals("policy changed")
                                || quiet && transition.cause() == Cause.RESTORE
                                || transition.cause() == Cause.READING
                                || transition.cause() == Cause.DEADLINE)
                        .as("%s", change)
                        .isTrue();
            }
        }
    }
}
