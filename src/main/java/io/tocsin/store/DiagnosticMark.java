package io.tocsin.store;

import io.tocsin.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;

/**
 * What tells diagnostics apart, in their order.
 *
 * @param atMicros when it came in
 * @param epoch of its cluster's owner
 * @param seq its number in that epoch
 * @param cluster its monitored cluster
 */
record DiagnosticMark(long atMicros, long epoch, long seq, String cluster) implements Comparable<DiagnosticMark> {
    private static final Comparator<DiagnosticMark> OLDEST_FIRST = Comparator.comparingLong(DiagnosticMark::atMicros)
            .thenComparingLong(DiagnosticMark::epoch)
            .thenComparingLong(DiagnosticMark::seq)
            .thenComparing(DiagnosticMark::cluster);

    @Override
    public int compareTo(DiagnosticMark other) {
        return OLDEST_FIRST.compare(this, other);
    }

    /** The text by which a client asks for it, or for what is older; it means nothing to it. */
    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((atMicros + ":" + epoch + ":" + seq + ":" + cluster).getBytes(StandardCharsets.UTF_8));
    }

    /** Null for null; {@link IllegalArgumentException} for what no answer gave. */
    static DiagnosticMark of(String text) {
        if (text == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(":", 4);
            if (parts.length == 4) {
                return new DiagnosticMark(
                        Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3]);
            }
        } catch (IllegalArgumentException unreadable) {
            // told below, like one with too few parts
        }
        throw new IllegalArgumentException(
                "cursor: \"" + Text.clean(Text.cut(text, 60)) + "\" is none; use the next_cursor of a page as it is");
    }
}
