package io.tocsin.store;

import io.tocsin.model.Alert;
import java.util.Locale;

/** A text that alerts are searched for, whatever its case. */
final class Needle {
    private final String text;

    Needle(String text) {
        this.text = text.toLowerCase(Locale.ROOT);
    }

    /** Whether its type, subject, node or message has the text. */
    boolean in(Alert alert) {
        return in(alert.alertType()) || in(alert.subject()) || in(alert.node()) || in(alert.message());
    }

    private boolean in(String field) {
        return field != null && field.toLowerCase(Locale.ROOT).contains(text);
    }

    /**
     * A pattern for LIKE, with ! before what stands for itself, that fits every document of an alert which has the
     * text and, at times, others. What is written in another way in JSON, or in another case by the database, fits anything.
     */
    String pattern() {
        StringBuilder pattern = new StringBuilder("%");
        text.codePoints().forEach(c -> {
            if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
                pattern.append('%');
            } else if (c == '%' || c == '_' || c == '!') {
                pattern.append('!').appendCodePoint(c);
            } else {
                pattern.appendCodePoint(c);
            }
        });
        return pattern.append('%').toString();
    }
}
