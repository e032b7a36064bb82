package io.tocsin.api;

import io.tocsin.model.Text;
import java.util.Collection;

/** Finds the word that somebody probably meant. */
final class Nearest {
    private Nearest() {}

    /** {@code ; did you mean firing? Allowed: pending, firing}, or without the question if no word is near. */
    static String hint(String found, Collection<String> words) {
        String nearest = null;
        int best = Math.max(2, Math.min(found.length(), 60) / 4) + 1;
        for (String word : words) {
            int edits = found.length() > 200 ? best : edits(found, word);
            if (edits < best) {
                best = edits;
                nearest = word;
            }
        }
        return (nearest == null ? "; allowed: " : "; did you mean " + nearest + "? Allowed: ")
                + String.join(", ", words);
    }

    /** A word from outside, fit to be quoted in an answer. */
    static String quoted(String found) {
        return '"' + Text.clean(Text.cut(found, 80)) + '"';
    }

    private static int edits(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int[] here = new int[to.length() + 1];
            here[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = above[column - 1] + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                here[column] = Math.min(replaced, 1 + Math.min(above[column], here[column - 1]));
            }
            above = here;
        }
        return above[to.length()];
    }
}
