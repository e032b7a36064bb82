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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    private static final String PEOPLE = """
            rule "log hears all"
            when
                $a : Alert(state != AlertState.PENDING)
            then
                insertLogical(new Route($a.id(), "log"));
            end
            rule "nobody answers"
            when
                $a : Alert(severity == Severity.CRITICAL, state == AlertState.FIRING)
            then
                insertLogical(new Escalation($a.id(), $a.level() + 1, minutes(15), List.of("slack"), "nobody answers"));
            end
            """;

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
            Head head = new Head("default", "node-" + i % NODES, now, now, Map.of(), Duration.ofHours(1), true, null);
            batch.add(new Metric(head, "figure_" + i / NODES, value));
        }
        watch.put(batch, now);
        finish();
    }

    /** Changes the rules as a lane does, and says how long it took, milliseconds. */
    private double changeTo(RuleBook book, List<Step> steps) throws Exception {
        book.prepare();
        now = now.plusMillis(100);
        long began = System.nanoTime();
        watch.reload(book, now);
        steps.add(finish());
        return (System.nanoTime() - began) / 1e6;
    }

    private static String told(Step step) {
        return step.transaction().notifications().stream()
                .collect(Collectors.groupingBy(
                        one -> one.receiver() + " " + one.change(), TreeMap::new, Collectors.counting()))
                .toString();
    }

    @Test
    void pauseIsShortAndTheChangeExplainsWhatIsTold() throws Exception {
        var session = new SessionSettings(
                "default", null, Duration.ofSeconds(60), Duration.ofHours(24), new SeriesLimit(1_000_000));
        try (RuleBook first = rules(0);
                RuleBook same = rules(0);
                RuleBook one = rules(1);
                RuleBook all = rules(RULES)) {
            watch = new ClusterWatch(
                    first, new WatchSettings(session, Set.of("log", "slack")), store.claim("default"), START);
            finish();
            everySeriesSays(70);
            now = now.plusSeconds(5);
            watch.advance(now);
            finish();
            assertThat(watch.alerts()).hasSize(SERIES).allMatch(alert -> alert.state() == AlertState.FIRING);
            List<Step> steps = new ArrayList<>();

            double cold = changeTo(same, steps);
            assertThat(steps.get(0).transaction().isEmpty())
                    .as("nothing changed")
                    .isTrue();
            List<Double> warm = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                warm.add(changeTo(i % 2 == 0 ? first : same, steps));
            }
            assertThat(steps).allMatch(Step::isEmpty);
            assertThat(watch.session().readings()).hasSize(SERIES);

            double few = changeTo(one, steps);
            Step step = steps.get(steps.size() - 1);
            assertThat(told(step)).isEqualTo("{log RESOLVED=" + NODES + "}");
            assertThat(step.changes())
                    .allMatch(change -> change.alert().alertType().equals("figure_0_high"));
            assertThat(watch.alerts()).hasSize(SERIES - NODES).noneMatch(Alert::stale);

            now = START.plusSeconds(5 + 15 * 60);
            watch.advance(now);
            assertThat(finish().changes())
                    .allMatch(change -> change.transition().kind() == ChangeKind.ESCALATED);

            double most = changeTo(all, steps);
            step = steps.get(steps.size() - 1);
            assertThat(told(step))
                    .isEqualTo("{log RESOLVED=" + (SERIES - NODES) + ", slack RESOLVED=" + (SERIES - NODES) + "}");
            assertThat(watch.alerts()).isEmpty();
            if (FIGURES) {
                warm.sort(null);
                System.out.printf(
                        Locale.ROOT,
                        "%d rules, %d series, %d open alerts: pause %.0f ms the first time in a process, then %.0f to %.0f ms;"
                                + " %.0f ms with %d alerts ended, %.0f ms with %d ended%n",
                        RULES,
                        SERIES,
                        SERIES,
                        cold,
                        warm.get(0),
                        warm.get(warm.size() - 1),
                        few,
                        NODES,
                        most,
                        SERIES - NODES);
                assertThat(List.of(cold, warm.get(warm.size() - 1), few)).allMatch(ms -> ms < MOST_MS);
            }
        } finally {
            watch.close();
            store.close();
        }
    }
}
