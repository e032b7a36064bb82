package io.tocsin.bus;

import java.util.Locale;
import java.util.Set;

/** The {@code type} of a message. */
final class TypeName {
    private TypeName() {}

    /**
     * The name of a message type.
     *
     * @throws InvalidMessage if it is none; names the nearest and all
     */
    static String of(Object found) {
        Set<String> types = TelemetryDecoder.TYPES.keySet();
        if (found instanceof String type && types.contains(type)) {
            return type;
        }
        String nearest = found instanceof String type && type.length() <= 40 ? nearest(type, types) : null;
        throw new InvalidMessage("type: expected one of " + String.join(", ", types) + ", found " + Plain.found(found)
                + (nearest == null ? "" : "; did you mean " + nearest + "?"));
    }

    private static String nearest(String word, Set<String> types) {
        String nearest = null;
        // a third of the letters may be wrong, more is another word
        int best = Math.max(2, word.length() / 3) + 1;
        for (String type : types) {
            int distance = distance(word.toLowerCase(Locale.ROOT).replace('-', '_'), type);
            if (distance < best) {
                best = distance;
                nearest = type;
            }
        }
        return nearest;
    }

    /** How many letters must be added, left out or changed. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
