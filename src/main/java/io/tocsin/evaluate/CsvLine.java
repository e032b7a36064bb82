package io.tocsin.evaluate;

import io.tocsin.model.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a table: columns between commas, each as it is or in double quotes, in which "" stands for one. Spaces
 * around a column are not part of it.
 */
final class CsvLine {
    private final String file;
    private final int number;
    private final String text;
    private final List<String> fields = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private Problem problem;

    CsvLine(String file, int number, String text) {
        this.file = file;
        this.number = number;
        this.text = text.stripTrailing();
        for (int i = 0; i < this.text.length(); i += Character.charCount(this.text.codePointAt(i))) {
            String one = Character.toString(this.text.codePointAt(i));
            if (!Text.isClean(one) && !one.equals("\t")) {
                problem = at(i, "the character " + Text.clean(one) + " may not stand in a table", "take it out");
                return;
            }
        }
        split();
    }

    private void split() {
        int at = 0;
        do {
            at = field(skip(at));
        } while (problem == null && at <= text.length());
    }

    private int skip(int from) {
        int at = from;
        while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** Takes the field that begins here; where the next one begins. */
    private int field(int from) {
        starts.add(from);
        if (from < text.length() && text.charAt(from) == '"') {
            return quoted(from);
        }
        int comma = text.indexOf(',', from);
        int end = comma < 0 ? text.length() : comma;
        String value = text.substring(from, end).strip();
        fields.add(value);
        if (value.indexOf('"') >= 0) {
            problem = at(
                    from + value.indexOf('"'),
                    "a quote in the middle of a column",
                    "put the whole column into quotes, or take it out");
        }
        return end + 1;
    }

    private int quoted(int from) {
        StringBuilder value = new StringBuilder();
        int at = from + 1;
        while (at < text.length()) {
            if (text.charAt(at) != '"') {
                value.append(text.charAt(at++));
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                value.append('"');
                at += 2;
            } else {
                break;
            }
        }
        fields.add(value.toString().strip());
        int next = skip(at + 1);
        if (at >= text.length()) {
            problem = at(from, "the quotes are not closed on their line", "write \" at the end of the column");
        } else if (next < text.length() && text.charAt(next) != ',') {
            problem = at(next, "something follows the closing quotes", "a comma ends the column");
        }
        return next + 1;
    }

    /** Why it cannot be split into columns; null if it can. */
    Problem problem() {
        return problem;
    }

    int number() {
        return number;
    }

    List<String> fields() {
        return fields;
    }

    String file() {
        return file;
    }

    String text() {
        return text;
    }

    /** A problem with a column, or with the end of the line if there are fewer. */
    Problem problem(int column, String what, String hint) {
        return at(column < starts.size() ? starts.get(column) : text.length(), what, hint);
    }

    private Problem at(int offset, String what, String hint) {
        return Problem.error(file, number, text.codePointCount(0, Math.min(offset, text.length())) + 1, what, hint);
    }
}
