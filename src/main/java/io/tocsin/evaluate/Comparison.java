package io.tocsin.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One comparison of a constraint: {@code usagePercent > 85}, or a field that stands for itself.
 *
 * @param field what stands on the left, such as {@code node}
 * @param at where it stands
 * @param sign how it is compared; empty if it stands for itself
 * @param other what it is compared with, as it is written; empty if it stands for itself
 * @param otherAt where that stands
 */
record Comparison(String field, int at, String sign, String other, int otherAt) {
    private static final Pattern FIELD = Pattern.compile(
            "\\s*(?:\\$?\\w+\\s*:=?\\s*)?(!\\s*)?([a-z]\\w*)\\s*(?:(==|!=|<=|>=|<|>|matches\\b|in\\b)\\s*)?");

    /** Those of a constraint that are plain to read; what calls something on the left is left to the compiler. */
    static List<Comparison> of(DrlText text, int from, int to) {
        List<Comparison> comparisons = new ArrayList<>();
        int start = from;
        int depth = 0;
        for (int i = from; i <= to; i++) {
            char c = i < to ? text.code().charAt(i) : '&';
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            if (depth == 0 && (c == '&' || c == '|')) {
                take(text, start, i, comparisons);
                start = i + 1;
            }
        }
        return comparisons;
    }

    private static void take(DrlText text, int from, int to, List<Comparison> comparisons) {
        Matcher field = FIELD.matcher(text.code()).region(from, to);
        if (!field.lookingAt()) {
            return;
        }
        String sign = field.group(3) == null ? "" : field.group(3);
        String rest = text.text().substring(field.end(), to).strip();
        int at = field.start(2);
        if (sign.isEmpty() && rest.isEmpty()) {
            boolean binds = text.code().subSequence(from, at).toString().contains(":");
            if (!binds || field.group(1) != null) {
                comparisons.add(new Comparison(field.group(2), at, "", "", at));
            }
        } else if (!sign.isEmpty() && !rest.isEmpty() && field.group(1) == null) {
            comparisons.add(new Comparison(field.group(2), at, sign, rest, field.end()));
        }
    }

    /** Whether it is compared with one thing that is written in quotes. */
    boolean quoted() {
        return other.matches("\"(?:[^\"\\\\]|\\\\.)*\"");
    }

    /** Whether it is compared with a plain number. */
    boolean numeric() {
        return other.matches("[+-]?\\d[\\d_]*(\\.\\d+)?([eE][+-]?\\d+)?[dDfFlL]?");
    }

    /** That number. */
    double number() {
        return Double.parseDouble(other.replace("_", "").replaceAll("[dDfFlL]$", ""));
    }
}
