package io.tocsin.cli.scenario;

import io.tocsin.model.Alert;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Notification;
import io.tocsin.model.Text;
import io.tocsin.model.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happened in a case, in order; the same telemetry again and again is one entry. */
final class TimeLine {
    private static final int MOST = 5_000;

    private final List<Happening> entries = new ArrayList<>();
    private Scenario.Send repeated;
    private Duration first;
    private Duration last;
    private int times;
    private int leftOut;

    void sent(Duration at, Scenario.Send send) {
        if (send != repeated) {
            flush();
            repeated = send;
            first = at;
            times = 0;
        }
        last = at;
        times++;
    }

    void changed(Alert alert, Transition transition) {
        String text =
                alert.severity().wire() + ' ' + alert.alertType() + ' ' + alert.subject() + ": " + transition.detail();
        if (transition.kind() == ChangeKind.ESCALATED) {
            text = "level " + alert.level() + " of " + text + ", to " + String.join(", ", transition.to());
        }
        add(Duration.between(Stage.BEGIN, transition.at()), transition.kind().wire(), text);
    }

    void notified(List<Notification> notifications) {
        for (int i = 0; i < notifications.size(); ) {
            Notification one = notifications.get(i);
            List<String> receivers = new ArrayList<>();
            while (i < notifications.size()
                    && notifications.get(i).alertId().equals(one.alertId())
                    && notifications.get(i).change() == one.change()) {
                receivers.add(notifications.get(i++).receiver());
            }
            add(
                    Duration.between(Stage.BEGIN, one.createdAt()),
                    "notified",
                    String.join(", ", receivers) + ": " + one.change().wire() + ' '
                            + one.alert().alertType() + ' ' + one.alert().subject());
        }
    }

    private void add(Duration at, String what, String text) {
        add(at, what, text, 0);
    }

    void add(Duration at, String what, String text, int line) {
        flush();
        put(new Happening(at, what, Text.clean(text), line));
    }

    private void put(Happening happening) {
        if (entries.size() < MOST) {
            entries.add(happening);
        } else {
            leftOut++;
        }
    }

    private void flush() {
        if (repeated == null) {
            return;
        }
        Scenario.Send send = repeated;
        repeated = null;
        String again = times == 1 ? "" : "  ×" + times + " until " + Text.duration(last);
        for (Message message : send.messages()) {
            put(new Happening(first, "telemetry", FactText.message(message.json()) + again, 0));
        }
    }

    /** Everything so far. */
    List<Happening> entries() {
        flush();
        if (leftOut > 0) {
            List<Happening> all = new ArrayList<>(entries);
            all.add(new Happening(entries.get(entries.size() - 1).at(), "…", leftOut + " more", 0));
            return List.copyOf(all);
        }
        return List.copyOf(entries);
    }
}
