package io.tocsin.cli.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A kind of rule that can be begun from a template: the patterns of the cookbook, and the two families without readings. */
public enum RuleKind {
    /** A reading is past a limit. */
    THRESHOLD("threshold", "a reading is past a limit"),
    /** It ends at another limit than it begins. */
    HYSTERESIS("threshold", "it begins at one limit and ends at another"),
    /** It must last before anybody is told. */
    HOLD("threshold", "it must last before anybody is told"),
    /** It must be gone for a while before it is over. */
    QUIET("threshold", "it must be gone for a while before it is over"),
    /** A figure grows too fast. */
    RATE("trend", "a figure grows too fast"),
    /** A figure will reach a limit. */
    TREND("trend", "a figure will reach a limit if it goes on like this"),
    /** Worse than its own last hour. */
    BASELINE("trend", "a figure is far from its own last hour"),
    /** The slowest of many. */
    PERCENTILE("threshold", "the slowest one in twenty is too slow"),
    /** Several nodes agree. */
    N_OF_M("quorum", "several nodes say so at the same time"),
    /** Something that should report does not. */
    ABSENCE("absence", "something that should report does not"),
    /** An alert comes and goes. */
    FLAPPING("trend", "an alert comes and goes"),
    /** Two figures together. */
    COMPOSITE("threshold", "two figures of a node together"),
    /** Silent while something it depends on is down. */
    DEPENDENCY("threshold", "silent while what it depends on is down"),
    /** Only at some hours. */
    TIME_OF_DAY("threshold", "only at some hours or days"),
    /** An alert that must never stop. */
    WATCHDOG("absence", "an alert that is always open, for whoever must miss it"),
    /** Who is called next. */
    ESCALATION("escalation", "who is called when nobody answers"),
    /** Who hears of it. */
    ROUTING("routing", "which receiver hears of an alert");

    private final String family;
    private final String says;

    RuleKind(String family, String says) {
        this.family = family;
        this.says = says;
    }

    /** Its name on the command line, such as {@code n-of-m}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The folder that its files go to. */
    public String family() {
        return family;
    }

    /** What a rule of this kind says. */
    public String says() {
        return says;
    }

    /** All names on the command line. */
    public static List<String> words() {
        return List.of(values()).stream().map(RuleKind::word).toList();
    }

    /** The kind of a name; null if there is none. */
    public static RuleKind of(String word) {
        return List.of(values()).stream()
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    /** The rule file for a name, such as {@code queue_length}. */
    public String rule(String name) {
        return filled(".drl", name);
    }

    /** The scenario file for a name. */
    public String scenario(String name) {
        return filled(".scenario.yaml", name);
    }

    private String filled(String ending, String name) {
        String words = name.replace('_', ' ');
        return template(ending)
                .replace("@name@", name)
                .replace("@words@", words)
                .replace("@Words@", words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
    }

    private String template(String ending) {
        try (InputStream in = RuleKind.class.getResourceAsStream(word() + ending)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
