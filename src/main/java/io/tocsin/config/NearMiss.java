package io.tocsin.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class NearMiss {
    private NearMiss() {}

    /** The allowed word that is at most a third of its letters away from what was found. */
    public static Optional<String> of(String found, Collection<String> allowed) {
        String plain = plain(found);
        return allowed.stream()
                .filter(word ->
                        distance(plain, plain(word)) <= Math.max(1, Math.max(word.length(), plain.length()) / 3))
                .min(Comparator.comparingInt(word -> distance(plain, plain(word))));
    }

    /** {@code ; did you mean port?} or, if nothing is near, {@code ; allowed here: host, port}. */
    public static String hint(String found, Collection<String> allowed) {
        return of(found, allowed)
                .map(word -> "; did you mean " + word + "?")
                .orElseGet(() -> "; allowed here: " + String.join(", ", allowed));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Letters to add, drop, change or swap with their neighbour. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                d[i][j] = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
