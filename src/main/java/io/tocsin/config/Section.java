package io.tocsin.config;

import io.tocsin.model.Secret;
import io.tocsin.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Reads one level of keys. Asking for a key makes it known; {@link #close} reports the keys nobody asked for. A value that
 * is wrong is reported and its default returned, so that reading goes on and finds the next problem.
 */
final class Section implements AutoCloseable {
    private final String path;
    private final Node.Branch branch;
    private final Report report;
    private final Set<String> known = new LinkedHashSet<>();

    Section(String path, Node.Branch branch, Report report) {
        this.path = path;
        this.branch = branch;
        this.report = report;
    }

    /** The level below a key; an empty one if nothing is written there. */
    Section section(String key) {
        return new Section(full(key), branchOf(key), report);
    }

    /** The named entries below a key, such as receivers, in the order written. */
    Map<String, Section> entries(String key) {
        Map<String, Section> entries = new LinkedHashMap<>();
        Section all = section(key);
        all.branch.children().keySet().forEach(name -> entries.put(name, all.section(name)));
        return entries;
    }

    /** A text; the default, which may be null, if nothing is written. */
    String text(String key, String otherwise) {
        String text = raw(key);
        if (text != null && (text.isBlank() || !Text.isClean(text))) {
            problem(
                    key,
                    text.isBlank() ? "has no value; write one or leave the key out" : "has control characters in it");
            text = null;
        }
        String value = text == null ? otherwise : text.trim();
        show(key, value);
        return value;
    }

    /** The same for a value in which there may be a secret: what is shown of it is up to the caller. */
    String secretive(String key, String otherwise, UnaryOperator<String> shown) {
        String value = text(key, otherwise);
        show(key, shown.apply(value));
        return value;
    }

    /** A text that must be there; empty, after reporting it, if it is not. */
    String required(String key, String what) {
        if (!has(key)) {
            known.add(key);
            problem(key, "is missing; " + what);
            return "";
        }
        String text = text(key, null);
        return text == null ? "" : text;
    }

    boolean flag(String key, boolean otherwise) {
        String text = raw(key);
        boolean valid = text != null && (text.equals("true") || text.equals("false"));
        if (text != null && !valid) {
            problem(key, quoted(text) + " is neither true nor false");
        }
        boolean value = valid ? text.equals("true") : otherwise;
        show(key, value);
        return value;
    }

    int number(String key, int otherwise, int min, int max) {
        String text = raw(key);
        int value = otherwise;
        if (text != null) {
            try {
                value = Integer.parseInt(text.trim());
            } catch (NumberFormatException e) {
                problem(key, quoted(text) + " is no whole number; allowed: " + min + " to " + max);
            }
            if (value != otherwise && (value < min || value > max)) {
                problem(key, value + " is out of range; allowed: " + min + " to " + max);
                value = otherwise;
            }
        }
        show(key, value);
        return value;
    }

    Duration duration(String key, Duration otherwise, Duration min) {
        String text = raw(key);
        Duration value = otherwise;
        if (text != null) {
            try {
                value = Text.duration(text);
            } catch (IllegalArgumentException e) {
                problem(key, e.getMessage());
            }
            if (value.compareTo(min) < 0) {
                problem(key, Text.duration(value) + " is too short; allowed: " + Text.duration(min) + " or more");
                value = otherwise;
            }
        }
        show(key, Text.duration(value));
        return value;
    }

    /** A list; outside the file one text with commas. */
    List<String> list(String key, List<String> otherwise) {
        known.add(key);
        Node node = branch.children().get(key);
        List<String> values = otherwise;
        if (node instanceof Node.Items items) {
            values = new ArrayList<>();
            for (Node item : items.items()) {
                if (item instanceof Node.Leaf leaf
                        && leaf.text() != null
                        && !leaf.text().isBlank()) {
                    values.add(leaf.text().trim());
                } else {
                    report.problem(item.place(), full(key), "expected a list of plain values");
                }
            }
        } else if (node instanceof Node.Leaf leaf
                && leaf.text() != null
                && leaf.place().inline()) {
            values = new ArrayList<>();
            for (String part : leaf.text().split(",")) {
                if (!part.isBlank()) {
                    values.add(part.trim());
                }
            }
        } else if (node != null && !(node instanceof Node.Leaf leaf && leaf.text() == null)) {
            problem(key, "expected a list, such as [a, b]");
        }
        show(key, values);
        return values;
    }

    /** The same for a secret that need not be there. */
    Optional<Secret> optionalSecret(String key) {
        known.add(key);
        known.add(key + "_file");
        return has(key) || has(key + "_file")
                ? Optional.ofNullable(secret(key, "write it, or leave the key out"))
                : Optional.empty();
    }

    /** Whether something is written at a key that does not count here; it is none that nobody knows. */
    boolean ignored(String key) {
        known.add(key);
        return has(key);
    }

    /** A secret from {@code key} or from the file that {@code key_file} names; null, after reporting it, if there is none. */
    Secret secret(String key, String what) {
        String file = key + "_file";
        known.add(key);
        known.add(file);
        Secret secret = null;
        if (has(key) && has(file)) {
            problem(key, "set either " + key + " or " + file + ", not both");
        } else if (has(file)) {
            String name = text(file, null);
            secret = name == null ? null : contents(file, name);
        } else if (has(key)) {
            String text = raw(key);
            if (text != null && text.isBlank()) {
                problem(key, "is empty; " + what);
            } else if (text != null) {
                secret = Secret.of(text.trim());
            }
            show(key, "***");
        } else {
            report.problem(branch.place(), full(key), "is missing; " + what + ", or name a file in " + file);
        }
        return secret;
    }

    /** The name is not repeated in the problem: somebody may have put the secret itself there. */
    private Secret contents(String key, String name) {
        String wrong;
        try {
            String text = Files.readString(Path.of(name)).trim();
            if (!text.isEmpty()) {
                return Secret.of(text);
            }
            wrong = "names a file that is empty";
        } catch (NoSuchFileException e) {
            wrong = "names a file that is not there";
        } catch (IOException | IllegalArgumentException e) {
            wrong = "names a file that cannot be read";
        }
        problem(key, wrong + "; it must hold the secret and nothing else");
        return null;
    }

    /** Whether something is written at this key. */
    boolean has(String key) {
        Node node = branch.children().get(key);
        return node != null && !(node instanceof Node.Leaf leaf && leaf.text() == null);
    }

    /** Reports a problem with the value at a key of this level. */
    void problem(String key, String what) {
        report.problem(place(key), full(key), what);
    }

    /** Reports something that is allowed but worth a look. */
    void warning(String key, String what) {
        report.warning(place(key), full(key), what);
    }

    /** Reports a problem with this level as a whole. */
    void problem(String what) {
        report.problem(branch.place(), path, what);
    }

    /** Shows a value of which the reader alone knows how it ends up. */
    void show(String key, Object value) {
        Place from = has(key) ? place(key) : Place.NOWHERE;
        report.value(full(key), value == null ? "" : value.toString(), from);
    }

    /** Reports every key that nobody asked for. */
    @Override
    public void close() {
        branch.children().forEach((key, node) -> {
            if (!known.contains(key)) {
                report.problem(node.place(), full(key), "unknown key" + NearMiss.hint(key, known));
            }
        });
    }

    private Node.Branch branchOf(String key) {
        known.add(key);
        Node node = branch.children().get(key);
        if (node instanceof Node.Branch below) {
            return below;
        }
        if (has(key)) {
            problem(key, "expected keys below it, found " + (node instanceof Node.Items ? "a list" : "a value"));
        }
        return new Node.Branch(node == null ? branch.place() : node.place());
    }

    /** The value's text; null if there is none, or if a list or keys stand where a value should. */
    private String raw(String key) {
        known.add(key);
        Node node = branch.children().get(key);
        if (node instanceof Node.Items || node instanceof Node.Branch) {
            problem(key, "expected one value, found " + (node instanceof Node.Items ? "a list" : "keys below it"));
        }
        return node instanceof Node.Leaf leaf ? leaf.text() : null;
    }

    private Place place(String key) {
        Node node = branch.children().get(key);
        return node == null ? branch.place() : node.place();
    }

    private String full(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String quoted(String text) {
        return "\"" + Text.clean(Text.cut(text, 40)) + "\"";
    }
}
