package io.tocsin.cli.rules;

import io.tocsin.cli.scenario.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the rules of one file conclude, to be looked for in scenarios.
 *
 * @param types the types of alerts that they raise
 * @param receivers the receivers they route to
 */
record Proof(Set<String> types, Set<String> receivers) {
    private static final Pattern TYPE = Pattern.compile("Finding\\s*\\.\\s*of(?:Cluster)?\\s*\\(\\s*\"([^\"]+)\"");
    private static final Pattern ORDER = Pattern.compile("new\\s+Escalation\\s*\\(");
    private static final Pattern RECEIVER = Pattern.compile("new\\s+Route\\s*\\([^,]*,\\s*\"([^\"]*)\"");

    Proof() {
        this(new TreeSet<>(), new TreeSet<>());
    }

    /** One more rule of the file. */
    void add(String drl) {
        Matcher type = TYPE.matcher(drl);
        while (type.find()) {
            types.add(type.group(1));
        }
        Matcher receiver = RECEIVER.matcher(drl);
        while (receiver.find()) {
            receivers.add(receiver.group(1));
        }
    }

    /** Whether a scenario shows when these rules stay silent: in a whole case, or while nothing happens at all. */
    boolean silent(Scenario scenario) {
        return scenario.cases().stream().anyMatch(one -> without(one) || quiet(one));
    }

    /** A case that says what happens, and nothing of it is of these rules. */
    private boolean without(Scenario.Case one) {
        List<Scenario.Expect> all = expectations(one).toList();
        boolean told = all.stream()
                .anyMatch(expect -> types.isEmpty() ? expect.notifications() != null : expect.alerts() != null);
        return told
                && !(types.isEmpty() && receivers.isEmpty())
                && all.stream()
                        .noneMatch(expect -> names(expect.alerts(), "alert_type", types)
                                || names(expect.notifications(), "receiver", receivers));
    }

    private static boolean quiet(Scenario.Case one) {
        return expectations(one)
                .anyMatch(expect ->
                        lists(expect).findAny().isPresent() && lists(expect).allMatch(List::isEmpty));
    }

    private static boolean names(List<Map<String, Object>> expected, String field, Set<String> known) {
        return expected != null && expected.stream().anyMatch(item -> known.contains(String.valueOf(item.get(field))));
    }

    /** Whether a case expects anything, be it nothing. */
    static boolean expects(Scenario.Case one) {
        return expectations(one).flatMap(Proof::lists).findAny().isPresent();
    }

    private static Stream<Scenario.Expect> expectations(Scenario.Case one) {
        return one.moments().stream()
                .map(Scenario.Moment::action)
                .filter(Scenario.Expect.class::isInstance)
                .map(Scenario.Expect.class::cast);
    }

    private static Stream<List<?>> lists(Scenario.Expect expect) {
        return Stream.<List<?>>of(expect.alerts(), expect.notifications(), expect.escalations())
                .filter(Objects::nonNull);
    }
}
