package io.tocsin.evaluate.why;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One element of a rule's left side as it is written: a pattern, {@code not}, {@code exists}, an accumulate or a group.
 *
 * @param text as it stands in the file, with its line ends
 * @param line the line of the file on which it begins
 */
public record Element(String text, int line) {
    /** The text on one line. */
    public String oneLine() {
        return oneLine(text);
    }

    static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** Where a part of it stands, however it is spaced; -1 if nowhere. */
    int offset(String part) {
        Matcher found = spaced(part).matcher(text);
        return found.find() ? found.start() : -1;
    }

    /** The line of the file on which a part of it stands. */
    int line(String part) {
        int offset = Math.max(0, offset(part));
        return line
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private static Pattern spaced(String part) {
        return Pattern.compile(Arrays.stream(part.strip().split("\\s+"))
                .map(Pattern::quote)
                .collect(Collectors.joining("\\s+", "(?<![\\w$.])", "")));
    }
}
