package io.tocsin.bus;

import io.tocsin.model.Alert;
import io.tocsin.model.Because;
import io.tocsin.model.Notification;
import io.tocsin.model.Severity;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.tocsin.model.Tracking;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What is stored of an alert, as text and back. Every method that reads throws {@link IllegalArgumentException} naming
 * what it was to read and what is wrong when the text is not what this class wrote.
 */
public final class LifeJson {
    private static final Words<Severity> SEVERITY = Words.of(Severity.values());

    /** The alert document. */
    public String alert(Alert alert) {
        return AlertJson.encode(alert).encode();
    }

    /** The inverse of {@link #alert(Alert)}. */
    public Alert alert(String text) {
        return read("alert", text, () -> AlertJson.decode(new JsonObject(text)));
    }

    /** What the lifecycle remembers. */
    public String tracking(Tracking tracking) {
        JsonArray holds = new JsonArray();
        tracking.holds()
                .forEach(hold -> holds.add(new JsonObject()
                        .put("rule", hold.rule())
                        .put("severity", hold.severity().wire())
                        .put("since", Times.text(hold.since()))));
        return new JsonObject()
                .put("life", tracking.life())
                .put("holds", holds)
                .put("clear_since", Times.text(tracking.clearSince()))
                .put("heard", List.copyOf(new TreeSet<>(tracking.heard())))
                .put("escalated_to", List.copyOf(new TreeSet<>(tracking.escalatedTo())))
                .put("passed_over", List.copyOf(new TreeSet<>(tracking.passedOver())))
                .encode();
    }

    /** The inverse of {@link #tracking(Tracking)}. */
    public Tracking tracking(String text) {
        return read("tracking", text, () -> {
            Fields f = Fields.stored("tracking", new JsonObject(text).getMap());
            return new Tracking(
                    f.required("life"),
                    f.objects("holds").stream()
                            .map(hold -> new Tracking.Hold(
                                    hold.text("rule"), hold.word("severity", SEVERITY), hold.time("since")))
                            .toList(),
                    f.time("clear_since"),
                    new LinkedHashSet<>(f.names("heard")),
                    new LinkedHashSet<>(f.names("escalated_to")),
                    new LinkedHashSet<>(f.names("passed_over")));
        });
    }

    /** Why an alert is: the rules and the facts they matched. A fact over 8 KiB loses its free-form object. */
    public String because(List<Because> because) {
        JsonArray json = new JsonArray();
        because.forEach(reason -> json.add(AlertJson.encode(reason)));
        return json.encode();
    }

    /** The inverse of {@link #because(List)}; facts other than readings, sources, topologies and trends come back as text or map. */
    public List<Because> because(String text) {
        return read(
                "reasons",
                text,
                () -> objects("reason", text).stream()
                        .map(f -> new Because(
                                AlertJson.rule(f.object("rule")),
                                f.word("severity", SEVERITY),
                                f.text("message"),
                                f.duration("hold_for", null),
                                f.duration("quiet_for", null),
                                f.maps("facts").stream().map(FactJson::decode).toList(),
                                f.required("omitted").intValue(),
                                f.text("rule_hash"),
                                f.time("lost_at")))
                        .toList());
    }

    /** Attempts to deliver a notification. */
    public String attempts(List<Notification.Attempt> attempts) {
        return AlertJson.attempts(attempts).encode();
    }

    /** The inverse of {@link #attempts(List)}. */
    public List<Notification.Attempt> attempts(String text) {
        return read(
                "attempts",
                text,
                () -> objects("attempt", text).stream()
                        .map(f -> new Notification.Attempt(
                                f.time("at"), f.required("took_ms"), f.text("outcome"), f.text("detail")))
                        .toList());
    }

    /** Telemetry with when it was received and whether it is fresh. */
    public String telemetry(Telemetry telemetry) {
        return FactJson.telemetry(telemetry).encode();
    }

    /** The inverse of {@link #telemetry(Telemetry)}. */
    public Telemetry telemetry(String text) {
        return read("telemetry", text, () -> FactJson.telemetry(new JsonObject(text).getMap()));
    }

    private static List<Fields> objects(String where, String text) {
        JsonObject wrapped = new JsonObject().put("all", new JsonArray(text));
        return Fields.stored(where, wrapped.getMap()).objects("all");
    }

    private static <T> T read(String what, String text, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "stored " + what + " cannot be read: " + Text.clean(Text.cut(String.valueOf(e.getMessage()), 300))
                            + "; found " + Plain.found(text),
                    e);
        }
    }
}
