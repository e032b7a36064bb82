package io.tocsin.store;

import static io.tocsin.store.Given.T0;
import static io.tocsin.store.Given.at;
import static io.tocsin.store.Given.change;
import static io.tocsin.store.Given.discard;
import static io.tocsin.store.Given.done;
import static io.tocsin.store.Given.life;
import static io.tocsin.store.Given.resolvedBy;
import static io.tocsin.store.Given.told;
import static io.tocsin.store.Given.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.DebugTrace;
import io.tocsin.model.Head;
import io.tocsin.model.Life;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Severity;
import io.tocsin.model.SystemState;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does. */
abstract class StoreContract {
    Store store;

    abstract Store open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void unknownClusterHasNothingAndEachClaimRaisesTheEpoch() {
        Restored first = store.claim("main");
        assertThat(first.open()).isEmpty();
        assertThat(first.lives()).isEmpty();
        assertThat(first.sources()).isEmpty();
        assertThat(store.claim("main").epoch()).isEqualTo(first.epoch() + 1);
        assertThat(store.clusters()).containsExactly("main");
    }

    @Test
    void committedAlertIsRestoredWhole() {
        long epoch = store.claim("main").epoch();
        Life firing = life("main", "n1", 1, 2, AlertState.FIRING);
        Life over = life("main", "n2", 3, 5, AlertState.RESOLVED);
        done(store.commit(Given.of("main", epoch, change(firing, ChangeKind.FIRED), change(over))));

        Restored restored = store.claim("main");
        assertThat(restored.open()).containsExactly(firing);
        assertThat(restored.lives())
                .containsOnly(
                        Map.entry(firing.alert().key(), 1L),
                        Map.entry(over.alert().key(), 3L));
        assertThat(store.life(over.alert().id())).contains(over);
        assertThat(store.life("nobody")).isEmpty();
    }

    @Test
    void whatFiredAndEndedInTheLastHourIsToldAtAClaim() {
        long epoch = store.claim("main").epoch();
        store.claim("other");
        Life old = life("main", "n1", 1, 5, AlertState.RESOLVED, at(-3601), "m");
        Life second = life("main", "n1", 3, 5, AlertState.RESOLVED, at(0), "m");
        Life first = life("main", "n1", 2, 5, AlertState.RESOLVED, at(-3600), "m");
        Life open = life("main", "n2", 1, 5, AlertState.FIRING, at(0), "m");
        done(store.commit(Given.of("main", epoch, change(old), change(first), change(second), change(open))));

        assertThat(store.claim("main").fired())
                .containsExactly(
                        new Restored.Fired(
                                first.alert().key(), "n1", first.alert().firedAt()),
                        new Restored.Fired(
                                second.alert().key(), "n1", second.alert().firedAt()));
        assertThat(store.claim("other").fired()).isEmpty();
    }

    @Test
    void whoHoldsAClusterIsTold() {
        long one = store.claim("one").epoch();
        store.claim("two");
        long two = store.claim("two").epoch();
        done(store.release("one", one));
        done(store.release("two", two - 1));
        assertThat(store.holders()).containsOnlyKeys("one", "two");
        assertThat(store.holders().get("one")).isEqualTo(new Held(null, one));
        assertThat(store.holders().get("two").place()).isNotNull();
        assertThat(store.holders().get("two").epoch()).isEqualTo(two);
        assertThat(store.claim("one").epoch()).isEqualTo(one + 1);
        assertThat(store.holders().get("one").place()).isNotNull();
    }

    @Test
    void transactionOfAnOlderEpochIsFenced() {
        long old = store.claim("main").epoch();
        store.claim("main");
        Life firing = life("main", "n1", 1, 1, AlertState.FIRING);
        assertThatThrownBy(() -> done(store.commit(Given.of("main", old, change(firing)))))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("main");
        assertThat(store.life(firing.alert().id())).isEmpty();
        assertThatThrownBy(() -> done(store.commit(Given.of("never claimed", 1))))
                .isInstanceOf(FencedException.class);
    }

