package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.AnAlert;
import io.tocsin.model.CheckResult;
import io.tocsin.model.Finding;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.Metric;
import io.tocsin.model.Percentile;
import io.tocsin.model.Reading;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Severity;
import io.tocsin.model.ThroughputMetric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A row does what the rules do that it is said to stand for. */
class LimitProperties {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> METRICS = List.of(
            "queue.depth", "lag:s", "memory_usage", "latency_p95", "throughput", "check_duration", "disk_usage");
    private static final List<String> NODES = List.of("web-1", "web-12", "web.1", "db-1", "n");
    private static final List<String> PATTERNS = List.of("*", "web-*", "web-?", "web.1", "db-1", "*1", "?", "x+y*");
    private static final String START = """
            package rules;
            import io.tocsin.model.*;
            import java.util.List;
            import static io.tocsin.model.Rules.*;
            """;

    @Property(tries = 6)
    void rowsConcludeWhatTheirRulesConclude(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        LimitTable table = new LimitTable("limits.csv", table(random));
        Set<Integer> bad = table.problems().stream().map(Problem::line).collect(Collectors.toSet());
        String good = withoutLines(table(new Random(seed)), bad);
        try (RuleBook rows = RuleBook.of(Map.of("limits.csv", good));
                RuleBook rules = RuleBook.of(Map.of("limits.drl", drl(rows)));
                RuleSession one = session(rows);
                RuleSession other = session(rules)) {
            for (int i = 0; i < 80; i++) {
                Reading reading = reading(random, i);
                if (random.nextInt(3) == 0) {
                    Alert open = open(random, reading);
                    one.put(open);
                    other.put(open);
                }
                assertThat(findings(one, reading)).isEqualTo(findings(other, reading));
            }
        }
    }

    private static String withoutLines(String text, Set<Integer> bad) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        bad.forEach(line -> lines.set(line - 1, ""));
        return String.join("\n", lines);
    }

    private static String drl(RuleBook rows) {
        StringBuilder drl = new StringBuilder(START);
        rows.rules().forEach(rule -> drl.append(rows.drl(rule.ref().name())).append('\n'));
        return drl.toString();
    }

    private static String table(Random random) {
        StringBuilder table = new StringBuilder(String.join(",", LimitTable.COLUMNS)).append('\n');
        table.append("always,n,max,1,,,info,none: there is always a row\n");
        for (int i = 0; i < 14; i++) {
            boolean max = random.nextBoolean();
            double limit = random.nextInt(20) / 2.0;
            double clear = random.nextBoolean() ? limit : limit + (max ? -1 : 1) * random.nextInt(4);
            table.append(String.join(
                    ",",
                    pick(random, METRICS),
                    pick(random, PATTERNS),
                    max ? "max" : "min",
                    "" + limit,
                    random.nextBoolean() ? "" : "" + clear,
                    pick(random, List.of("", "30s", "1h30m")),
                    pick(random, List.of("info", "warning", "critical")),
                    pick(random, List.of("docs/x.md", "none: a test"))));
            table.append('\n');
        }
        return table.toString();
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Reading reading(Random random, int second) {
        Head head = Head.of("default", pick(random, NODES), NOW.plusSeconds(second), Duration.ofHours(1));
        double figure = random.nextInt(24) / 2.0;
        String metric = pick(random, METRICS);
        return switch (metric) {
            case "memory_usage" -> new ResourceUsage(head, ResourceType.MEMORY, figure, null, null);
            case "disk_usage" -> new ResourceUsage(head, ResourceType.DISK, figure, null, null);
            case "latency_p95" -> new LatencyMetric(head, "write", figure, Percentile.P95, null);
            case "throughput" -> new ThroughputMetric(head, "write", null, null, figure);
            case "check_duration" ->
                new HealthCheck(
                        head, "probe", CheckResult.PASS, random.nextInt(4) == 0 ? null : figure, Map.of(), null);
            default -> new Metric(head, metric, figure);
        };
    }

    /** An alert that rows of this figure may have opened. */
    private static Alert open(Random random, Reading reading) {
        String type = reading.metric().replaceAll("[^A-Za-z0-9]", "_") + pick(random, List.of("_high", "_low"));
        AlertKey key = new AlertKey("default", type, reading.subject());
        Severity severity = pick(random, List.of(Severity.values()));
        AlertState state = pick(random, List.of(AlertState.PENDING, AlertState.FIRING, AlertState.ACKNOWLEDGED));
        return AnAlert.of(key, NOW)
                .id(type + reading.subject())
                .node(reading.node())
                .says(severity, "open")
                .state(state)
                .alert();
    }

    private static RuleSession session(RuleBook book) {
        return new RuleSession(
                book,
                new SessionSettings(
                        "default", null, Duration.ofMinutes(1), Duration.ofHours(24), new SeriesLimit(1_000)),
                NOW);
    }

    private static Set<String> findings(RuleSession session, Reading reading) throws RuleFault {
        session.put(reading);
        session.fire();
        Set<String> found = new TreeSet<>();
        for (String suffix : List.of("_high", "_low")) {
            String type = reading.metric().replaceAll("[^A-Za-z0-9]", "_") + suffix;
            session.findings(new AlertKey("default", type, reading.subject())).stream()
                    .map(standing -> standing.finding())
                    .map(Finding::toString)
                    .forEach(found::add);
        }
        return found;
    }
}
