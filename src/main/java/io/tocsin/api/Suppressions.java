package io.tocsin.api;

import static io.tocsin.model.Rules.time;

import io.tocsin.model.Ack;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.Because;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.Text;
import io.tocsin.model.Tracking;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** What keeps people from hearing of an alert, or the alert from ending, as far as what is stored of it tells. */
final class Suppressions {
    private final JsonArray found = new JsonArray();
    private final Life life;
    private final Instant now;

    private Suppressions(Life life, Instant now) {
        this.life = life;
        this.now = now;
    }

    static JsonArray of(Life life, List<Notification> notifications, Instant now) {
        Suppressions all = new Suppressions(life, now);
        if (life.alert().open()) {
            life.because().forEach(all::hold);
            all.state();
        }
        all.receivers();
        notifications.forEach(all::notification);
        return all.found;
    }

    private void hold(Because because) {
        for (Tracking.Hold hold : life.tracking().holds()) {
            if (!hold.rule().equals(because.rule().name()) || hold.severity() != because.severity()) {
                continue;
            }
            Duration holdFor = because.holdFor() == null ? Duration.ZERO : because.holdFor();
            Instant until = hold.since().plus(holdFor);
            String rule = "rule \"" + because.rule().name() + "\" has to hold for " + Text.duration(holdFor);
            if (until.isAfter(now)) {
                add("hold", rule + " before it counts: until " + time(until), hold.since(), until);
            } else if (life.alert().state() == AlertState.PENDING) {
                add(
                        "hold",
                        rule + "; it has, but nothing fresh was seen since the start: waits for a reading",
                        hold.since(),
                        until);
            }
        }
    }

    private void state() {
        Alert alert = life.alert();
        Instant clear = life.tracking().clearSince();
        if (clear != null) {
            Instant until = clear.plus(alert.symptom().quietFor());
            add(
                    "quiet",
                    "nothing is wrong any more since " + time(clear) + "; it resolves if that lasts until "
                            + time(until),
                    clear,
                    until);
        }
        if (alert.stale()) {
            add("stale", "no reading under it is fresh: it neither rises nor ends by itself", null, null);
        }
        Ack ack = alert.ack();
        if (ack != null) {
            add(
                    "acknowledged",
                    "the escalation stands still since " + ack.by() + " answered"
                            + (ack.expiresAt() == null ? "" : ", until " + time(ack.expiresAt())),
                    ack.at(),
                    ack.expiresAt());
        }
    }

    private void receivers() {
        Tracking tracking = life.tracking();
        for (String receiver : new TreeSet<>(tracking.passedOver())) {
            add("receiver", "rules route it to " + receiver + ", which is not under receivers: in config", null, null);
        }
        TreeSet<String> addresses = new TreeSet<>(tracking.escalatedTo());
        addresses.removeAll(tracking.heard());
        if (!addresses.isEmpty()) {
            add(
                    "address",
                    "escalated to " + String.join(", ", addresses)
                            + ": no receiver of that name is told, people are shown it",
                    null,
                    null);
        }
    }

    private void notification(Notification one) {
        if (one.state() == NotificationState.SKIPPED || one.state() == NotificationState.FAILED) {
            add(
                    one.state().wire(),
                    one.receiver() + " was not told that it " + one.change().wire() + " (revision " + one.revision()
                            + ")" + (one.stateDetail() == null ? "" : ": " + one.stateDetail()),
                    one.createdAt(),
                    null);
        }
    }

    private void add(String kind, String text, Instant since, Instant until) {
        found.add(new JsonObject()
                .put("kind", kind)
                .put("text", Text.clean(Text.cut(text, 500)))
                .put("since", since == null ? null : since.toString())
                .put("until", until == null ? null : until.toString()));
    }
}