    @Test
    void fencedClusterDoesNotHoldUpAnother() {
        long old = store.claim("one").epoch();
        store.claim("one");
        long other = store.claim("two").epoch();
        Life firing = life("two", "n1", 1, 1, AlertState.FIRING);
        var fenced = store.commit(Given.of("one", old, change(life("one", "n1", 1, 1, AlertState.FIRING))));
        done(store.commit(Given.of("two", other, change(firing))));
        assertThatThrownBy(() -> done(fenced)).isInstanceOf(FencedException.class);
        assertThat(store.life(firing.alert().id())).contains(firing);
    }

    @Test
    void olderRevisionNeverOverwritesANewerOne() {
        long epoch = store.claim("main").epoch();
        Life newer = life("main", "n1", 1, 7, AlertState.ACKNOWLEDGED);
        done(store.commit(Given.of("main", epoch, change(newer))));
        done(store.commit(Given.of("main", epoch, change(life("main", "n1", 1, 6, AlertState.FIRING)))));
        assertThat(store.life(newer.alert().id())).contains(newer);
    }

    @Test
    void sameTransactionTwiceChangesNothing() {
        long epoch = store.claim("main").epoch();
        Life firing = life("main", "n1", 1, 2, AlertState.FIRING);
        Transaction transaction = Given.of(
                "main",
                epoch,
                List.of(change(firing, ChangeKind.FIRED, ChangeKind.ESCALATED)),
                List.of(told(firing, "slack", ChangeKind.FIRED, true, T0)));
        store.commit(transaction);
        done(store.commit(transaction));
        done(store.commit(transaction));
        assertThat(store.transitions(firing.alert().id()))
                .extracting(Transition::kind)
                .containsExactly(ChangeKind.FIRED, ChangeKind.ESCALATED);
        assertThat(store.notifications(firing.alert().id())).hasSize(1);
        assertThat(store.backlog("slack")).isEqualTo(1);
    }

    @Test
    void transitionsComeBackAsTheyWereInOrder() {
        long epoch = store.claim("main").epoch();
        Life first = life("main", "n1", 1, 1, AlertState.PENDING);
        Life second = life("main", "n1", 1, 2, AlertState.FIRING);
        Transition escalated = new Transition(
                second.alert().id(),
                2,
                ChangeKind.ESCALATED,
                at(9),
                io.tocsin.model.Cause.DEADLINE,
                "level 1",
                "ann",
                List.of("oncall", "a\\b", "x\ny"));
        store.commit(Given.of("main", epoch, change(first, ChangeKind.PENDING)));
        done(store.commit(Given.of("main", epoch, new Transaction.Change(second, List.of(escalated), false))));
        assertThat(store.transitions(first.alert().id()))
                .containsExactly(Given.transition(first, ChangeKind.PENDING), escalated);
    }

    @Test
    void lapsedAlertGoesAndItsNumberIsUsedAgain() {
        long epoch = store.claim("main").epoch();
        Life pending = life("main", "n1", 1, 1, AlertState.PENDING);
        done(store.commit(Given.of("main", epoch, change(pending, ChangeKind.PENDING))));
        done(store.commit(Given.of("main", epoch, discard(life("main", "n1", 1, 2, AlertState.PENDING)))));
        assertThat(store.life(pending.alert().id())).isEmpty();
        assertThat(store.transitions(pending.alert().id())).isEmpty();
        assertThat(store.claim("main").lives()).isEmpty();
    }

    @Test
    void lapseAndNextLifeInOneGroupLeaveTheNextLife() {
        long epoch = store.claim("main").epoch();
        Life again = life("main", "n1", 1, 1, AlertState.PENDING, at(60), "again");
        store.commit(Given.of("main", epoch, change(life("main", "n1", 1, 1, AlertState.PENDING), ChangeKind.PENDING)));
        store.commit(Given.of("main", epoch, discard(life("main", "n1", 1, 2, AlertState.PENDING))));
        done(store.commit(Given.of("main", epoch, change(again, ChangeKind.PENDING))));
        assertThat(store.life(again.alert().id())).contains(again);
        assertThat(store.transitions(again.alert().id())).containsExactly(Given.transition(again, ChangeKind.PENDING));
    }

