package io.tocsin.alert;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.Tracking;
import io.tocsin.model.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Who hears of what an alert went through in one step, as a pure function. One notification a receiver and step. */
public final class Announcements {
    private Announcements() {}

    /**
     * What is to be said, and the life that remembers who was told.
     *
     * @param life after the step
     * @param notifications one for each receiver that hears of it
     */
    public record Announced(Life life, List<Notification> notifications) {}

    /**
     * Works out who hears.
     *
     * @param life after the step
     * @param transitions what happened in the step
     * @param routes receivers that rules route the alert to
     * @param configured receivers that exist; others are addresses, shown but not told
     */
    public static Announced of(
            Life life, List<Transition> transitions, Set<String> routes, Set<String> configured, Instant now) {
        Tracking tracking = life.tracking();
        Transition told = main(transitions);
        Set<String> receivers = new TreeSet<>();
        if (told == null) {
            if (life.alert().state() == AlertState.FIRING) {
                receivers.addAll(routes);
                receivers.removeAll(tracking.heard());
            }
        } else {
            receivers.addAll(tracking.heard());
            if (told.kind() != ChangeKind.RESOLVED
                    && told.kind() != ChangeKind.ACKNOWLEDGED
                    && told.kind() != ChangeKind.FELL) {
                receivers.addAll(routes);
                receivers.addAll(tracking.escalatedTo());
            }
        }
        receivers.retainAll(configured);
        Life noted = passedOver(life, routes, configured);
        if (receivers.isEmpty()) {
            return new Announced(noted, List.of());
        }
        ChangeKind kind = told == null ? ChangeKind.ROUTED : told.kind();
        String detail = told == null ? "routed to it by a change of rules" : detail(told, transitions);
        return announced(noted, receivers, kind, detail, now);
    }

    /** The life that remembers which receivers would hear of it if config defined them; the same if it knows them. */
    private static Life passedOver(Life life, Set<String> routes, Set<String> configured) {
        Tracking old = life.tracking();
        if (configured.containsAll(routes) || life.alert().state() == AlertState.PENDING) {
            return life;
        }
        Set<String> unknown = new TreeSet<>(routes);
        unknown.removeAll(configured);
        if (old.passedOver().containsAll(unknown)) {
            return life;
        }
        unknown.addAll(old.passedOver());
        Tracking tracking =
                new Tracking(old.life(), old.holds(), old.clearSince(), old.heard(), old.escalatedTo(), unknown);
        return new Life(life.alert(), tracking, life.because());
    }

    /** What the step was about: that it fired, if it did, else the last thing that people are told of. */
    private static Transition main(List<Transition> transitions) {
        Transition main = null;
        for (Transition transition : transitions) {
            if (transition.kind().told() && (main == null || !outweighs(main.kind(), transition.kind()))) {
                main = transition;
            }
        }
        return main;
    }

    /** Whether what came before is still what people are told: whom it calls must hear of it. */
    private static boolean outweighs(ChangeKind before, ChangeKind after) {
        return before == ChangeKind.FIRED && after != ChangeKind.RESOLVED
                || before == ChangeKind.ESCALATED && after == ChangeKind.FELL;
    }

    private static String detail(Transition told, List<Transition> transitions) {
        for (Transition other : transitions) {
            if (other.kind() == ChangeKind.ESCALATED && told.kind() == ChangeKind.FIRED) {
                return told.detail() + " (escalated at once: " + escalated(other) + ")";
            }
        }
        return told.kind() == ChangeKind.ESCALATED ? escalated(told) : told.detail();
    }

    /** Why, and to whom: among those may be addresses that no receiver stands for, and people should see them. */
    private static String escalated(Transition transition) {
        return transition.to().isEmpty()
                ? transition.detail()
                : transition.detail() + "; to " + String.join(", ", transition.to());
    }

    private static Announced announced(Life life, Set<String> receivers, ChangeKind kind, String detail, Instant now) {
        Tracking old = life.tracking();
        Alert alert = life.alert();
        List<Notification> notifications = new ArrayList<>(receivers.size());
        for (String receiver : receivers) {
            boolean first = !old.heard().contains(receiver);
            notifications.add(new Notification(
                    alert, receiver, kind, detail, first, now, NotificationState.PENDING, null, now, List.of()));
        }
        Set<String> heard = old.heard();
        if (!heard.containsAll(receivers)) {
            heard = new HashSet<>(heard);
            heard.addAll(receivers);
        }
        Tracking tracking =
                new Tracking(old.life(), old.holds(), old.clearSince(), heard, old.escalatedTo(), old.passedOver());
        return new Announced(new Life(alert, tracking, life.because()), notifications);
    }
}
