package io.tocsin.cli.scenario;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.lane.CommandResult;
import io.tocsin.model.Alert;
import io.tocsin.model.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Plays scenarios through one rule set with the shipped receivers. */
public final class ScenarioRunner {
    private static final Set<String> RECEIVERS = Set.of("log", "slack", "pagerduty");

    private final RuleBook book;
    private final Map<String, Long> fired = new TreeMap<>();
    private Duration simulated = Duration.ZERO;

    /** With this rule set. */
    public ScenarioRunner(RuleBook book) {
        this.book = book;
    }

    /**
     * How a case went.
     *
     * @param file the scenario file
     * @param name the case
     * @param failures what differed, in words; empty if it passed
     * @param timeline every change of an alert in the case, a line each
     */
    public record Outcome(String file, String name, List<String> failures, List<String> timeline) {
        /** Whether nothing differed. */
        public boolean passed() {
            return failures.isEmpty();
        }
    }

    /** Plays all cases of a scenario. */
    public List<Outcome> run(Scenario scenario) {
        return scenario.cases().stream().map(one -> play(scenario, one)).toList();
    }

    private Outcome play(Scenario scenario, Scenario.Case one) {
        Seen seen = new Seen();
        List<String> failures = new ArrayList<>();
        try (Stage stage = new Stage(book, RECEIVERS, one.clusters(), seen::take)) {
            for (Scenario.Moment moment : one.moments()) {
                stage.advance(moment.at());
                String where = "at " + Text.duration(moment.at()) + ": ";
                act(stage, seen, moment.action()).forEach(failure -> failures.add(where + failure));
            }
            stage.faults().forEach((rule, reason) -> failures.add("rule \"" + rule + "\" failed: " + reason));
            stage.fired().forEach((rule, times) -> fired.merge(rule, times, Long::sum));
            if (!one.moments().isEmpty()) {
                simulated = simulated.plus(
                        one.moments().get(one.moments().size() - 1).at());
            }
        }
        return new Outcome(scenario.file(), one.name(), failures, List.copyOf(seen.timeline()));
    }

    private static List<String> act(Stage stage, Seen seen, Scenario.Action action) {
        if (action instanceof Scenario.Send send) {
            String rejected = stage.send(send);
            return rejected.isEmpty() ? List.of() : List.of("rejected: " + rejected);
        } else if (action instanceof Scenario.Expect expect) {
            return compare(seen, expect);
        } else if (action instanceof Scenario.AckIt ack) {
            return each(seen, ack.match(), alert -> stage.acknowledge(alert.cluster(), alert.id(), ack));
        } else if (action instanceof Scenario.ResolveIt resolve) {
            return each(seen, resolve.match(), alert -> stage.resolve(alert.cluster(), alert.id(), resolve.by()));
        }
        stage.restart();
        return List.of();
    }

    private static List<String> each(
            Seen seen, Map<String, Object> match, java.util.function.Function<Alert, CommandResult> command) {
        List<Alert> alerts = seen.open(match);
        if (alerts.isEmpty()) {
            return List.of("no open alert matches " + match);
        }
        return alerts.stream()
                .map(command)
                .filter(result -> result.reason() != null)
                .map(CommandResult::reason)
                .toList();
    }

    private static List<String> compare(Seen seen, Scenario.Expect expect) {
        List<String> differences = new ArrayList<>();
        if (expect.alerts() != null) {
            differences.addAll(Matching.differences("alerts", expect.alerts(), seen.alerts(), seen::optional));
        }
        if (expect.notifications() != null) {
            differences.addAll(
                    Matching.differences("notifications", expect.notifications(), seen.notifications(), any -> false));
        }
        if (expect.escalations() != null) {
            differences.addAll(
                    Matching.differences("escalations", expect.escalations(), seen.escalations(), any -> false));
        }
        seen.forget();
        return differences;
    }

    /** How often each rule fired in all cases so far. */
    public Map<String, Long> fired() {
        return Map.copyOf(fired);
    }

    /** How much time all cases so far took on their own clocks. */
    public Duration simulated() {
        return simulated;
    }
}
