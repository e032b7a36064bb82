package io.tocsin.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** How values become text that is safe and the same everywhere. */
public final class Text {
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)");

    private Text() {}

    /**
     * The text with every character that could steer a terminal, break a line or turn reading order made visible:
     * C0 and C1 controls, DEL, line and paragraph separators, bidirectional and zero-width characters, lone surrogates.
     * {@code "a\nb"} becomes {@code "a\\nb"}.
     */
    public static String clean(String text) {
        if (text == null) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            if (unsafe(text, i)) {
                return escaped(text, i);
            }
        }
        return text;
    }

    /** Whether {@link #clean} would change the text. */
    public static boolean isClean(String text) {
        return text == null || clean(text) == text;
    }

    private static String escaped(String text, int from) {
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!unsafe(text, i)) {
                safe.append(c);
            } else if (c == '\n') {
                safe.append("\\n");
            } else if (c == '\r') {
                safe.append("\\r");
            } else if (c == '\t') {
                safe.append("\\t");
            } else {
                safe.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return safe.toString();
    }

    private static boolean unsafe(String text, int i) {
        char c = text.charAt(i);
        if (c < 0x20 || (c >= 0x7f && c <= 0x9f)) {
            return true;
        }
        if (c < 0x200b) {
            return c == 0xad || c == 0x61c;
        }
        if (c <= 0x200f || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff) {
            return c != 0x200d;
        }
        if (Character.isHighSurrogate(c)) {
            return i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    /** At most {@code max} characters, an ellipsis for the last one where something was cut; no surrogate pair is split. */
    public static String cut(String text, int max) {
        if (text == null || text.length() <= max) {
            return text;
        }
        int end = max - 1;
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }

    /** Labels as {@code {a=1,b=2}}, sorted by name, the same for equal maps. */
    public static String labels(Map<String, String> labels) {
        return labels.size() < 2 ? labels.toString() : new TreeMap<>(labels).toString();
    }

    /** A figure for people: at most two decimals, no trailing zeros, {@code 89.5} or {@code 85}. */
    public static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        if (Math.abs(value) >= 0.1 && Math.abs(value) < 1e15) {
            BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
            return rounded.stripTrailingZeros().toPlainString();
        }
        String text = String.format(Locale.ROOT, Math.abs(value) < 0.1 ? "%.4g" : "%.2f", value);
        return text.contains("e") || !text.contains(".")
                ? text
                : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    /** A duration as it is written in config and rules: {@code 30s}, {@code 5m}, {@code 2h}, {@code 1h30m}, {@code 250ms}. */
    public static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 0) {
            return "-" + duration(duration.negated());
        }
        if (millis == 0) {
            return "0s";
        }
        if (millis % 1000 != 0 && millis < 60_000) {
            return millis < 1000 ? millis + "ms" : number(millis / 1000.0) + "s";
        }
        long seconds = millis / 1000;
        StringBuilder text = new StringBuilder();
        if (seconds >= 86_400) {
            text.append(seconds / 86_400).append('d');
        }
        if (seconds % 86_400 >= 3600) {
            text.append(seconds % 86_400 / 3600).append('h');
        }
        if (seconds % 3600 >= 60) {
            text.append(seconds % 3600 / 60).append('m');
        }
        if (seconds % 60 > 0) {
            text.append(seconds % 60).append('s');
        }
        return text.toString();
    }

    /**
     * Reads {@code 30s}, {@code 10m}, {@code 2h}, {@code 1d}, {@code 250ms} or a sequence such as {@code 1h30m}.
     *
     * @throws IllegalArgumentException naming what was found and what is allowed
     */
    public static Duration duration(String text) {
        var parts = DURATION.matcher(text == null ? "" : text.trim());
        double millis = 0;
        int end = 0;
        while (parts.find() && parts.start() == end) {
            end = parts.end();
            millis += Double.parseDouble(parts.group(1))
                    * switch (parts.group(2)) {
                        case "ms" -> 1;
                        case "s" -> 1000;
                        case "m" -> 60_000;
                        case "h" -> 3_600_000;
                        default -> 86_400_000;
                    };
        }
        if (end == 0 || end != text.trim().length() || millis > 1e14) {
            throw new IllegalArgumentException("\"" + clean(cut(text, 40))
                    + "\" is no duration; write a number and a unit, such as 250ms, 30s, 10m, 2h or 1h30m");
        }
        return Duration.ofMillis(Math.round(millis));
    }
}