    @Test
    void lapseAndNextLifeInOneTransactionLeaveTheNextLife() {
        long epoch = store.claim("main").epoch();
        Life lapsed = life("main", "n1", 1, 1, AlertState.PENDING);
        done(store.commit(Given.of("main", epoch, change(lapsed, ChangeKind.PENDING))));
        Life again = life("main", "n1", 1, 4, AlertState.FIRING, at(60), "again");
        List<Transition> transitions = List.of(
                Given.transition(life("main", "n1", 1, 3, AlertState.PENDING, at(60), "again"), ChangeKind.PENDING),
                Given.transition(again, ChangeKind.FIRED));
        Transaction both = Given.of(
                "main",
                epoch,
                List.of(
                        discard(life("main", "n1", 1, 2, AlertState.PENDING)),
                        new Transaction.Change(again, transitions, false)),
                List.of(told(again, "slack", ChangeKind.FIRED, true, T0)));
        done(store.commit(both));
        done(store.commit(both));
        assertThat(store.life(again.alert().id())).contains(again);
        assertThat(store.transitions(again.alert().id())).containsAll(transitions);
        assertThat(store.notifications(again.alert().id())).hasSize(1);
        Restored restored = store.claim("main");
        assertThat(restored.open()).containsExactly(again);
        assertThat(restored.lives()).containsOnly(Map.entry(again.alert().key(), 1L));
    }

    @Test
    void lateDiscardInTheGroupOfTheAlertThatFiredDoesNotTouchIt() {
        long epoch = store.claim("main").epoch();
        Life firing = life("main", "n1", 1, 3, AlertState.FIRING);
        store.commit(Given.of(
                "main",
                epoch,
                change(firing, ChangeKind.FIRED),
                discard(life("main", "n1", 1, 2, AlertState.PENDING))));
        done(store.commit(Given.of("main", epoch)));
        assertThat(store.life(firing.alert().id())).contains(firing);
        assertThat(store.transitions(firing.alert().id())).hasSize(1);
    }

    @Test
    void nextLifeUnderTheIdOfALapsedOneReplacesItThoughItsRevisionIsLower() {
        long epoch = store.claim("main").epoch();
        done(store.commit(Given.of("main", epoch, change(life("main", "n1", 1, 3, AlertState.PENDING)))));
        Life again = life("main", "n1", 1, 1, AlertState.PENDING, at(60), "again");
        done(store.commit(Given.of("main", epoch, change(again))));
        assertThat(store.life(again.alert().id())).contains(again);
    }

    @Test
    void lateDiscardDoesNotTouchAnAlertThatFired() {
        long epoch = store.claim("main").epoch();
        Life firing = life("main", "n1", 1, 3, AlertState.FIRING);
        done(store.commit(Given.of("main", epoch, change(firing))));
        done(store.commit(Given.of("main", epoch, discard(life("main", "n1", 1, 2, AlertState.PENDING)))));
        assertThat(store.life(firing.alert().id())).contains(firing);
    }

    @Test
    void livesOutliveTheirAlerts() {
        long epoch = store.claim("main").epoch();
        Life over = life("main", "n1", 4, 9, AlertState.RESOLVED);
        done(store.commit(Given.of(
                "main",
                epoch,
                List.of(change(over, ChangeKind.RESOLVED)),
                List.of(told(over, "log", ChangeKind.RESOLVED, false, T0)))));
        assertThat(store.purge(at(150).plus(Duration.ofDays(90)))).isZero();
        assertThat(store.purge(at(151).plus(Duration.ofDays(90)))).isEqualTo(3);
        assertThat(store.life(over.alert().id())).isEmpty();
        assertThat(store.backlog("log")).isZero();
        assertThat(store.claim("main").lives())
                .containsOnly(Map.entry(over.alert().key(), 4L));
    }

