package io.tocsin.cli.replay;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Notification;
import io.tocsin.model.Severity;
import io.tocsin.model.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What became of one alert in a replay. */
final class Tale {
    /**
     * One change.
     *
     * @param transition what happened
     * @param severity how bad it was then
     * @param level the escalation level then
     */
    record Moment(Transition transition, Severity severity, int level) {}

    private final Alert first;
    private final List<Moment> moments = new ArrayList<>();
    private final List<Notification> notifications = new ArrayList<>();
    private Alert last;
    private Severity worst;

    Tale(Alert first) {
        this.first = first;
        this.last = first;
        this.worst = first.severity();
    }

    void changed(Alert alert, Transition transition) {
        last = alert;
        worst = alert.severity().compareTo(worst) > 0 ? alert.severity() : worst;
        moments.add(new Moment(transition, alert.severity(), alert.level()));
    }

    void told(Notification notification) {
        notifications.add(notification);
    }

    String id() {
        return first.id();
    }

    AlertKey key() {
        return first.key();
    }

    /** The alert as it was last. */
    Alert last() {
        return last;
    }

    Severity worst() {
        return worst;
    }

    List<Moment> moments() {
        return moments;
    }

    List<Notification> notifications() {
        return notifications;
    }

    /** Whether anybody would have seen it. */
    boolean fired() {
        return last.firedAt() != null;
    }

    Instant since() {
        return last.since();
    }

    Instant firedAt() {
        return last.firedAt();
    }

    /** When it was over; the given instant if it was not. */
    Instant end(Instant otherwise) {
        return last.state() == AlertState.RESOLVED ? last.resolution().at() : otherwise;
    }

    boolean resolved() {
        return last.state() == AlertState.RESOLVED;
    }

    /** How long it fired within a replay. */
    Duration lasted(Instant begin, Instant end) {
        Instant from = firedAt().isBefore(begin) ? begin : firedAt();
        Duration lasted = Duration.between(from, end(end));
        return lasted.isNegative() ? Duration.ZERO : lasted;
    }

    /** How many levels it climbed within the replay. */
    long escalations() {
        return moments.stream()
                .filter(moment -> moment.transition().kind() == ChangeKind.ESCALATED)
                .count();
    }
}
