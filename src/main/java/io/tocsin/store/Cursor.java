package io.tocsin.store;

import io.tocsin.model.Alert;
import io.tocsin.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;

/**
 * Where a page of alerts ended.
 *
 * @param beganMicros when its last alert began
 * @param id its last alert
 */
record Cursor(long beganMicros, String id) implements Comparable<Cursor> {
    private static final Comparator<Cursor> OLDEST_FIRST =
            Comparator.comparingLong(Cursor::beganMicros).thenComparing(Cursor::id);

    static Cursor after(Alert alert) {
        return new Cursor(Micros.of(alert.since()), alert.id());
    }

    @Override
    public int compareTo(Cursor other) {
        return OLDEST_FIRST.compare(this, other);
    }

    /** The text that a client gives back; it means nothing to it. */
    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((beganMicros + ":" + id).getBytes(StandardCharsets.UTF_8));
    }

    /** Null for null; {@link IllegalArgumentException} for what no page gave. */
    static Cursor of(String text) {
        if (text == null) {
            return null;
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int colon = plain.indexOf(':');
            return new Cursor(Long.parseLong(plain.substring(0, Math.max(colon, 0))), plain.substring(colon + 1));
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(
                    "cursor: \"" + Text.clean(Text.cut(text, 60))
                            + "\" is none; use the next_cursor of a page as it is",
                    unreadable);
        }
    }

    /** The limit, if it is one that is allowed. */
    static int limit(History.Query query) {
        return limit(query.limit());
    }

    /** The limit, if it is one that is allowed. */
    static int limit(int limit) {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit: found " + limit + ", allowed is 1 to 1000");
        }
        return limit;
    }
}
