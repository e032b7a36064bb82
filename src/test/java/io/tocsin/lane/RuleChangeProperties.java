package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.AlertState;
import io.tocsin.model.Cause;
import io.tocsin.model.ChangeKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Random histories of one monitored cluster whose rules are changed at any step. */
class RuleChangeProperties {
    private static final int TRIES = 80;
    private static RuleBook shipped;
    private static RuleBook again;
    private static RuleBook odd;

    @BeforeContainer
    static void compile() throws Exception {
        shipped = RuleBook.load(Path.of("rules"));
        again = RuleBook.load(Path.of("rules"));
        odd = RuleBook.of(HistoryProperties.ODD);
    }

    @AfterContainer
    static void discard() {
        List.of(shipped, again, odd).forEach(RuleBook::close);
    }

    @Provide
    Arbitrary<History> histories() {
        return History.any(40);
    }

    @Provide
    Arbitrary<Set<Integer>> moments() {
        return Arbitraries.integers().between(0, 40).set().ofMinSize(1).ofMaxSize(6);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void reloadOfTheSameRulesChangesNothingToTheLetter(
            @ForAll("histories") History history, @ForAll("moments") Set<Integer> reloads) {
        try (Stand alone = new Stand(shipped);
                Stand reloaded = new Stand(shipped)) {
            history.sayAgain(alone, history.play(alone));
            double end = history.play(
                    reloaded,
                    (i, second) -> {
                        if (reloads.contains(i)) {
                            reloaded.reload(second, i % 2 == 0 ? again : shipped);
                            Laws.atRest(reloaded);
                        }
                    },
                    (i, second) -> {});
            history.sayAgain(reloaded, end);
            assertThat(log(reloaded)).isEqualTo(log(alone));
            assertThat(reloaded.notifications).isEqualTo(alone.notifications);
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void lawsHoldThroughEveryChangeOfRules(
            @ForAll("histories") History history,
            @ForAll("moments") Set<Integer> reloads,
            @ForAll("moments") Set<Integer> kills) {
        try (Stand stand = new Stand(shipped)) {
            boolean[] other = new boolean[1];
            history.play(
                    stand,
                    (i, second) -> {
                        if (kills.contains(i)) {
                            stand.restart(second);
                        }
                        if (reloads.contains(i)) {
                            other[0] = !other[0];
                            stand.reload(second, other[0] ? odd : shipped);
                        }
                        Laws.atRest(stand);
                    },
                    (i, second) -> Laws.atRest(stand));
            Laws.inAll(stand);
            assertThat(stand.watch().tally().faults()).isEmpty();
        }
    }

    /** What people are told in the instant of a change has the change for its cause. */
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void whatAChangeOfRulesDoesSaysSo(@ForAll("histories") History history, @ForAll("moments") Set<Integer> reloads) {
        try (Stand stand = new Stand(shipped)) {
            boolean[] other = new boolean[1];
            history.play(
                    stand,
                    (i, second) -> {
                        if (reloads.contains(i)) {
                            stand.pass(second);
                            int before = stand.changes.size();
                            other[0] = !other[0];
                            stand.reload(second, other[0] ? odd : shipped);
                            assertThat(stand.changes.subList(before, stand.changes.size()))
                                    .allMatch(change -> change.transition().cause() == Cause.RULES
                                            || change.transition().kind() == ChangeKind.ESCALATED)
                                    .filteredOn(change -> change.transition().kind() == ChangeKind.RESOLVED)
                                    .allMatch(change ->
                                            change.transition().detail().equals("policy changed"));
                        }
                    },
                    (i, second) -> {});
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void reloadIsARestartUnderOtherRulesOnceEverySourceHasSpokenAgain(
            @ForAll("histories") History history, @ForAll("moments") Set<Integer> changes) {
        int at = changes.iterator().next() % history.acts().size();
        try (Stand reloaded = new Stand(shipped);
                Stand restarted = new Stand(shipped)) {
            history.sayAgain(
                    reloaded,
                    history.play(reloaded, (i, second) -> change(i == at, reloaded, second, false), (i, second) -> {}));
            history.sayAgain(
                    restarted,
                    history.play(
                            restarted, (i, second) -> change(i == at, restarted, second, true), (i, second) -> {}));
            assertThat(firing(reloaded)).isEqualTo(firing(restarted));
        }
    }

    private static void change(boolean now, Stand stand, double second, boolean restart) {
        if (now && restart) {
            stand.restart(second, odd);
        } else if (now) {
            stand.reload(second, odd);
        }
    }

    private static Set<String> firing(Stand stand) {
        return stand.alerts().stream()
                .filter(alert -> alert.state() != AlertState.PENDING)
                .map(alert -> alert.key() + " " + alert.severity())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> log(Stand stand) {
        return stand.changes.stream()
                .map(change -> change.transition() + " " + change.alert().severity() + " "
                        + change.alert().level())
                .toList();
    }
}
