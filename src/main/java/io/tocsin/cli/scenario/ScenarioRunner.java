package io.tocsin.cli.scenario;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.lane.CommandResult;
import io.tocsin.lane.Pulse;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.Text;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Plays scenarios through one rule set with the shipped receivers; several threads may share one. */
public final class ScenarioRunner {
    private static final Set<String> SHIPPED = Set.of("log", "slack", "pagerduty");

    private final RuleBook book;
    private final RuleIndex index;
    private final CaseThreads threads;
    private final Set<String> receivers = new TreeSet<>(SHIPPED);

    /** With this rule set; a receiver that its rules route to is there too. */
    public ScenarioRunner(RuleBook book) {
        this(book, new CaseThreads(Duration.ofSeconds(10)));
    }

    /** The same on these threads. */
    ScenarioRunner(RuleBook book, CaseThreads threads) {
        this.book = book;
        this.threads = threads;
        this.index = new RuleIndex(book);
        receivers.addAll(book.routedTo());
    }

    /**
     * How a case went.
     *
     * @param file the scenario file
     * @param line where the case is written
     * @param name the case
     * @param differences what went otherwise than expected; empty if it passed
     * @param happened everything that happened, in order
     * @param fired how often each rule fired
     * @param simulated how long it took on its own clock
     * @param took how long it took
     */
    public record Outcome(
            String file,
            int line,
            String name,
            List<Difference> differences,
            List<Happening> happened,
            Map<String, Long> fired,
            Duration simulated,
            Duration took) {
        public Outcome {
            differences = List.copyOf(differences);
            happened = List.copyOf(happened);
            fired = Map.copyOf(fired);
        }

        /** Whether nothing differed. */
        public boolean passed() {
            return differences.isEmpty();
        }

        /** What differed, a line each. */
        public List<String> failures() {
            return differences.stream().map(Difference::toString).toList();
        }

        /** What happened, a line each. */
        public List<String> timeline() {
            return happened.stream().map(Happening::toString).toList();
        }
    }

    /** Opens an empty session once, which is slow the first time: what is played after that is quick. */
    void warmUp() {
        new Stage(book, receivers, Map.of("-", new Scenario.Nodes(List.of("-"), 1)), (watch, step) -> {}).close();
    }

    /** Plays all cases of a scenario. */
    public List<Outcome> run(Scenario scenario) {
        return scenario.cases().stream().map(one -> play(scenario.file(), one)).toList();
    }

