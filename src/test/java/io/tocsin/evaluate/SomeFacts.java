package io.tocsin.evaluate;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.AnAlert;
import io.tocsin.model.CheckResult;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.ExternalAlert;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.LimitType;
import io.tocsin.model.Metric;
import io.tocsin.model.MetricAlert;
import io.tocsin.model.Percentile;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Severity;
import io.tocsin.model.Source;
import io.tocsin.model.ThroughputMetric;
import io.tocsin.model.Topology;
import io.tocsin.model.Trend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Facts at random, with figures at and around the limits of the shipped rules. */
public final class SomeFacts {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final List<String> NODES = List.of("n1", "n2", "n3");
    private static final double[] PER_CENT = {0, 50, 79, 80, 80.5, 85, 85.01, 90, 91, 94.9, 95, 97, 100};

    private final Random random;

    /** The same facts for the same seed. */
    public SomeFacts(long seed) {
        // the first figures of neighbouring seeds are alike
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** All of them. */
    public List<Object> list() {
        List<Object> facts = new ArrayList<>();
        if (random.nextBoolean()) {
            facts.add(new Topology("main", NODES, 1 + random.nextInt(3)));
        }
        int many = random.nextInt(40);
        for (int i = 0; i < many; i++) {
            facts.add(one(i));
        }
        for (String node : NODES) {
            if (random.nextInt(4) > 0) {
                facts.add(new Source(node, null, NOW, random.nextBoolean(), random.nextInt(4)));
            }
        }
        return facts;
    }

    private Object one(int number) {
        return switch (random.nextInt(14)) {
            case 0, 1, 11 -> new ResourceUsage(head(number), of(ResourceType.values()), perCent(), null, null);
            case 2 ->
                new LatencyMetric(
                        head(number),
                        "op" + number,
                        number(0, 500, 501, 2000, 2001),
                        of(Percentile.values()),
                        random.nextBoolean() ? null : Long.valueOf(random.nextInt(200)));
            case 3 -> new ThroughputMetric(head(number), "op", null, null, number(0, 0.5, 10));
            case 4, 5 ->
                new HealthCheck(
                        head(number),
                        pick("http", "tcp", "persistence_check"),
                        of(CheckResult.values()),
                        null,
                        null,
                        null);
            case 6 ->
                new ComponentHealth(
                        head(number), pick("store", "persistence_worker"), of(HealthStatus.values()), null, null);
            case 7, 13 -> trend();
            case 8, 12 -> alert(number);
            case 9 ->
                random.nextBoolean()
                        ? new MetricAlert(head(number), "queue", number(1, 10), 5.0, of(LimitType.values()), null)
                        : new ExternalAlert(head(number), "disk_broken", null, null, Map.of());
            default ->
                random.nextBoolean()
                        ? new Source(node(), pick("http", "tcp"), NOW, random.nextBoolean(), 0)
                        : metric(number);
        };
    }

    private Metric metric(int number) {
        return switch (random.nextInt(3)) {
            case 0 -> new Metric(head(number), "queue", number(1, 5, 10));
            case 1 -> new Metric(head(number), "member_clock_skew", number(-3, 0, 2, 5));
            default -> new Metric(head(number).labelled(Map.of("what", "rules")), "member_differs", number(0, 1));
        };
    }

    private Trend trend() {
        String node = node();
        return new Trend(
                "k" + random.nextInt(),
                node,
                node + " x",
                pick("disk_usage", "latency_p95", "throughput"),
                perCent(),
                number(0, 10, 100, 200),
                number(0, 1),
                number(-1, 0, 0.01, 0.5, 3),
                number(0, 1, 50, 100),
                number(0, 5, 30),
                20,
                random.nextInt(4) > 0,
                random.nextBoolean());
    }

    private Alert alert(int number) {
        String type = pick(
                "memory_usage",
                "node_failure",
                "quorum_lost",
                "throughput_drop",
                "latency_baseline",
                "throughput_drop",
                "memory_usage",
                "latency");
        String node = type.equals("quorum_lost") ? null : node();
        String subject = node == null ? "main" : type.equals("memory_usage") ? node : pick(node, node + " x");
        AlertKey key = new AlertKey("main", type, subject);
        AlertState state = of(AlertState.PENDING, AlertState.FIRING, AlertState.ACKNOWLEDGED);
        return AnAlert.of(key, NOW)
                .id("a" + number)
                .node(node)
                .says(of(Severity.values()), type)
                .state(state)
                .level(random.nextBoolean() ? 0 : random.nextInt(4))
                .alert();
    }

    private Head head(int number) {
        return Head.of("main", node(), NOW, Duration.ofSeconds(60))
                .labelled(random.nextBoolean() ? Map.of() : Map.of("i", "" + number))
                .fresh(random.nextBoolean());
    }

    private String node() {
        return NODES.get(random.nextInt(NODES.size()));
    }

    private double perCent() {
        return number(PER_CENT);
    }

    private double number(double... numbers) {
        return numbers[random.nextInt(numbers.length)];
    }

    private String pick(String... words) {
        return words[random.nextInt(words.length)];
    }

    @SafeVarargs
    private final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }
}
