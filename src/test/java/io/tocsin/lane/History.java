package io.tocsin.lane;

import io.tocsin.model.AlertKey;
import io.tocsin.model.CheckResult;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Telemetry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What may happen to one monitored cluster, act by act. */
record History(List<Act> acts) {
    private static final double[] PERCENT = {10, 82, 90, 97};
    private static final Integer[] SILENCES = {20, 59, 60, 130, 310, 900, 1900, 90_000};
    private static final String[] LASTS = {null, "2m", "20m"};

    /** The series that may report: memory, cpu and disk of three nodes, three observers of the first, a component of each. */
    enum Series {
        MEMORY_A("a"),
        MEMORY_B("b"),
        CPU_A("a"),
        DISK_C("c"),
        ONE_A("a"),
        TWO_A("a"),
        THREE_A("a"),
        STORE_A("a"),
        STORE_B("b");

        final String node;

        Series(String node) {
            this.node = node;
        }

        Telemetry reading(String cluster, double second, int how) {
            Head head = Telegrams.head(cluster, node, Stand.at(second), null);
            double percent = PERCENT[how % PERCENT.length];
            return switch (this) {
                case MEMORY_A, MEMORY_B -> new ResourceUsage(head, ResourceType.MEMORY, percent, null, null);
                case CPU_A -> new ResourceUsage(head, ResourceType.CPU, percent, null, null);
                case DISK_C -> new ResourceUsage(head, ResourceType.DISK, percent, null, null);
                case ONE_A, TWO_A, THREE_A ->
                    new HealthCheck(head, name(), CheckResult.values()[how % 3], null, Map.of(), null);
                case STORE_A, STORE_B ->
                    new ComponentHealth(head, "store", HealthStatus.values()[how % 3], Map.of(), null);
            };
        }
    }

    /** What people may answer or resolve. */
    static final List<String[]> KEYS = List.of(
            new String[] {"memory_usage", "a"},
            new String[] {"memory_usage", "b"},
            new String[] {"cpu_usage", "a"},
            new String[] {"disk_usage", "c"},
            new String[] {"node_failure", "a"},
            new String[] {"node_silent", "a"},
            new String[] {"node_silent", "c"},
            new String[] {"component_unhealthy", "a/store"},
            new String[] {"health_check_failed", "a/ONE_A"});

    /** Something that happens {@code pause} seconds after what was before it. */
    sealed interface Act {
        int pause();
    }

    record Says(int pause, Series series, int how) implements Act {}

    record Silence(int pause) implements Act {}

    record Acks(int pause, int key, int lasts) implements Act {}

    record Resolves(int pause, int key) implements Act {}

    static Arbitrary<History> any(int most) {
        Arbitrary<Integer> pause = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, Arbitraries.integers().between(0, 12)),
                net.jqwik.api.Tuple.of(1, Arbitraries.of(30, 45, 60, 61)));
        Arbitrary<Act> says = Combinators.combine(
                        pause,
                        Arbitraries.of(Series.class),
                        Arbitraries.integers().between(0, 11))
                .as(Says::new);
        Arbitrary<Act> silence = Arbitraries.of(SILENCES).map(Silence::new);
        Arbitrary<Act> acks = Combinators.combine(
                        pause, key(), Arbitraries.integers().between(0, 2))
                .as(Acks::new);
        Arbitrary<Act> resolves = Combinators.combine(pause, key()).as(Resolves::new);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(14, says),
                        net.jqwik.api.Tuple.of(4, silence),
                        net.jqwik.api.Tuple.of(2, acks),
                        net.jqwik.api.Tuple.of(1, resolves))
                .list()
                .ofMinSize(1)
                .ofMaxSize(most)
                .map(History::new);
    }

    private static Arbitrary<Integer> key() {
        return Arbitraries.integers().between(0, KEYS.size() - 1);
    }

    /** How many seconds it takes. */
    double length() {
        return acts.stream().mapToInt(Act::pause).sum();
    }

    /** Plays it; {@code after} is told the number of each act and the second it was at. */
    double play(Stand stand, BiConsumer<Integer, Double> before, BiConsumer<Integer, Double> after) {
        double second = 0;
        for (int i = 0; i < acts.size(); i++) {
            before.accept(i, second);
            second += acts.get(i).pause();
            act(stand, acts.get(i), second);
            after.accept(i, second);
        }
        return second;
    }

    double play(Stand stand) {
        return play(stand, (i, second) -> {}, (i, second) -> {});
    }

    private static void act(Stand stand, Act act, double second) {
        if (act instanceof Says says) {
            stand.put(second, says.series.reading(stand.watch().cluster(), second, says.how));
            return;
        }
        stand.pass(second);
        if (act instanceof Acks acks) {
            stand.acknowledge(second, id(stand, acks.key), LASTS[acks.lasts]);
        } else if (act instanceof Resolves resolves) {
            stand.resolve(second, id(stand, resolves.key));
        }
    }

    private static String id(Stand stand, int number) {
        AlertKey key = new AlertKey(stand.watch().cluster(), KEYS.get(number)[0], KEYS.get(number)[1]);
        return stand.alerts().stream()
                .filter(alert -> alert.key().equals(key))
                .map(io.tocsin.model.Alert::id)
                .findFirst()
                .orElse("none");
    }

    /** What each series said last, before an act. */
    Map<Series, Integer> lastWords(int acts) {
        Map<Series, Integer> last = new LinkedHashMap<>();
        for (Act act : this.acts.subList(0, acts)) {
            if (act instanceof Says says) {
                last.put(says.series, says.how);
            }
        }
        return last;
    }

    /** All series say again what they said last, every 10 s for long enough that every hold and quiet time is over. */
    void sayAgain(Stand stand, double from) {
        Map<Series, Integer> last = lastWords(acts.size());
        for (double second = from + 1; second < from + 1300; second += 10) {
            double now = second;
            stand.put(
                    now,
                    last.entrySet().stream()
                            .map(one -> one.getKey().reading(stand.watch().cluster(), now, one.getValue()))
                            .collect(Collectors.toList()));
        }
    }

    /** A history without jqwik, the same for the same seed. */
    static History random(long seed, int length) {
        Random random = new Random(seed);
        List<Act> acts = new java.util.ArrayList<>();
        for (int i = 0; i < length; i++) {
            int kind = random.nextInt(21);
            int pause = random.nextInt(5) == 0 ? 30 + random.nextInt(32) : random.nextInt(12);
            if (kind < 14) {
                Series series = Series.values()[random.nextInt(Series.values().length)];
                acts.add(new Says(pause, series, random.nextInt(12)));
            } else if (kind < 18) {
                acts.add(new Silence(SILENCES[random.nextInt(SILENCES.length)]));
            } else if (kind < 20) {
                acts.add(new Acks(pause, random.nextInt(KEYS.size()), random.nextInt(3)));
            } else {
                acts.add(new Resolves(pause, random.nextInt(KEYS.size())));
            }
        }
        return new History(acts);
    }
}
