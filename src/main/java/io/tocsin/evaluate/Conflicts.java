package io.tocsin.evaluate;

import io.tocsin.model.RuleRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What rules say of each other. Findings of one type and subject are one alert with one meaning and one runbook, so the
 * rules that conclude a type stand in one file.
 */
final class Conflicts {
    private static final Pattern CONCLUDES = Pattern.compile("Finding\\s*\\.\\s*of(?:Cluster)?\\s*\\(\\s*\"([^\"]+)\"");
    private static final Pattern ASKS = Pattern.compile("\\balertType\\s*(?:==|!=)\\s*\"([^\"]+)\"");
    private static final Pattern RUNBOOK = Pattern.compile("\\.\\s*runbook\\s*\\(\\s*\"([^\"]*)\"");

    private final Map<String, RuleRef> types = new HashMap<>();
    private final Map<String, String> runbooks = new HashMap<>();
    private final Map<String, RulePart> left = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    Conflicts(List<RulePart> parts, List<LimitTable> tables) {
        tables.forEach(table -> table.alertTypes().forEach(types::putIfAbsent));
        parts.forEach(this::concludes);
        parts.forEach(this::asks);
    }

    List<Problem> problems() {
        return problems;
    }

    private void concludes(RulePart part) {
        Matcher found = in(part, CONCLUDES, part.then(), part.section().end());
        if (!found.find()) {
            return;
        }
        String type = found.group(1);
        RuleRef here = new RuleRef(part.tree().getName(), part.text().file(), part.line());
        RuleRef first = types.putIfAbsent(type, here);
        if (first != null && !first.file().equals(here.file())) {
            add(
                    part,
                    found.start(1),
                    "findings of type " + type + " are concluded in " + first.file() + " too",
                    "they would be one alert with two meanings: give this one a type of its own, or join "
                            + first.place());
            return;
        }
        Matcher runbook = in(part, RUNBOOK, part.then(), part.section().end());
        if (runbook.find()) {
            String other = runbooks.putIfAbsent(type, runbook.group(1));
            if (other != null && !other.equals(runbook.group(1))) {
                add(
                        part,
                        runbook.start(1),
                        "findings of type " + type + " have another runbook too, " + other,
                        "one alert has one");
            }
        }
        RulePart twin = left.putIfAbsent(type + part.written().replaceAll("\\s+", ""), part);
        if (twin != null) {
            add(
                    part,
                    part.section().start(),
                    part.name() + " has the same left side and the same finding as " + twin.name(),
                    "the other is in line " + twin.line() + "; leave one out");
        }
    }

    /** A rule that asks for an alert nobody raises never matches; alerts from outside may have any type. */
    private void asks(RulePart part) {
        Matcher asked = in(part, ASKS, part.when(), part.then());
        while (asked.find()) {
            int at = asked.start(1);
            String type = asked.group(1);
            if (!types.containsKey(type)) {
                Facts.nearest(type, new TreeSet<>(types.keySet()))
                        .ifPresent(near -> problems.add(part.text()
                                .problem(at, "no rule raises alerts of type " + type, "did you mean " + near + "?")
                                .asWarning()));
            }
        }
    }

    private static Matcher in(RulePart part, Pattern pattern, int from, int to) {
        return pattern.matcher(part.text().text()).region(from, to);
    }

    private void add(RulePart part, int at, String what, String hint) {
        problems.add(part.text().problem(at, what, hint));
    }
}
