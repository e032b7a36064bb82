package io.tocsin.bus;

import io.tocsin.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

/** Instants and durations as they are written in JSON. Nearly every message has an instant, hence a parser of its own. */
final class Times {
    private static final int NO_OFFSET = Integer.MAX_VALUE;

    private Times() {}

    /** An RFC 3339 time with any offset, a leap second counting as the second after it; null if the text is none. */
    static Instant parse(String text) {
        int length = text.length();
        if (length < 20
                || length > 40
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || (text.charAt(10) | 0x20) != 't'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        if ((year | month | day | hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 60) {
            return null;
        }
        if (month < 1
                || month > 12
                || day < 1
                || day > YearMonth.of(year, month).lengthOfMonth()) {
            return null;
        }
        int end = endOfFraction(text);
        int offset = end < 0 ? NO_OFFSET : offset(text, end);
        if (offset == NO_OFFSET) {
            return null;
        }
        long seconds =
                LocalDate.of(year, month, day).toEpochDay() * 86_400 + hour * 3600L + minute * 60L + second - offset;
        return Instant.ofEpochSecond(seconds, nanos(text, end));
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Where the offset begins; -1 if a point without digits stands before it. */
    private static int endOfFraction(String text) {
        if (text.charAt(19) != '.') {
            return 19;
        }
        int i = 20;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i == 20 ? -1 : i;
    }

    private static int nanos(String text, int end) {
        int nanos = 0;
        int scale = 100_000_000;
        for (int i = 20; i < end; i++) {
            nanos += (text.charAt(i) - '0') * scale;
            scale /= 10;
        }
        return nanos;
    }

    /** Seconds east of UTC. */
    private static int offset(String text, int from) {
        int length = text.length() - from;
        if (length == 1) {
            return (text.charAt(from) | 0x20) == 'z' ? 0 : NO_OFFSET;
        }
        if (length != 6 || text.charAt(from + 3) != ':') {
            return NO_OFFSET;
        }
        char sign = text.charAt(from);
        int hours = digits(text, from + 1, from + 3);
        int minutes = digits(text, from + 4, from + 6);
        if ((sign != '+' && sign != '-') || (hours | minutes) < 0 || hours > 23 || minutes > 59) {
            return NO_OFFSET;
        }
        return (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    }

    /** The instant in UTC; null for null. */
    static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** The duration such that reading it gives the same again; null for null. */
    static String text(Duration duration) {
        if (duration == null) {
            return null;
        }
        String text = Text.duration(duration);
        boolean exact = !duration.isNegative() && Text.duration(text).toMillis() == duration.toMillis();
        return exact ? text : duration.toMillis() + "ms";
    }
}
