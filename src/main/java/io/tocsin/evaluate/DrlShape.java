package io.tocsin.evaluate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The outline of one rule: when, then, end, brackets, and one insertLogical on the right. Found before any parser is asked. */
final class DrlShape {
    private static final String ONE = "the right side is one insertLogical(…); and nothing else";

    private final DrlText text;
    private final int start;
    private final int end;

    DrlShape(DrlText text, DrlText.Section section) {
        this.text = text;
        this.start = section.start();
        this.end = section.end();
    }

    /** The first thing that is wrong with the outline; null if nothing is. */
    Problem problem() {
        int when = text.find("when", start, end);
        int then = text.find("then", start, end);
        int close = then < 0 ? -1 : text.find("end", then, end);
        if (when < 0 || then >= 0 && then < when) {
            return text.problem(start, name() + " has no when", "a rule is: rule \"name\" when … then … end");
        }
        if (then < 0) {
            return text.problem(start, name() + " has no then", "a rule is: rule \"name\" when … then … end");
        }
        if (close < 0) {
            return text.problem(
                    start,
                    name() + " has no end",
                    end < text.text().length() ? "write end before line " + text.line(end) : "write end at its end");
        }
        Problem brackets = brackets(when + 4, then, false);
        if (brackets != null) {
            return brackets;
        }
        Forbidden forbidden = new Forbidden(text);
        return Stream.<Supplier<Problem>>of(
                        () -> forbidden.left(when + 4, then, name()),
                        () -> forbidden.right(then + 4, close, name()),
                        () -> brackets(then + 4, close, true),
                        () -> statement(then + 4, close),
                        () -> forbidden.type(then + 4, close),
                        () -> after(close + 3))
                .map(Supplier::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Behind its end a rule has nothing but what belongs to the next one. */
    private Problem after(int from) {
        int more = skip(from, end);
        return more == end
                ? null
                : text.problem(
                        more,
                        "\"" + word(more, end) + "\" after the end of " + name(),
                        "here stands the next rule, on a line of its own");
    }

    private String name() {
        int line = text.text().indexOf('\n', start);
        return text.text()
                .substring(start, line < 0 ? text.text().length() : line)
                .replaceAll("\\bwhen\\b.*", "")
                .strip();
    }

    private Problem brackets(int from, int to, boolean java) {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = from; i < to; i++) {
            char c = text.code().charAt(i);
            if ("([{".indexOf(c) >= 0) {
                open.push(i);
            } else if (")]}".indexOf(c) >= 0) {
                if (open.isEmpty() || !fits(text.code().charAt(open.peek()), c)) {
                    return text.problem(
                            i, "\"" + c + "\" closes nothing", "is there one too many, or is one not opened?");
                }
                open.pop();
            } else if (c == ';' && java && !open.isEmpty()) {
                int line = text.line(open.peek());
                return text.problem(i, "\";\" before the \"(\" of line " + line + " is closed", "count the brackets");
            }
        }
        return open.isEmpty()
                ? null
                : text.problem(
                        open.peek(),
                        "\"" + text.code().charAt(open.peek()) + "\" is not closed",
                        "count the brackets up to line " + text.line(to));
    }

    private static boolean fits(char open, char close) {
        return "([{".indexOf(open) == ")]}".indexOf(close);
    }

    /** Whether the right side is {@code insertLogical( … );} with the bracket that opens there closing before the semicolon. */
    private Problem statement(int from, int to) {
        int first = skip(from, to);
        if (first == to) {
            return text.problem(from, "the right side of " + name() + " is empty", ONE);
        }
        if (!text.code().subSequence(first, to).toString().matches("(?s)insertLogical\\s*\\(.*")) {
            return text.problem(first, "\"" + word(first, to) + "\" in the right side of " + name(), ONE);
        }
        int closed = closing(text.code().toString().indexOf('(', first), to);
        int after = skip(closed + 1, to);
        if (after == to || text.code().charAt(after) != ';') {
            return text.problem(
                    closed + 1,
                    "missing ; in " + name(),
                    after == to ? ONE : "found \"" + word(after, to) + "\"; " + ONE);
        }
        int more = skip(after + 1, to);
        return more == to
                ? null
                : text.problem(more, "\"" + word(more, to) + "\" after insertLogical in " + name(), ONE);
    }

    private int skip(int from, int to) {
        int i = from;
        while (i < to && Character.isWhitespace(text.code().charAt(i))) {
            i++;
        }
        return i;
    }

    private int closing(int open, int to) {
        int depth = 0;
        for (int i = open; i < to; i++) {
            char c = text.code().charAt(i);
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return to;
    }

    private String word(int from, int to) {
        Matcher word = Pattern.compile("[\\w$]+|\\S").matcher(text.text()).region(from, to);
        return word.find() ? word.group() : "";
    }
}