    @Test
    void openAlertsAreNeverPurged() {
        long epoch = store.claim("main").epoch();
        Life firing = life("main", "n1", 1, 2, AlertState.FIRING);
        done(store.commit(Given.of("main", epoch, change(firing))));
        assertThat(store.purge(at(0).plus(Duration.ofDays(4000)))).isZero();
        assertThat(store.claim("main").open()).containsExactly(firing);
    }

    @Test
    void sourcesAreKeptUntilTheyAreForgotten() {
        long epoch = store.claim("main").epoch();
        var node = new Transaction.SourceSeen("n1", null, T0, false, 15_000);
        var check = new Transaction.SourceSeen("n1", "ping", T0, false, 30_000);
        var silent = new Transaction.SourceSeen("n1", null, at(60), true, 15_000);
        done(store.commit(Given.seen("main", epoch, List.of(node, check), List.of())));
        done(store.commit(Given.seen("main", epoch, List.of(silent), List.of("n1/ping"))));
        assertThat(store.claim("main").sources()).containsExactly(silent);
    }

    @Test
    void sourcesOfOneClusterAreNotThoseOfAnother() {
        long one = store.claim("one").epoch();
        long two = store.claim("two").epoch();
        var node = new Transaction.SourceSeen("n1", null, T0, false, 15_000);
        store.commit(Given.seen("one", one, List.of(node), List.of()));
        done(store.commit(Given.seen("two", two, List.of(node), List.of())));
        done(store.commit(Given.seen("one", one, List.of(), List.of("n1"))));
        assertThat(store.claim("one").sources()).isEmpty();
        assertThat(store.claim("two").sources()).containsExactly(node);
    }

