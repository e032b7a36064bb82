package io.tocsin.notify;

import io.tocsin.model.Alert;
import io.tocsin.model.Head;
import io.tocsin.model.LimitType;
import io.tocsin.model.Severity;
import io.tocsin.model.Symptom;
import io.tocsin.model.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Words that every receiver uses alike. What they return is not yet made safe for any medium. */
public final class Wording {
    private Wording() {}

    /** The symbol of a severity; the word goes with it always. */
    public static String emoji(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "🚨";
            case WARNING -> "⚠️";
            case INFO -> "ℹ️";
        };
    }

    /** The word of a severity, {@code CRITICAL}. */
    public static String shout(Severity severity) {
        return severity.wire().toUpperCase(Locale.ROOT);
    }

    /** What the alert is about; with its monitored cluster unless that is the default one. */
    public static String subject(Alert alert) {
        return alert.cluster().equals(Head.DEFAULT_CLUSTER) || alert.cluster().equals(alert.subject())
                ? alert.subject()
                : alert.cluster() + "/" + alert.subject();
    }

    /** The figure against its limit, {@code 96 (max 85)}; empty if there is no figure. */
    public static String value(Alert alert) {
        Symptom symptom = alert.symptom();
        if (symptom.value() == null) {
            return "";
        }
        String value = Text.number(symptom.value());
        if (symptom.limit() == null) {
            return value;
        }
        String word = symptom.limitType() == null ? "limit" : symptom.limitType() == LimitType.MIN ? "min" : "max";
        return value + " (" + word + " " + Text.number(symptom.limit()) + ")";
    }

    /** A hint that what is said is in no history yet; empty if it is. */
    public static Optional<String> unrecorded(Alert alert) {
        return alert.degraded() ? Optional.of("degraded: the store is away") : Optional.empty();
    }

    /** Where people find an alert; empty if no base address is configured. */
    public static Optional<String> link(String base, Alert alert) {
        return base == null || base.isBlank()
                ? Optional.empty()
                : web(base.replaceAll("/+$", "") + "/#/alerts/" + alert.id());
    }

    /** The text if it is an address that a browser may open: http or https, nothing odd in it. */
    public static Optional<String> web(String text) {
        if (text == null || text.length() > 2000 || !text.matches("(?i)https?://[\\x21-\\x7e]+")) {
            return Optional.empty();
        }
        try {
            return new URI(text).getHost() == null || text.matches(".*[<>\"|`\\\\].*")
                    ? Optional.empty()
                    : Optional.of(text);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
