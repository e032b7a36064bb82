package io.tocsin.evaluate;

import io.tocsin.model.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The text of a rule file with places in it, and what of it is code: comments and the insides of texts are blank there. */
final class DrlText {
    private static final Pattern RULE = Pattern.compile("(?m)^[ \\t]*rule\\b");

    private final String file;
    private final String text;
    private final StringBuilder code;
    private final int[] starts;
    private final TreeMap<Integer, Problem> problems = new TreeMap<>();
    private int at;

    /** From one {@code rule} to the next, in characters of the file. */
    record Section(int start, int end) {}

    DrlText(String file, String text) {
        this.file = file;
        this.text = text;
        this.code = new StringBuilder(text);
        this.starts = IntStream.range(0, text.length() + 1)
                .filter(i -> i == 0 || text.charAt(i - 1) == '\n')
                .toArray();
        unseen();
        while (at < text.length()) {
            blank();
        }
    }

    /** Characters that a reader does not see, or sees elsewhere than they are. */
    private void unseen() {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            String one = Character.toString(text.codePointAt(i));
            if (!"\n\t".contains(one) && !Text.isClean(one)) {
                problems.put(
                        i,
                        problem(
                                i,
                                "the character " + Text.clean(one) + " may not stand in a rule file",
                                "take it out"));
            }
        }
    }

    private void escape(int offset) {
        String found = text.substring(offset, Math.min(text.length(), offset + 6));
        problems.put(offset, problem(offset, "a character in disguise: " + found, "write the character itself"));
    }

    private void blank() {
        char c = text.charAt(at);
        if (c == '\\' && text.startsWith("\\u", at)) {
            escape(at);
        }
        if (text.startsWith("//", at)) {
            blankUntil(end("\n", at));
        } else if (text.startsWith("/*", at)) {
            int close = text.indexOf("*/", at + 2);
            if (close < 0) {
                problems.put(at, problem(at, "the comment is not closed", "write */ at its end"));
            }
            blankUntil(close < 0 ? text.length() : close + 2);
        } else if (c == '"' || c == '\'') {
            quoted(c);
        } else {
            at++;
        }
    }

    private int end(String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found;
    }

    private void quoted(char quote) {
        int from = at;
        int to = at + 1;
        while (to < text.length() && text.charAt(to) != quote && text.charAt(to) != '\n') {
            if (text.startsWith("\\u", to)) {
                escape(to);
            }
            to += text.charAt(to) == '\\' ? 2 : 1;
        }
        if (to >= text.length() || text.charAt(to) == '\n') {
            problems.put(from, problem(from, "the text is not closed on its line", "write " + quote + " at its end"));
            to = Math.min(to, text.length());
            blankUntil(to);
        } else {
            at++;
            blankUntil(to);
            at++;
        }
    }

    private void blankUntil(int to) {
        for (; at < to; at++) {
            if (text.charAt(at) != '\n') {
                code.setCharAt(at, ' ');
            }
        }
    }

    /** The first text or comment of a part that is not closed, or character that cannot be seen; null if there is none. */
    Problem problem(Section part) {
        return problems.subMap(part.start(), Math.max(part.start(), part.end())).values().stream()
                .findFirst()
                .orElse(null);
    }

    String text() {
        return text;
    }

    /** The file's name. */
    String file() {
        return file;
    }

    /** Whether a line belongs to a part. */
    boolean holds(Section part, int line) {
        return line >= line(part.start()) && line <= line(Math.max(part.start(), part.end() - 1));
    }

    /** The text with comments blank and texts as they are. */
    String uncommented() {
        StringBuilder plain = new StringBuilder(code);
        boolean quoted = false;
        for (int i = 0; i < plain.length(); i++) {
            if (plain.charAt(i) == '"') {
                quoted = !quoted;
            } else if (quoted) {
                plain.setCharAt(i, text.charAt(i));
            }
        }
        return plain.toString();
    }

    /** The text with comments and the insides of quotes blank; every character at its place. */
    CharSequence code() {
        return code;
    }

    /** What stands before the first rule, then each rule with what follows it up to the next one. */
    List<Section> parts() {
        List<Section> parts = new ArrayList<>();
        Matcher rule = RULE.matcher(code);
        int start = 0;
        while (rule.find()) {
            int here = rule.end() - "rule".length();
            parts.add(new Section(start, here));
            start = here;
        }
        parts.add(new Section(start, text.length()));
        return parts;
    }

    /** The rules among them. */
    List<Section> sections() {
        return parts().subList(1, parts().size());
    }

    /** Only this part of the text, everything else blank. */
    String only(int start, int end) {
        return without(List.of(new Section(0, start), new Section(end, text.length())));
    }

    /** The text with parts of it blank, so that lines and columns stay. */
    String without(List<Section> parts) {
        StringBuilder rest = new StringBuilder(text);
        for (Section part : parts) {
            for (int i = part.start(); i < part.end(); i++) {
                if (text.charAt(i) != '\n') {
                    rest.setCharAt(i, ' ');
                }
            }
        }
        return rest.toString();
    }

    /** Where a word stands in the code from an offset on; -1 if nowhere. */
    int find(String word, int from, int to) {
        Matcher found = Pattern.compile("(?<![\\w$])" + Pattern.quote(word) + "(?![\\w$])")
                .matcher(code)
                .region(from, to);
        found.useTransparentBounds(true);
        return found.find() ? found.start() : -1;
    }

    /** The word, or the sign, that stands at an offset; empty at the end. */
    String word(int offset) {
        Matcher word = Pattern.compile("[\\w$-]+|\\S").matcher(text).region(offset, text.length());
        return word.lookingAt() ? word.group() : "";
    }

    /** The offset of a line and column, both from 1. */
    int offset(int line, int column) {
        int start = starts[Math.max(0, Math.min(line, starts.length) - 1)];
        return line > starts.length ? text.length() : Math.min(text.length(), start + Math.max(0, column - 1));
    }

    int line(int offset) {
        int found = Arrays.binarySearch(starts, Math.min(offset, text.length()));
        return found >= 0 ? found + 1 : -found - 1;
    }

    Problem problem(int offset, String what, String hint) {
        int here = Math.min(offset, text.length());
        int line = line(here);
        return Problem.error(file, line, text.codePointCount(starts[line - 1], here) + 1, what, hint);
    }
}
