package io.tocsin.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Lays the environment and {@code --set} over what the file says. */
final class Layers {
    private static final String PREFIX = "TOCSIN__";

    private final Node.Branch root;
    private final Report report;

    Layers(Node.Branch root, Report report) {
        this.root = root;
        this.report = report;
    }

    /** {@code TOCSIN__A__B=c}: {@code __} is the dot, letters of any case, {@code _} also stands for {@code -}. */
    void environment(Map<String, String> variables) {
        new TreeMap<>(variables).forEach((name, value) -> {
            if (name.toUpperCase(Locale.ROOT).startsWith(PREFIX)) {
                put(
                        Place.variable(name),
                        List.of(name.substring(PREFIX.length()).split("__", -1)),
                        value,
                        true);
            }
        });
    }

    /** {@code a.b=c}. */
    void commandLine(Map<String, String> sets) {
        sets.forEach((key, value) -> put(Place.set(key), Arrays.asList(key.split("\\.", -1)), value, false));
    }

    private void put(Place place, List<String> path, String value, boolean loose) {
        if (path.stream().anyMatch(String::isBlank)) {
            report.problem(place, "", "is no key; write words with " + (loose ? "__" : "a dot") + " between them");
            return;
        }
        Node.Branch at = root;
        String full = "";
        for (String word : path.subList(0, path.size() - 1)) {
            String key = loose ? matching(at, word) : word;
            full = full.isEmpty() ? key : full + "." + key;
            at = below(at, key, full, place);
        }
        String last = path.get(path.size() - 1);
        at.children().put(loose ? matching(at, last) : last, new Node.Leaf(place, value));
    }

    private Node.Branch below(Node.Branch at, String key, String full, Place place) {
        Node present = at.children().get(key);
        if (present instanceof Node.Branch branch) {
            return branch;
        }
        if (present != null && !(present instanceof Node.Leaf leaf && leaf.text() == null)) {
            report.problem(present.place(), full, "expected keys below it, as " + place.text() + " sets one");
        }
        Node.Branch fresh = new Node.Branch(place);
        at.children().put(key, fresh);
        return fresh;
    }

    private static String matching(Node.Branch at, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return at.children().keySet().stream()
                .filter(key -> key.toLowerCase(Locale.ROOT).replace('-', '_').equals(lower.replace('-', '_')))
                .findFirst()
                .orElse(lower);
    }
}
