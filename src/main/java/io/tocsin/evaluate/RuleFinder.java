package io.tocsin.evaluate;

import io.tocsin.model.RuleInfo;
import io.tocsin.model.Text;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the rule that somebody means: by its name, a part of it that no other name has, or where it stands. */
public final class RuleFinder {
    private static final int MOST_NAMED = 5;

    private final List<RuleInfo> rules;

    /** Among the rules of a book. */
    public RuleFinder(RuleBook book) {
        this.rules = book.rules();
    }

    /**
     * The rule.
     *
     * @param words its name, a part of it in any case, or {@code file:line}
     * @throws IllegalArgumentException if there is none or more than one; says which are near
     */
    public RuleInfo find(String words) {
        String wanted = plain(words);
        List<RuleInfo> found =
                rules.stream().filter(rule -> name(rule).equals(wanted)).toList();
        if (found.isEmpty()) {
            found = rules.stream()
                    .filter(rule -> rule.ref().place().equals(words.strip()))
                    .toList();
        }
        if (found.isEmpty() && !wanted.isEmpty()) {
            found = rules.stream().filter(rule -> name(rule).contains(wanted)).toList();
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        String quoted = "\"" + Text.clean(Text.cut(words, 80)) + "\"";
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no rule " + quoted + near(wanted));
        }
        throw new IllegalArgumentException(
                quoted + " is a part of " + found.size() + " rules: " + named(found) + "; write more of the name");
    }

    private String near(String wanted) {
        List<String> words = List.of(wanted.split(" "));
        List<RuleInfo> near = rules.stream()
                .filter(rule -> apart(words, name(rule)) < words.size())
                .sorted(Comparator.comparingDouble(rule -> apart(words, name(rule))))
                .limit(3)
                .toList();
        return near.isEmpty()
                ? "; GET /api/v1/rules lists the " + rules.size() + " there are"
                : "; did you mean " + named(near).replaceAll(", (?=\"[^\"]*\"$)", " or ") + "?";
    }

    /** For each word the edits to the nearest word of a name, relative to its length; 1 for one that is nowhere near. */
    private static double apart(List<String> words, String name) {
        double sum = 0;
        for (String word : words) {
            double least = 1;
            for (String other : name.split(" ")) {
                double edits = (double) Facts.distance(word, other) / Math.max(word.length(), other.length());
                least = edits <= 0.4 ? Math.min(least, edits) : least;
            }
            sum += least;
        }
        return sum;
    }

    private static String named(List<RuleInfo> rules) {
        String names = rules.stream()
                .limit(MOST_NAMED)
                .map(rule -> "\"" + rule.ref().name() + "\"")
                .collect(Collectors.joining(", "));
        return rules.size() > MOST_NAMED ? names + " and " + (rules.size() - MOST_NAMED) + " more" : names;
    }

    private static String name(RuleInfo rule) {
        return plain(rule.ref().name());
    }

    private static String plain(String words) {
        return Text.cut(words, 256).strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