    @Test
    void pagesComeNewestFirstAndEachAlertOnce() {
        long epoch = store.claim("main").epoch();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            Life one = life("main", "n" + i, 1, 1, AlertState.FIRING, at(i / 2), "m");
            ids.add(one.alert().id());
            store.commit(Given.of("main", epoch, change(one)));
        }
        done(store.commit(Given.of("main", epoch)));
        List<Instant> began = new ArrayList<>();
        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            History.Page page = store.alerts(query(Set.of(), Set.of(), null, null, null, cursor, 10));
            page.alerts().forEach(alert -> {
                began.add(alert.since());
                found.add(alert.id());
            });
            cursor = page.next();
        } while (cursor != null);
        assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(began).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void alertsAreFoundByWhatTheyAre() {
        long epoch = store.claim("main").epoch();
        long other = store.claim("other").epoch();
        Life firing = life("main", "n1", 1, 1, AlertState.FIRING);
        Life over = life("main", "n2", 1, 1, AlertState.RESOLVED);
        Life elsewhere = life("other", "n1", 1, 1, AlertState.FIRING);
        store.commit(Given.of("main", epoch, change(firing), change(over)));
        done(store.commit(Given.of("other", other, change(elsewhere))));
        assertThat(store.alerts(query(Set.of(AlertState.FIRING), null, "main", null, null, null, 10))
                        .alerts())
                .containsExactly(firing.alert());
        assertThat(store.alerts(query(Set.of(AlertState.FIRING, AlertState.RESOLVED), null, null, "n2", null, null, 10))
                        .alerts())
                .containsExactly(over.alert());
        assertThat(store.alerts(query(null, Set.of(Severity.CRITICAL), null, null, null, null, 10))
                        .alerts())
                .isEmpty();
        assertThat(store.alerts(query(null, Set.of(Severity.WARNING), null, null, "memory_usage", null, 10))
                        .alerts())
                .hasSize(3);
    }

    @Test
    void strangeCursorAndLimitAreRefused() {
        for (String cursor : List.of("", "!", "bm9uZQ", "eDp5", "ä")) {
            assertThatThrownBy(() -> store.alerts(query(null, null, null, null, null, cursor, 10)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("cursor:");
        }
        for (int limit : new int[] {-1, 0, 1001}) {
            assertThatThrownBy(() -> store.alerts(query(null, null, null, null, null, null, limit)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("limit: found " + limit + ", allowed is 1 to 1000");
        }
    }

    private static History.Query query(
            Set<AlertState> states,
            Set<Severity> severities,
            String cluster,
            String node,
            String type,
            String cursor,
            int limit) {
        return new History.Query(states, severities, cluster, node, type, cursor, limit);
    }

    @Test
    void rulesAreKeptPerRuleSet() {
        RuleInfo rule = new RuleInfo(new RuleRef("memory is high", "threshold/memory.drl", 7), "threshold", "", "rule");
        store.saveRules("h1", List.of(rule));
        store.saveRules("h1", List.of(rule));
        assertThat(store.rule("h1", "memory is high")).contains(rule);
        assertThat(store.rule("h2", "memory is high")).isEmpty();
        assertThat(store.rule("h1", "other")).isEmpty();
    }

    @Test
    void diagnosticsComeNewestFirstAndGoAfterTwoWeeks() {
        long epoch = store.claim("main").epoch();
        List<Telemetry> traces = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            traces.add(new DebugTrace(Head.of("main", "n1", at(i), Duration.ZERO), "db", "slow", Map.of()));
        }
        done(store.commit(Given.diagnosed("main", epoch, traces)));
        assertThat(store.diagnostics("main", DebugTrace.TYPE, 2)).containsExactly(traces.get(4), traces.get(3));
        assertThat(store.diagnostics(null, null, 9)).hasSize(5);
        assertThat(store.diagnostics("main", "system_state", 9)).isEmpty();
        assertThat(store.diagnostics("other", DebugTrace.TYPE, 9)).isEmpty();
        assertThat(store.purge(at(3).plus(Duration.ofDays(14)))).isEqualTo(3);
        assertThat(store.diagnostics("main", DebugTrace.TYPE, 9)).hasSize(2);
    }

    @Test
    void diagnosticsAreFoundByWhatTheyAreAboutPageByPage() {
        long epoch = store.claim("main").epoch();
        List<Telemetry> states = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Head head = Head.of("main", "n" + i % 2, at(0), Duration.ZERO)
                    .labelled(i == 3 ? Map.of(Diagnostics.ALERT_LABEL, "a-1") : Map.of());
            states.add(new SystemState(head, "s" + i, Map.of()));
        }
        done(store.commit(Given.diagnosed("main", epoch, states)));
        List<Telemetry> paged = new ArrayList<>();
        String cursor = null;
        do {
            Diagnostics.Page page = store.diagnostics(new Diagnostics.Query(null, null, null, null, cursor, 2));
            page.diagnostics().forEach(one -> {
                paged.add(one.telemetry());
                assertThat(store.diagnostic(one.id())).contains(one);
            });
            cursor = page.next();
        } while (cursor != null);
        List<Telemetry> newest = new ArrayList<>(states);
        java.util.Collections.reverse(newest);
        assertThat(paged).isEqualTo(newest);

        var captured = store.diagnostics(new Diagnostics.Query(null, null, null, "a-1", null, 9));
        assertThat(captured.diagnostics())
                .extracting(Diagnostics.Kept::telemetry)
                .containsExactly(states.get(3));
        var ofNode = store.diagnostics(new Diagnostics.Query("main", "system_state", "n1", null, null, 9));
        assertThat(ofNode.diagnostics()).hasSize(2);
        assertThat(store.diagnostic("none")).isEmpty();
        assertThatThrownBy(() -> store.diagnostics(new Diagnostics.Query(null, null, null, null, "made up", 9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cursor:");
    }

    @Test
    void alertsAreSearchedWhateverTheCaseOfTheirText() {
        long epoch = store.claim("main").epoch();
        Life disk = life("main", "n1/Data", 1, 1, AlertState.FIRING, at(0), "disk 50%_full \"now\" on Größe");
        Life memory = life("main", "n2", 1, 1, AlertState.FIRING, at(1), "memory at 90 %");
        done(store.commit(Given.of("main", epoch, change(disk), change(memory))));
        for (String text : List.of("DISK", "n1/data", "50%_", "\"NOW\"", "GRÖSSE".replace("SS", "ß"), "größe")) {
            assertThat(found(text)).as(text).containsExactly(disk.alert());
        }
        assertThat(found("memory_usage")).containsExactly(memory.alert(), disk.alert());
        assertThat(found("90 %")).containsExactly(memory.alert());
        assertThat(found("5__full")).isEmpty();
        assertThat(found("ticket")).isEmpty();
    }

    private List<Alert> found(String text) {
        return store.alerts(new History.Query(null, null, null, null, null, null, text, null, 10))
                .alerts();
    }

    @Test
    void aSearchGoesOnFromPageToPage() {
        long epoch = store.claim("main").epoch();
        List<Transaction.Change> changes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String message = i % 3 == 0 ? "ä wanted" : "other";
            changes.add(change(life("main", "n" + i, 1, 1, AlertState.FIRING, at(i), message)));
        }
        done(store.commit(Given.of("main", epoch, changes, List.of())));
        List<String> subjects = new ArrayList<>();
        String cursor = null;
        do {
            History.Page page =
                    store.alerts(new History.Query(null, null, null, null, null, null, "Ä wanted", cursor, 4));
            page.alerts().forEach(alert -> subjects.add(alert.subject()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(subjects).containsExactly("n27", "n24", "n21", "n18", "n15", "n12", "n9", "n6", "n3", "n0");
    }

    @Test
    void livesOfOneKeyAreFoundByIt() {
        long epoch = store.claim("a/b").epoch();
        Life first = life("a/b", "n1/c", 1, 1, AlertState.RESOLVED);
        Life second = life("a/b", "n1/c", 2, 1, AlertState.FIRING, at(5), "again");
        Life other = life("a/b", "n1", 1, 1, AlertState.FIRING);
        done(store.commit(Given.of("a/b", epoch, change(first), change(second), change(other))));
        assertThat(ofKey("a/b/memory_usage/n1/c")).containsExactly(second.alert(), first.alert());
        assertThat(ofKey("a/b/memory_usage/n1")).containsExactly(other.alert());
        assertThat(ofKey("a/b/memory_usage")).isEmpty();
        assertThat(ofKey("nonsense")).isEmpty();
    }

    private List<Alert> ofKey(String key) {
        return store.alerts(new History.Query(null, null, null, null, null, key, null, null, 10))
                .alerts();
    }

    @Test
    void figuresAreToldByRuleSeverityAndNode() {
        long epoch = store.claim("main").epoch();
        done(store.commit(Given.of(
                "main",
                epoch,
                change(under(life("main", "n1", 1, 1, AlertState.RESOLVED), "warning")),
                change(under(life("main", "n1", 2, 1, AlertState.ACKNOWLEDGED), "warning", "critical")),
                change(under(life("main", "n2", 1, 1, AlertState.FIRING), "warning")))));
        History.Stats stats = store.stats(T0);
        assertThat(stats.all()).isEqualTo(new Figures(3, 1, 60.0, 120.0));
        assertThat(stats.rules())
                .containsOnly(
                        Map.entry("warning", new Figures(3, 1, 60.0, 120.0)),
                        Map.entry("critical", new Figures(1, 0, 60.0, null)));
        assertThat(stats.severities()).containsOnly(Map.entry("warning", new Figures(3, 1, 60.0, 120.0)));
        assertThat(stats.nodes())
                .containsOnly(
                        Map.entry("n1", new Figures(2, 1, 60.0, 120.0)),
                        Map.entry("n2", new Figures(1, 0, null, null)));
        assertThat(store.resolvedSince(at(150))).isEqualTo(1);
        assertThat(store.resolvedSince(at(151))).isZero();
        assertThat(store.stats(at(1)).all()).isEqualTo(new Figures(0, 0, null, null));
    }

    @Test
    void statsCountWhatFiredSince() {
        long epoch = store.claim("main").epoch();
        Life early = life("main", "n0", 1, 1, AlertState.FIRING, at(-10), "m");
        Life firing = life("main", "n1", 1, 1, AlertState.FIRING);
        Life answered = life("main", "n2", 1, 1, AlertState.ACKNOWLEDGED);
        Life over = life("main", "n2", 1, 2, AlertState.RESOLVED);
        Life pending = life("main", "n3", 1, 1, AlertState.PENDING);
        store.commit(Given.of(
                "main",
                epoch,
                List.of(change(early), change(firing), change(answered), change(pending)),
                List.of(
                        told(early, "slack", ChangeKind.FIRED, true, T0),
                        told(firing, "slack", ChangeKind.FIRED, true, T0))));
        done(store.commit(Given.of("main", epoch)));
        // the resolved document no longer carries the answer
        done(store.commit(Given.of("main", epoch, change(over))));
        History.Stats stats = store.stats(T0);
        assertThat(stats.fired()).isEqualTo(2);
        assertThat(stats.meanAckSeconds()).isCloseTo(60, within(1e-6));
        assertThat(stats.meanResolveSeconds()).isCloseTo(120, within(1e-6));
        assertThat(stats.byType()).containsOnly(Map.entry("memory_usage", 2L));
        assertThat(stats.bySeverity()).containsOnly(Map.entry("warning", 2L));
        assertThat(stats.byReceiver()).containsOnly(Map.entry("slack", Map.of("pending", 1L)));
        assertThat(store.stats(at(1)).meanAckSeconds()).isNull();
    }

    @Test
    void statsCountByTheRulesUnderAnAlertWhenItFired() {
        long epoch = store.claim("main").epoch();
        Life pending = under(life("main", "n0", 1, 1, AlertState.PENDING), "never fired");
        Life warning = under(life("main", "n1", 1, 1, AlertState.PENDING), "too soon");
        Life both = under(life("main", "n2", 1, 1, AlertState.FIRING), "warning", "critical");
        done(store.commit(Given.of("main", epoch, change(pending), change(warning), change(both))));
        done(store.commit(Given.of(
                "main", epoch, change(under(life("main", "n1", 1, 2, AlertState.FIRING), "warning")))));
        // later another rule keeps it open, which did not fire it
        done(store.commit(Given.of(
                "main", epoch, change(under(life("main", "n1", 1, 3, AlertState.RESOLVED), "hysteresis")))));
        assertThat(store.stats(T0).byRule()).containsOnly(Map.entry("warning", 2L), Map.entry("critical", 1L));
        assertThat(store.stats(at(1)).byRule()).isEmpty();
    }

    @Test
    void whatSomebodyResolvedStaysMutedUntilItIsClear() {
        long epoch = store.claim("main").epoch();
        Life muted = resolvedBy(life("main", "n1", 1, 3, AlertState.RESOLVED), "ann");
        Life normal = life("main", "n2", 1, 3, AlertState.RESOLVED);
        done(store.commit(Given.of("main", epoch, change(muted), change(normal))));
        store.claim("other");
        assertThat(store.claim("other").muted()).isEmpty();
        Restored restored = store.claim("main");
        assertThat(restored.muted()).containsExactly(muted);
        assertThat(restored.open()).isEmpty();
        done(store.commit(Given.of("main", restored.epoch(), change(muted.clear(at(500))))));
        assertThat(store.claim("main").muted()).isEmpty();
        assertThat(store.life(muted.alert().id())).contains(muted.clear(at(500)));
    }

    @Test
    void stagesCompleteInTheOrderOfTheCalls() {
        long epoch = store.claim("main").epoch();
        List<Integer> completed = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Integer> asked = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            int number = i;
            asked.add(i);
            store.commit(Given.of("main", epoch, change(life("main", "n" + i % 7, 1, i, AlertState.FIRING))))
                    .thenRun(() -> completed.add(number));
        }
        done(store.commit(Given.of("main", epoch)));
        assertThat(completed).isEqualTo(asked);
    }

    @Test
    void closedStoreRefusesCommits() {
        long epoch = store.claim("main").epoch();
        store.close();
        assertThatThrownBy(() -> done(store.commit(Given.of("main", epoch))))
                .isInstanceOf(StoreException.class)
                .hasMessage("the store is closed");
    }

    private static AuditLog.Entry action(String id, Instant at, String actor, String action) {
        return new AuditLog.Entry(id, at, actor, actor != null, action, null, "ok", null, "127.0.0.1", "r" + id, "m1");
    }

    private List<String> actions(String actor, String action, Instant since) {
        return store.entries(new AuditLog.Wanted(actor, action, since, null, 100)).entries().stream()
                .map(AuditLog.Entry::id)
                .toList();
    }

    @Test
    void whatWasDoneIsKeptNewestFirstAndFoundByWhoWhatAndWhen() {
        AuditLog.Entry full = new AuditLog.Entry(
                "d", at(3), "ann\u0000", true, "ack", "0123-1", "refused", "it is over", "bus", "r1", "m1");
        done(store.append(action("a", at(1), "ann", "login")));
        done(store.append(action("c", at(2), null, "login")));
        done(store.append(action("b", at(2), "bob", "login")));
        done(store.append(full));

        assertThat(actions(null, null, null)).containsExactly("d", "c", "b", "a");
        assertThat(actions("bob", null, null)).containsExactly("b");
        assertThat(actions(null, "login", at(2))).containsExactly("c", "b");
        AuditLog.Entry found = store.entries(new AuditLog.Wanted(null, "ack", null, null, 1))
                .entries()
                .get(0);
        assertThat(found.at()).isEqualTo(at(3));
        assertThat(List.of(found.target(), found.outcome(), found.detail(), found.client(), found.request()))
                .containsExactly("0123-1", "refused", "it is over", "bus", "r1");
        assertThat(found.verified()).isTrue();
    }

    @Test
    void whatWasDoneIsNeverChanged() {
        done(store.append(action("a", at(1), "ann", "login")));
        done(store.append(action("a", at(1), "bob", "logout")));

        assertThat(actions("ann", "login", null)).containsExactly("a");
        assertThat(actions("bob", null, null)).isEmpty();
    }

    @Test
    void pagesOfWhatWasDoneFollowOneAnother() {
        for (int i = 0; i < 5; i++) {
            done(store.append(action("a" + i, at(i / 2), "ann", "login")));
        }
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            AuditLog.Entries page = store.entries(new AuditLog.Wanted(null, null, null, cursor, 2));
            page.entries().forEach(one -> seen.add(one.id()));
            cursor = page.next();
        } while (cursor != null);

        assertThat(seen).containsExactly("a4", "a3", "a2", "a1", "a0");
        assertThatThrownBy(() -> store.entries(new AuditLog.Wanted(null, null, null, "?", 2)))
                .hasMessageContaining("cursor:");
        assertThatThrownBy(() -> store.entries(new AuditLog.Wanted(null, null, null, null, 0)))
                .hasMessageContaining("limit:");
    }

    @Test
    void whatWasDoneIsKeptForFourHundredDays() {
        done(store.append(action("a", at(0), "ann", "login")));
        done(store.append(action("b", at(1), "ann", "login")));

        assertThat(store.purge(at(0).plus(Duration.ofDays(400)))).isZero();
        assertThat(store.purge(at(1).plus(Duration.ofDays(400)))).isEqualTo(1);
        assertThat(actions(null, null, null)).containsExactly("b");
    }
}
