package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.SeriesLimit;
import io.tocsin.evaluate.SessionSettings;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Head;
import io.tocsin.model.Metric;
import io.tocsin.model.Telemetry;
import io.tocsin.store.MemoryStore;
import io.tocsin.store.Store;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * For how long a cluster is not evaluated while its rules change, and that the change explains whatever anybody is told.
 * {@code mvn -B test -Dtest=ReloadPauseTest -Dtocsin.figures=true} measures with 500 rules, 10 thousand series and as many
 * open alerts, and prints it.
 */
class ReloadPauseTest {
    private static final boolean FIGURES = Boolean.getBoolean("tocsin.figures");
    private static final int RULES = FIGURES ? 500 : 20;
    private static final int SERIES = FIGURES ? 10_000 : 400;
    private static final int NODES = SERIES / RULES;
    private static final int MOST_MS = 300;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String RULE = """
            rule "figure %1$d is high"
            when
                $m : Metric(name == "figure_%1$d", value > %2$d)
            then
                insertLogical(Finding.of("figure_%1$d_high", $m).critical("figure at " + fig($m.value())).value($m.value()).max(%2$d).holdFor("5s").quietFor("15s"));
            end
            """;
    private static final String PEOPLE = RuleTexts.LOG_HEARS_ALL + """
            rule "nobody answers"
            when
                $a : Alert(severity == Severity.CRITICAL, state == AlertState.FIRING)
            then
                insertLogical(new Escalation($a.id(), $a.level() + 1, minutes(15), List.of("slack"), "nobody answers"));
            end
            """;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private record Pause(double wall, double cpu) {}

    private final List<Pause> pauses = new ArrayList<>();
    private final Store store = new MemoryStore();
    private Instant now = START;
    private ClusterWatch watch;

    /** All rules with a limit of 50, but for the first so many, whose limit is 90. */
    private static RuleBook rules(int milder) throws Exception {
        Map<String, String> texts = new TreeMap<>();
        for (int i = 0; i < RULES; i++) {
            texts.merge(
                    "threshold/part_" + i / 20 + ".drl",
                    Stand.HEADER + RULE.formatted(i, i < milder ? 90 : 50),
                    (all, more) -> all + more.substring(Stand.HEADER.length()));
        }
        texts.put("routing/people.drl", Stand.HEADER + PEOPLE);
        return RuleBook.of(texts);
    }

    private Step finish() {
        Step step = watch.drain();
        if (!step.transaction().isEmpty()) {
            store.commit(step.transaction());
        }
        return step;
    }

    private void everySeriesSays(double value) {
        List<Telemetry> batch = new ArrayList<>(SERIES);
        for (int i = 0; i < SERIES; i++) {
            batch.add(figure(i % NODES, i / NODES, now, value));
        }
        watch.put(batch, now);
        finish();
    }

    /** Changes the rules as a lane does, and notes how long it took. */
    private Step changeTo(RuleBook book) {
        now = now.plusMillis(100);
        long cpu = THREADS.getCurrentThreadCpuTime();
        long began = System.nanoTime();
        watch.reload(book, now);
        Step step = finish();
        pauses.add(new Pause((System.nanoTime() - began) / 1e6, (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6));
        return step;
    }

    /** What a reload does with new rules before any lane hears of them: a session of their own, with a little in it. */
    private static void tried(RuleBook book) {
        book.prepare();
        Store aside = new MemoryStore();
        try (ClusterWatch trial = new ClusterWatch(book, settings(), aside.claim("default"), START)) {
            for (int second = 0; second < 600; second++) {
                Instant at = START.plusSeconds(second);
                trial.put(List.of(figure(0, second % RULES, at, second % 2 == 0 ? 70 : 20)), at);
                aside.commit(trial.drain().transaction());
            }
        }
        aside.close();
    }

    private static Metric figure(int node, int rule, Instant at, double value) {
        Head head = new Head("default", "node-" + node, at, at, Map.of(), Duration.ofHours(1), true, null);
        return new Metric(head, "figure_" + rule, value);
    }

    private static WatchSettings settings() {
        var session = new SessionSettings(
                "default", null, Duration.ofSeconds(60), Duration.ofHours(24), new SeriesLimit(1_000_000));
        return new WatchSettings(session, Set.of("log", "slack"));
    }

    private static String told(Step step) {
        return step.transaction().notifications().stream()
                .collect(Collectors.groupingBy(
                        one -> one.receiver() + " " + one.change(), TreeMap::new, Collectors.counting()))
                .toString();
    }

    @Test
    void pauseIsShortAndTheChangeExplainsWhatIsTold() throws Exception {
        try (RuleBook first = rules(0);
                RuleBook same = rules(0);
                RuleBook one = rules(1);
                RuleBook all = rules(RULES)) {
            List.of(same, one, all).forEach(ReloadPauseTest::tried);
            watch = new ClusterWatch(first, settings(), store.claim("default"), START);
            finish();
            for (int round = 0; round < 6; round++) {
                everySeriesSays(70 + round);
                now = now.plusSeconds(1);
            }
            watch.advance(now);
            finish();
            assertThat(watch.alerts()).hasSize(SERIES).allMatch(alert -> alert.state() == AlertState.FIRING);

            for (int i = 0; i < 10; i++) {
                assertThat(changeTo(i % 2 == 0 ? same : first).transaction().isEmpty())
                        .as("nothing changed")
                        .isTrue();
            }
            assertThat(watch.session().readings()).hasSize(SERIES);

            Step step = changeTo(one);
            assertThat(told(step)).isEqualTo("{log RESOLVED=" + NODES + "}");
            assertThat(step.changes())
                    .allMatch(change -> change.alert().alertType().equals("figure_0_high"));
            assertThat(watch.alerts()).hasSize(SERIES - NODES).noneMatch(Alert::stale);

            now = START.plusSeconds(6 + 15 * 60);
            watch.advance(now);
            assertThat(finish().changes())
                    .allMatch(change -> change.transition().kind() == ChangeKind.ESCALATED);

            step = changeTo(all);
            assertThat(told(step))
                    .isEqualTo("{log RESOLVED=" + (SERIES - NODES) + ", slack RESOLVED=" + (SERIES - NODES) + "}");
            assertThat(watch.alerts()).isEmpty();
            figures();
        } finally {
            watch.close();
            store.close();
        }
    }

    private void figures() {
        if (FIGURES) {
            System.out.printf(Locale.ROOT, "%d rules, %d series, %d open alerts%n", RULES, SERIES, SERIES);
            print("first reload of the process", pauses.get(0));
            List<Pause> later = new ArrayList<>(pauses.subList(1, 10));
            later.sort(Comparator.comparing(Pause::cpu));
            print("later ones, median", later.get(4));
            print("later ones, longest", later.get(8));
            print(NODES + " alerts end", pauses.get(10));
            print(SERIES - NODES + " alerts end", pauses.get(11));
            // what else runs on the machine makes the wall clock's figure longer, not the pause
            assertThat(pauses.subList(0, 11)).allMatch(pause -> pause.cpu() < MOST_MS);
        }
    }

    private static void print(String what, Pause pause) {
        System.out.printf(Locale.ROOT, "%-30s %6.0f ms, %6.0f ms of them on a core%n", what, pause.wall(), pause.cpu());
    }
}
