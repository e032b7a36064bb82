package io.tocsin.cli.bench;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Rules of the form of the shipped ones, as many as a measurement asks for. */
public final class BenchRules {
    /** How many metrics there are, and threshold rules, one a metric. */
    public static final int COUNT = 50;

    /** Their names. */
    public static final List<String> METRICS =
            IntStream.range(0, COUNT).mapToObj(i -> "figure_" + i).toList();

    static final List<Integer> LADDER_MINUTES = List.of(5, 10, 15);

    private static final String HEADER = """
            package rules;
            import io.tocsin.model.*;
            import java.util.List;
            import static io.tocsin.model.Rules.*;
            """;
    private static final String THRESHOLD = """
            rule "%1$s is above %2$d"
            when
                $m : Metric(name == "%1$s", value > %2$d)
            then
                insertLogical(Finding.of("%1$s_high", $m)
                    .%3$s("%1$s at " + fig($m.value()))
                    .value($m.value()).max(%2$d)
                    .holdFor("%4$s")
                    .runbook("docs/runbooks/%1$s.md"));
            end
            """;
    private static final String ROUTE = """
            rule "every alert goes to the log"
            when
                $a : Alert(state != AlertState.PENDING)
            then
                insertLogical(new Route($a.id(), "log"));
            end
            """;
    private static final String RUNG = """
            rule "nobody answers on level %1$d"
            when
                $a : Alert(severity == Severity.CRITICAL, state == AlertState.FIRING, level == %1$d)
            then
                insertLogical(new Escalation($a.id(), %2$d, minutes(%3$d), List.of("oncall"), "No acknowledgment after %3$d minutes"));
            end
            """;

    private final TreeMap<String, String> files = new TreeMap<>();

    private BenchRules() {}

    /** Above what value a metric, by its number, alerts. */
    public static int limit(int metric) {
        return 50 + metric;
    }

    /**
     * A threshold rule for each metric.
     *
     * @param severity {@code warning} or {@code critical}
     * @param hold how long it must hold, such as {@code 30s}
     */
    public static BenchRules thresholds(String severity, String hold) {
        BenchRules rules = new BenchRules();
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < COUNT; i++) {
            text.append(THRESHOLD.formatted(METRICS.get(i), limit(i), severity, hold));
        }
        rules.files.put("threshold/figures.drl", text.toString());
        return rules;
    }

    /** And the log hears of every alert. */
    public BenchRules routed() {
        files.put("routing/log.drl", HEADER + ROUTE);
        return this;
    }

    /** And three levels of escalation after {@link #LADDER_MINUTES}. */
    BenchRules laddered() {
        StringBuilder text = new StringBuilder(HEADER);
        for (int level = 0; level < LADDER_MINUTES.size(); level++) {
            text.append(RUNG.formatted(level, level + 1, LADDER_MINUTES.get(level)));
        }
        files.put("escalation/ladder.drl", text.toString());
        return this;
    }

    /** Writes them as files into a folder. */
    public void write(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    RuleBook compiled() {
        try {
            return RuleBook.of(files);
        } catch (RuleProblems impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
