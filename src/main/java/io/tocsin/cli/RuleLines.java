package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.model.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A rule's text with the numbers of its lines; those that matched, or did not, are marked. */
final class RuleLines {
    private final Paint paint;

    RuleLines(Paint paint) {
        this.paint = paint;
    }

    /**
     * The lines.
     *
     * @param text from {@code rule} to {@code end}
     * @param first the number of its first line
     * @param marked numbers of lines to mark
     */
    List<String> lines(String text, int first, Set<Integer> marked) {
        List<String> lines = new ArrayList<>();
        int number = first;
        for (String line : text.lines().toList()) {
            String plain = Text.clean(line.replace("\t", "    "));
            boolean mark = marked.contains(number);
            String place = String.format(Locale.ROOT, "%4d  ", number);
            lines.add("  " + (mark ? paint.cyan("▸") + paint.bold(place + plain) : " " + paint.faint(place + plain)));
            number++;
        }
        return lines;
    }

    /** The lines of a rule on which patterns over the types of some facts begin; those of its {@code when} if none does. */
    static Set<Integer> matched(String text, int first, JsonNode facts) {
        Set<String> types = new HashSet<>();
        facts.forEach(fact -> types.add(Json.text(fact, "type").replace("_", "").toLowerCase(Locale.ROOT)));
        Set<Integer> found = new HashSet<>();
        Set<Integer> when = new HashSet<>();
        List<String> lines = text.lines().toList();
        boolean left = false;
        for (int i = 0; i < lines.size() && !lines.get(i).strip().startsWith("then"); i++) {
            String line = lines.get(i).toLowerCase(Locale.ROOT);
            if (left && types.stream().anyMatch(type -> !type.isEmpty() && called(line, type))) {
                found.add(first + i);
            }
            if (left) {
                when.add(first + i);
            }
            left |= line.strip().equals("when");
        }
        return found.isEmpty() ? when : found;
    }

    private static boolean called(String line, String type) {
        int at = line.indexOf(type);
        return at >= 0
                && line.startsWith("(", at + type.length())
                && (at == 0 || !Character.isLetterOrDigit(line.charAt(at - 1)));
    }
}
