package io.tocsin.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a rule file with places in it, and what of it is code: comments and the insides of texts are blank there. */
final class DrlText {
    private static final Pattern RULE = Pattern.compile("(?m)^[ \\t]*rule\\b");

    private final String file;
    private final String text;
    private final StringBuilder code;
    private final List<Problem> problems = new ArrayList<>();
    private int at;

    /** From one {@code rule} to the next, in characters of the file. */
    record Section(int start, int end) {}

    DrlText(String file, String text) {
        this.file = file;
        this.text = text;
        this.code = new StringBuilder(text);
        while (at < text.length()) {
            blank();
        }
    }

    private void blank() {
        char c = text.charAt(at);
        if (text.startsWith("//", at)) {
            blankUntil(end("\n", at));
        } else if (text.startsWith("/*", at)) {
            int close = text.indexOf("*/", at + 2);
            if (close < 0) {
                problems.add(problem(at, "the comment is not closed", "write */ at its end"));
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
            to += text.charAt(to) == '\\' ? 2 : 1;
        }
        if (to >= text.length() || text.charAt(to) == '\n') {
            problems.add(problem(from, "the text is not closed on its line", "write " + quote + " at its end"));
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

    /** Texts and comments that are not closed. */
    List<Problem> problems() {
        return problems;
    }

    String text() {
        return text;
    }

    /** The text with comments and the insides of quotes blank; every character at its place. */
    CharSequence code() {
        return code;
    }

    /** Each rule with what follows it up to the next one. */
    List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        Matcher rule = RULE.matcher(code);
        int start = -1;
        while (rule.find()) {
            int here = rule.end() - "rule".length();
            if (start >= 0) {
                sections.add(new Section(start, here));
            }
            start = here;
        }
        if (start >= 0) {
            sections.add(new Section(start, text.length()));
        }
        return sections;
    }

    /** Only this part of the text, everything else blank, so that lines and columns stay. */
    String only(int start, int end) {
        StringBuilder only = new StringBuilder(text.replaceAll("[^\\n]", " "));
        only.replace(start, end, text.substring(start, end));
        return only.toString();
    }

    /** Where a word stands in the code from an offset on; -1 if nowhere. */
    int find(String word, int from, int to) {
        Matcher found = Pattern.compile("(?<![\\w$])" + Pattern.quote(word) + "(?![\\w$])")
                .matcher(code)
                .region(from, to);
        found.useTransparentBounds(true);
        return found.find() ? found.start() : -1;
    }

    /** The offset of a line and column, both from 1. */
    int offset(int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            int next = text.indexOf('\n', start);
            if (next < 0) {
                return text.length();
            }
            start = next + 1;
        }
        return Math.min(text.length(), start + Math.max(0, column - 1));
    }

    int line(int offset) {
        return (int) text.substring(0, Math.min(offset, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
    }

    Problem problem(int offset, String what, String hint) {
        int here = Math.min(offset, text.length());
        int column = here - (text.lastIndexOf('\n', here - 1) + 1) + 1;
        return Problem.error(file, line(here), column, what, hint);
    }
}
