package io.tocsin.notify.slack;

import io.tocsin.model.Ack;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Notification;
import io.tocsin.notify.Wording;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A notification as an incoming webhook's message: a line of text and an attachment with a colour bar and blocks. Sizes
 * stay below Slack's: header 150, section 3000, ten fields of 2000, about 13,200 in all blocks (Slack's block reference).
 */
final class SlackMessage {
    private static final int HEADER = 150;
    private static final int LINE = 400;
    private static final int BODY = 2_500;
    private static final int FIELD = 300;

    private SlackMessage() {}

    /** The message; {@code link} is the base address of our API, null for none. */
    static JsonObject of(Notification notification, String link) {
        JsonObject attachment = new JsonObject()
                .put("color", colour(notification.alert()))
                .put("fallback", SlackText.escape(summary(notification), LINE))
                .put("blocks", blocks(notification, link));
        return plain(notification, LINE).put("attachments", new JsonArray().add(attachment));
    }

    /** The same in plain text, for a webhook that refuses blocks. */
    static JsonObject fallback(Notification notification) {
        return plain(notification, BODY);
    }

    private static JsonObject plain(Notification notification, int max) {
        return new JsonObject()
                .put("text", SlackText.escape(summary(notification), max))
                .put("mrkdwn", false)
                .put("parse", "none")
                .put("link_names", false)
                .put("unfurl_links", false)
                .put("unfurl_media", false);
    }

    private static String summary(Notification notification) {
        Alert alert = notification.alert();
        return title(notification) + ": " + alert.message() + " [" + alert.id() + "]";
    }

    private static String title(Notification notification) {
        Alert alert = notification.alert();
        String symbol = alert.open() ? Wording.emoji(alert.severity()) : "✅";
        return symbol + " " + Wording.shout(alert.severity()) + " " + alert.alertType() + " on "
                + Wording.subject(alert)
                + switch (notification.change()) {
                    case ESCALATED -> ", escalated to level " + alert.level();
                    case ACKNOWLEDGED -> ", acknowledged";
                    case ACK_EXPIRED -> ", acknowledgement expired";
                    case RAISED -> ", severity rose";
                    case FELL -> ", severity fell";
                    case RESOLVED -> ", resolved";
                    default -> "";
                };
    }

    private static String colour(Alert alert) {
        if (!alert.open()) {
            return "good";
        }
        return switch (alert.severity()) {
            case CRITICAL -> "danger";
            case WARNING -> "warning";
            case INFO -> "#2f81f7";
        };
    }

    private static JsonArray blocks(Notification notification, String link) {
        Alert alert = notification.alert();
        JsonArray blocks = new JsonArray()
                .add(new JsonObject().put("type", "header").put("text", plainText(title(notification), HEADER)))
                .add(section(plainText("Message: " + story(notification), BODY)))
                .add(new JsonObject().put("type", "section").put("fields", fields(notification)));
        if (alert.ack() != null) {
            blocks.add(section(plainText(answered(alert.ack()), 1_000)));
        }
        links(alert, link).ifPresent(text -> blocks.add(section(marked(text))));
        return blocks.add(
                new JsonObject().put("type", "context").put("elements", new JsonArray().add(marked(handle(alert)))));
    }

    private static String story(Notification notification) {
        Alert alert = notification.alert();
        if (notification.change() == ChangeKind.RESOLVED && alert.resolution() != null) {
            String by = alert.resolution().by() == null
                    ? ""
                    : ", by " + alert.resolution().by();
            return alert.message() + ". Resolved: " + alert.resolution().because() + by;
        }
        String detail = notification.detail();
        return detail == null || detail.isBlank() || detail.equals(alert.message())
                ? alert.message()
                : alert.message() + " (" + detail + ")";
    }

    private static JsonArray fields(Notification notification) {
        Alert alert = notification.alert();
        List<String> fields = new ArrayList<>();
        fields.add("*Severity*\n" + Wording.emoji(alert.severity()) + " "
                + alert.severity().wire());
        fields.add("*Type*\n" + SlackText.code(alert.alertType(), FIELD));
        fields.add("*Node*\n" + SlackText.code(alert.node() == null ? "(cluster)" : alert.node(), FIELD));
        fields.add("*Time*\n" + time(alert.updatedAt()));
        if (!Wording.value(alert).isEmpty()) {
            fields.add("*Value*\n" + Wording.value(alert));
        }
        fields.add("*State*\n" + alert.state().wire() + (alert.stale() ? ", stale" : ""));
        fields.add("*Escalation level*\n" + alert.level());
        fields.add("*Cluster*\n" + SlackText.code(alert.cluster(), FIELD));
        JsonArray array = new JsonArray();
        fields.forEach(field -> array.add(marked(field)));
        return array;
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }

    private static String answered(Ack ack) {
        String message = ack.message() == null || ack.message().isBlank() ? "" : ": " + ack.message();
        return "Acknowledged by " + ack.by() + (ack.auto() ? " (automatic)" : "") + message;
    }

    private static Optional<String> links(Alert alert, String base) {
        List<String> links = new ArrayList<>();
        Wording.link(base, alert).ifPresent(url -> links.add(linked(url, "Open the alert")));
        String runbook = alert.symptom().runbook();
        if (runbook != null && !runbook.isBlank()) {
            links.add(Wording.web(runbook)
                    .map(url -> linked(url, "Runbook"))
                    .orElse("Runbook " + SlackText.code(runbook, FIELD)));
        }
        return links.isEmpty() ? Optional.empty() : Optional.of(String.join("  ·  ", links));
    }

    /** The address is one of {@link Wording#web}: nothing in it ends the link early. */
    private static String linked(String url, String text) {
        return url.length() > 1_000
                ? text + " " + SlackText.code(url, FIELD)
                : "<" + url.replace("&", "&amp;") + "|" + text + ">";
    }

    private static String handle(Alert alert) {
        String id = SlackText.code(alert.id(), 120);
        String hint = Wording.unrecorded(alert).map(text -> " · ⚠️ " + text).orElse("");
        if (alert.state() != AlertState.FIRING) {
            return "Alert " + id + hint;
        }
        return "Alert " + id + hint + " · acknowledge with `./tocsin ack "
                + SlackText.escape(alert.id().replace('`', '\''), 120) + " -m \"on it\"`";
    }

    private static JsonObject section(JsonObject text) {
        return new JsonObject().put("type", "section").put("text", text);
    }

    private static JsonObject plainText(String text, int max) {
        return new JsonObject()
                .put("type", "plain_text")
                .put("text", SlackText.escape(text, max))
                .put("emoji", false);
    }

    /** Our own marks; whatever is from outside in it is escaped already. */
    private static JsonObject marked(String text) {
        return new JsonObject().put("type", "mrkdwn").put("text", text).put("verbatim", true);
    }
}