    /** Plays one case. */
    Outcome play(String file, Scenario.Case one) {
        long began = System.nanoTime();
        AtomicReference<Scenario.Moment> reached = new AtomicReference<>();
        try {
            return threads.play(pulse -> play(file, one, pulse, reached));
        } catch (CaseThreads.StuckException stuck) {
            Scenario.Moment at = reached.get();
            Difference why = at == null
                    ? Difference.failed(Duration.ZERO, one.line(), "rule", Text.clean(stuck.getMessage()))
                    : Difference.failed(at.at(), at.line(), "rule", Text.clean(stuck.getMessage()));
            return new Outcome(
                    file,
                    one.line(),
                    one.name(),
                    List.of(why),
                    List.of(),
                    Map.of(),
                    one.length(),
                    Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private Outcome play(String file, Scenario.Case one, Pulse pulse, AtomicReference<Scenario.Moment> reached) {
        long began = System.nanoTime();
        Seen seen = new Seen();
        List<Difference> differences = new ArrayList<>();
        Map<String, Long> fired;
        try (Stage stage = new Stage(book, receivers, one.clusters(), seen::take)) {
            Map<String, Long> before = new TreeMap<>();
            for (Scenario.Moment moment : one.moments()) {
                reached.set(moment);
                Pulse.Work work = pulse.begin(one.name(), book);
                stage.advance(moment.at());
                List<Difference> found = act(stage, seen, moment, before);
                pulse.end(work);
                if (moment.action() instanceof Scenario.Expect) {
                    before = stage.fired();
                    seen.timeLine()
                            .add(
                                    moment.at(),
                                    found.isEmpty() ? "expect" : "failed",
                                    "line " + moment.line(),
                                    moment.line());
                }
                differences.addAll(found);
            }
            stage.faults()
                    .forEach((rule, reason) -> differences.add(Difference.failed(
                            one.length(),
                            one.line(),
                            "rule",
                            "rule \"" + rule + "\" (" + book.ref(rule).place() + ") failed: " + Text.clean(reason))));
            fired = stage.fired();
        }
        return new Outcome(
                file,
                one.line(),
                one.name(),
                differences,
                seen.timeLine().entries(),
                fired,
                one.length(),
                Duration.ofNanos(System.nanoTime() - began));
    }

    private List<Difference> act(Stage stage, Seen seen, Scenario.Moment moment, Map<String, Long> before) {
        Scenario.Action action = moment.action();
        if (action instanceof Scenario.Send send) {
            seen.timeLine().sent(moment.at(), send);
            stage.send(send);
            return List.of();
        } else if (action instanceof Scenario.Expect expect) {
            return compare(new Why(index, stage, seen, before), seen, moment, expect);
        } else if (action instanceof Scenario.AckIt ack) {
            return command(
                    seen, moment, "ack", ack.match(), alert -> stage.acknowledge(alert.cluster(), alert.id(), ack));
        } else if (action instanceof Scenario.ResolveIt resolve) {
            return command(
                    seen,
                    moment,
                    "resolve",
                    resolve.match(),
                    alert -> stage.resolve(alert.cluster(), alert.id(), resolve.by()));
        }
        seen.timeLine().add(moment.at(), "restart", "killed and restored from what is stored", moment.line());
        stage.restart();
        return List.of();
    }

    private static List<Difference> command(
            Seen seen,
            Scenario.Moment moment,
            String what,
            Map<String, Object> match,
            Function<Alert, CommandResult> command) {
        List<Alert> open = seen.all().stream().filter(Alert::open).toList();
        List<Alert> fits = open.stream()
                .filter(alert -> alert.state() != AlertState.PENDING)
                .filter(alert -> Comparison.matches(match, Seen.document(alert)))
                .toList();
        seen.timeLine().add(moment.at(), what, FactText.entry(match), moment.line());
        String problem = null;
        if (fits.size() != 1) {
            problem = fits.isEmpty()
                    ? "no open alert fits " + FactText.entry(match) + "; " + named("open: ", open)
                    : named(fits.size() + " open alerts fit: ", fits) + "; name node or subject too";
        } else {
            problem = command.apply(fits.get(0)).reason();
        }
        return problem == null
                ? List.of()
                : List.of(Difference.failed(moment.at(), moment.line(), what, Text.clean(problem)));
    }

    private static String named(String before, List<Alert> alerts) {
        return alerts.isEmpty()
                ? "no alert is open"
                : alerts.stream()
                        .limit(5)
                        .map(alert -> alert.alertType() + ' ' + alert.subject() + " ("
                                + alert.state().wire() + ')')
                        .collect(Collectors.joining(", ", before, ""));
    }

    private static List<Difference> compare(Why why, Seen seen, Scenario.Moment moment, Scenario.Expect expect) {
        List<Difference> differences = new ArrayList<>();
        compare(why, moment, "alerts", expect.alerts(), seen::alerts, differences);
        differences.removeIf(one -> one.list().equals("alerts") && one.expected() == null && seen.optional(one.got()));
        compare(why, moment, "notifications", expect.notifications(), seen::notifications, differences);
        compare(why, moment, "escalations", expect.escalations(), seen::escalations, differences);
        seen.forget();
        return differences;
    }

    private static void compare(
            Why why,
            Scenario.Moment moment,
            String list,
            List<Map<String, Object>> expected,
            Supplier<List<JsonObject>> got,
            List<Difference> differences) {
        if (expected == null) {
            return;
        }
        Comparison comparison = Comparison.of(expected, got.get());
        for (Comparison.Pair pair : comparison.missing()) {
            differences.add(new Difference(
                    moment.at(),
                    moment.line(),
                    list,
                    pair.expected(),
                    pair.got(),
                    why.missing(list, pair.expected(), pair.got())));
        }
        for (JsonObject extra : comparison.extra()) {
            differences.add(new Difference(moment.at(), moment.line(), list, null, extra, why.extra(list, extra)));
        }
    }
}
