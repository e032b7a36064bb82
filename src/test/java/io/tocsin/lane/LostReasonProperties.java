package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.Head;
import io.tocsin.model.Metric;
import io.tocsin.model.Severity;
import io.tocsin.model.Telemetry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The law of evidence: whatever gets lost, and however often the watch is restarted, an alert on several series is open
 * exactly as long as one of them was last seen bad, and as bad as the worst of what they last said.
 */
class LostReasonProperties {
    private static final int TRIES = 400;
    private static final Map<Book, RuleBook> BOOKS = new EnumMap<>(Book.class);

    /** Whether rules look at readings past their time. */
    enum Book {
        NEITHER("", ""),
        BOTH(", fresh", ", fresh"),
        WARNING(", fresh", ""),
        CRITICAL("", ", fresh");

        private final String warning;
        private final String critical;

        Book(String warning, String critical) {
            this.warning = warning;
            this.critical = critical;
        }

        RuleBook compile() {
            String text = RuleTexts.LOG_HEARS_ALL + """
                    rule "high"
                    when
                        $m : Metric(value > 1%s)
                    then
                        insertLogical(Finding.of("x", $m.node()).warning("high"));
                    end
                    rule "very high"
                    when
                        $m : Metric(value > 10%s)
                    then
                        insertLogical(Finding.of("x", $m.node()).critical("very high").context("at", $m.value()));
                    end
                    """.formatted(warning, critical);
            try {
                return Stand.rules(text);
            } catch (io.tocsin.evaluate.RuleProblems wrong) {
                throw new IllegalStateException(wrong);
            }
        }
    }

    /** What a series says, and what people should think of it. */
    enum Word {
        GOOD(0, null),
        HIGH(5, Severity.WARNING),
        HIGHER(6, Severity.WARNING),
        VERY_HIGH(20, Severity.CRITICAL);

        final double value;
        final Severity severity;

        Word(double value, Severity severity) {
            this.value = value;
            this.severity = severity;
        }
    }

    /** Something that happens after a pause; an empty map of words is a silence. */
    record Act(int pause, Map<String, Word> says, int ttl, boolean restart) {}

    @Provide
    Arbitrary<List<Act>> acts() {
        Arbitrary<Integer> pause = Arbitraries.of(0, 1, 7, 29, 30, 31, 60, 61, 130, 900);
        Arbitrary<Map<String, Word>> words = Arbitraries.maps(Arbitraries.of("a", "b", "c"), Arbitraries.of(Word.class))
                .ofMinSize(1)
                .ofMaxSize(3);
        Arbitrary<Act> says = Combinators.combine(pause, words, Arbitraries.of(30, 60, 3000))
                .as((wait, said, ttl) -> new Act(wait, said, ttl, false));
        Arbitrary<Act> silence = pause.map(wait -> new Act(wait, Map.of(), 0, false));
        Arbitrary<Act> restart = pause.map(wait -> new Act(wait, Map.of(), 0, true));
        return Arbitraries.frequencyOf(Tuple.of(6, says), Tuple.of(2, silence), Tuple.of(1, restart))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void alertIsOpenAsLongAsTheLastWordOfOneOfItsSeriesWasBad(@ForAll Book book, @ForAll("acts") List<Act> acts) {
        Map<String, Word> last = new java.util.TreeMap<>();
        double second = 0;
        double trusted = 0;
        try (Stand stand = new Stand(BOOKS.computeIfAbsent(book, Book::compile))) {
            for (Act act : acts) {
                second += act.pause;
                play(stand, act, second);
                last.putAll(act.says);
                trusted = act.restart ? second + Stand.TTL.toSeconds() : trusted;
                Optional<Severity> is = open(stand);
                if (second < trusted && is.isPresent() && worst(last).isPresent()) {
                    assertThat(is.get())
                            .as("after %s, last said %s, just restarted", act, last)
                            .isGreaterThanOrEqualTo(worst(last).get());
                } else {
                    assertThat(is).as("after %s, last said %s", act, last).isEqualTo(worst(last));
                }
                Laws.atRest(stand);
            }
            Laws.inAll(stand);
        }
    }

    private static void play(Stand stand, Act act, double second) {
        if (act.restart) {
            stand.restart(second);
        } else if (act.says.isEmpty()) {
            stand.pass(second);
        } else {
            stand.put(
                    second,
                    act.says.entrySet().stream()
                            .<Telemetry>map(one -> new Metric(
                                    Head.of("default", "n", Stand.at(second), Duration.ofSeconds(act.ttl)),
                                    one.getKey(),
                                    one.getValue().value))
                            .toList());
        }
    }

    private static Optional<Severity> open(Stand stand) {
        assertThat(stand.alerts()).allMatch(alert -> alert.state() != AlertState.PENDING);
        return stand.alerts().stream().map(Alert::severity).findFirst();
    }

    private static Optional<Severity> worst(Map<String, Word> last) {
        return last.values().stream()
                .map(word -> word.severity)
                .filter(java.util.Objects::nonNull)
                .max(Severity::compareTo);
    }

    @AfterContainer
    static void discard() {
        BOOKS.values().forEach(RuleBook::close);
    }
}
