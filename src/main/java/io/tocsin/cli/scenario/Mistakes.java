package io.tocsin.cli.scenario;

import io.tocsin.config.NearMiss;
import io.tocsin.evaluate.Problem;
import io.tocsin.model.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what is wrong with one scenario file, each with its place. */
final class Mistakes {
    private static final int MOST = 50;
    private static final int MOST_ALLOWED = 16;
    private static final int LONGEST_FOUND = 60;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    Mistakes(String file) {
        this.file = file;
    }

    /** One mistake a place: what else is wrong there is a consequence. */
    void add(Node.Place place, String what, String hint) {
        boolean said =
                problems.stream().anyMatch(other -> other.line() == place.line() && other.column() == place.column());
        if (problems.size() < MOST && !said) {
            problems.add(new Problem(file, place.line(), place.column(), what, hint, false));
        }
    }

    /** Something else stands where a kind of value belongs. */
    void expected(Node node, String path, String expected) {
        add(node.place(), path + ": expected " + expected + ", found " + found(node), "");
    }

    /** A key is not there. */
    void missing(Node.Branch branch, String path, String expected) {
        add(branch.place(), path + " is missing", "expected " + expected);
    }

    /** Every key that is not among those that are allowed here. */
    void unknown(Node.Branch branch, Collection<String> allowed) {
        for (String key : branch.fields().keySet()) {
            if (!allowed.contains(key)) {
                add(branch.place(key), "unknown key \"" + shown(key) + "\"", hint(key, allowed));
            }
        }
    }

    /** A word that is not among those that are allowed here. */
    void wrong(Node node, String path, String word, Collection<String> allowed) {
        add(node.place(), path + ": unknown word \"" + shown(word) + "\"", hint(word, allowed));
    }

    static String hint(String word, Collection<String> allowed) {
        return NearMiss.of(Text.cut(word, LONGEST_FOUND), allowed)
                .map(near -> "did you mean " + near + "?")
                .orElseGet(() -> "allowed here: "
                        + allowed.stream().limit(MOST_ALLOWED).collect(Collectors.joining(", "))
                        + (allowed.size() > MOST_ALLOWED ? ", …" : ""));
    }

    static String found(Node node) {
        if (node instanceof Node.Branch branch) {
            return branch.fields().isEmpty() ? "{}" : "keys";
        } else if (node instanceof Node.Items items) {
            return items.items().isEmpty() ? "[]" : "a list";
        }
        Object value = node.plain();
        return value == null
                ? "nothing"
                : value instanceof String text ? "\"" + shown(text) + "\"" : shown(value.toString());
    }

    private static String shown(String text) {
        return Text.clean(Text.cut(text, LONGEST_FOUND));
    }

    void throwIfAny() throws ScenarioFault {
        if (!problems.isEmpty()) {
            throw new ScenarioFault(problems.stream().sorted().toList());
        }
    }
}
