package io.tocsin.notify;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the header {@code Retry-After}: seconds or an HTTP date (RFC 9110, 10.2.3). */
public final class RetryAfter {
    /** No receiver silences itself for longer than this by one answer. */
    public static final Duration MAX = Duration.ofHours(1);

    private RetryAfter() {}

    /** How long to wait, at most {@link #MAX}; empty for no header or one that makes no sense. */
    public static Optional<Duration> parse(String header, Instant now) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        String text = header.trim();
        try {
            return seconds(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return date(text, now);
        }
    }

    /** So many seconds, at most {@link #MAX}; empty for what is no sensible number. */
    public static Optional<Duration> seconds(double seconds) {
        if (!(seconds >= 0)) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis((long) Math.ceil(Math.min(seconds, MAX.toSeconds()) * 1000)));
    }

    private static Optional<Duration> date(String text, Instant now) {
        try {
            Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return seconds(Math.max(0, Duration.between(now, until).toMillis() / 1000.0));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
