package io.tocsin.notify.log;

import io.tocsin.model.Alert;
import io.tocsin.model.Notification;
import io.tocsin.model.Text;
import io.tocsin.notify.Wording;
import java.time.Duration;
import java.time.Instant;

/** One change of an alert as one line: symbol, severity and change, type, subject and id in columns, then what there is to say. */
final class AlertLine {
    private static final int TITLE = 25;
    private static final int TYPE = 20;
    private static final int SUBJECT = 18;
    private static final int ID = 14;

    private AlertLine() {}

    static String of(Notification notification) {
        Alert alert = notification.alert();
        return LogReceiver.symbol(notification) + " " + column(title(notification), TITLE)
                + column(alert.alertType(), TYPE) + column(Wording.subject(alert), SUBJECT) + column(alert.id(), ID)
                + story(notification);
    }

    private static String title(Notification notification) {
        Alert alert = notification.alert();
        String severity = Wording.shout(alert.severity()) + " ";
        return switch (notification.change()) {
            case ESCALATED -> severity + "level " + alert.level();
            case RAISED -> severity + "severity rose";
            case FELL -> severity + "severity fell";
            case ACK_EXPIRED -> severity + "ack expired";
            case RESOLVED -> "RESOLVED" + lasted(alert);
            default -> severity + notification.change().wire();
        };
    }

    private static String story(Notification notification) {
        Alert alert = notification.alert();
        String told = switch (notification.change()) {
            case ACKNOWLEDGED -> acknowledged(alert);
            case RESOLVED -> resolved(alert);
            case FIRED -> says(alert);
            case ESCALATED -> "escalated" + aside(notification.detail(), alert.message()) + ": " + says(alert);
            default -> says(alert) + aside(notification.detail(), alert.message());
        };
        String hint = Wording.unrecorded(alert).map(text -> " · " + text).orElse("");
        return Text.cut(Text.clean(told), 600) + hint;
    }

    private static String says(Alert alert) {
        String value = Wording.value(alert);
        return value.isEmpty() ? alert.message() : alert.message() + " · " + value;
    }

    private static String acknowledged(Alert alert) {
        if (alert.ack() == null) {
            return says(alert);
        }
        String by = "by " + alert.ack().by() + (alert.ack().auto() ? " (automatic)" : "");
        String message = alert.ack().message();
        return message == null || message.isEmpty() ? by : by + ": " + message;
    }

    private static String resolved(Alert alert) {
        if (alert.resolution() == null) {
            return "was " + alert.severity().wire();
        }
        String because =
                "was " + alert.severity().wire() + "; " + alert.resolution().because();
        return alert.resolution().by() == null
                ? because
                : because + ", by " + alert.resolution().by();
    }

    private static String aside(String detail, String message) {
        return detail == null || detail.isBlank() || detail.equals(message) ? "" : " (" + detail + ")";
    }

    /** How long it fired, to the second; empty if that is not known. */
    private static String lasted(Alert alert) {
        if (alert.resolution() == null) {
            return "";
        }
        Instant from = alert.firedAt() == null ? alert.since() : alert.firedAt();
        long seconds = Duration.between(from, alert.resolution().at()).toSeconds();
        return " after " + Text.duration(Duration.ofSeconds(Math.max(0, seconds)));
    }

    private static String column(String text, int width) {
        String safe = Text.clean(text == null ? "" : text);
        int length = safe.codePointCount(0, safe.length());
        return safe + " ".repeat(Math.max(2, width - length));
    }
}
