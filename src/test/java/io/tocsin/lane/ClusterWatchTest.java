package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Signal;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.SeriesLimit;
import io.tocsin.evaluate.SessionSettings;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Head;
import io.tocsin.model.Life;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Telemetry;
import io.tocsin.store.Restored;
import io.tocsin.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterWatchTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String HEADER =
            "package rules; import io.tocsin.model.*; import java.util.List; import static io.tocsin.model.Rules.*;\n";
    private static final Map<String, String> RULES = Map.of(
            "threshold/memory.drl",
            HEADER + """
            rule "memory is above 85 percent"
            when
                $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent > 85)
            then
                insertLogical(Finding.of("memory_usage", $u).warning("memory at " + fig($u.usagePercent()) + " %").value($u.usagePercent()).max(85).holdFor("30s"));
            end
            rule "memory is above 95 percent"
            when
                $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent > 95)
            then
                insertLogical(Finding.of("memory_usage", $u).critical("memory at " + fig($u.usagePercent()) + " %").value($u.usagePercent()).max(95).holdFor("30s"));
            end
            rule "memory alert stays until 80 percent"
            when
                $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent > 80, $n : node)
                Alert(alertType == "memory_usage", node == $n, state != AlertState.PENDING)
            then
                insertLogical(Finding.of("memory_usage", $u).warning("memory still at " + fig($u.usagePercent()) + " %").value($u.usagePercent()).max(80));
            end
            """,
            "escalation/ladder.drl",
            HEADER + """
            rule "nobody answers for 5 minutes"
            when
                $a : Alert(state == AlertState.FIRING, level == 0)
            then
                insertLogical(new Escalation($a.id(), 1, minutes(5), List.of("oncall"), "No acknowledgment after 5 minutes"));
            end
            rule "nobody answers again"
            when
                $a : Alert(state == AlertState.FIRING, level > 0)
            then
                insertLogical(new Escalation($a.id(), $a.level() + 1, minutes(15), List.of("oncall"), "Still no acknowledgment"));
            end
            """,
            "routing/log.drl",
            HEADER + RuleTexts.LOG_HEARS_ALL);

    private static RuleBook book;
    private ClusterWatch watch;
    private final List<String> told = new ArrayList<>();
    private final Map<String, Life> stored = new LinkedHashMap<>();
    private final Map<io.tocsin.model.AlertKey, Long> lives = new LinkedHashMap<>();
    private final Map<String, Transaction.SourceSeen> sources = new LinkedHashMap<>();

    @BeforeAll
    static void compile() throws Exception {
        book = RuleBook.of(RULES);
    }

    @AfterAll
    static void discard() {
        book.close();
    }

    @BeforeEach
    void begin() {
        watch = open(START);
    }

    @AfterEach
    void end() {
        watch.close();
    }

    private ClusterWatch open(Instant now) {
        return open(book, now);
    }

    private ClusterWatch open(RuleBook book, Instant now) {
        var session = new SessionSettings(
                "default", null, Duration.ofSeconds(60), Duration.ofHours(24), new SeriesLimit(1000));
        return new ClusterWatch(
                book,
                new WatchSettings(session, Set.of("log")),
                new Restored(1, List.copyOf(stored.values()), lives, List.copyOf(sources.values())),
                life -> !life.alert().ruleHash().equals(book.hash()),
                now);
    }

    private void kill(int second) {
        watch.close();
        watch = open(at(second));
        take();
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private void memory(int second, double percent) {
        Telemetry reading = new ResourceUsage(
                Head.of("default", "n1", at(second), Duration.ofSeconds(60)), ResourceType.MEMORY, percent, null, null);
        watch.put(List.of(reading), at(second));
        take();
    }

    private void pass(int second) {
        watch.advance(at(second));
        take();
    }

    private void take() {
        Step step = watch.drain();
        for (Transaction.Change change : step.transaction().changes()) {
            if (change.discarded() || !change.life().alert().open()) {
                stored.remove(change.life().alert().id());
            } else {
                stored.put(change.life().alert().id(), change.life());
            }
            if (!change.discarded() && change.life().alert().firedAt() != null) {
                lives.put(change.life().alert().key(), change.life().tracking().life());
            }
        }
        step.transaction().sources().forEach(source -> sources.put(source.name(), source));
        step.transaction().gone().forEach(sources::remove);
        step.transaction()
                .notifications()
                .forEach(n -> told.add(n.receiver() + " " + n.change() + " "
                        + n.alert().severity() + " " + n.alert().level()));
    }

    @Test
    void holdsThenFiresThenResolvesOnAFreshReading() {
        memory(0, 89.5);
        assertThat(watch.alerts())
                .singleElement()
                .satisfies(a -> assertThat(a.state()).isEqualTo(AlertState.PENDING));
        pass(29);
        assertThat(told).isEmpty();
        pass(30);
        assertThat(told).containsExactly("log FIRED WARNING 0");
        memory(40, 82);
        assertThat(told).hasSize(1);
        memory(50, 80);
        assertThat(told).containsExactly("log FIRED WARNING 0", "log RESOLVED WARNING 0");
        assertThat(watch.alerts()).isEmpty();
    }

    @Test
    void pendingAlertThatLapsesIsDiscardedAndItsNumberUsedAgain() {
        memory(0, 89.5);
        String id = watch.alerts().get(0).id();
        memory(10, 50);
        assertThat(watch.alerts()).isEmpty();
        memory(20, 90);
        assertThat(watch.alerts().get(0).id()).isEqualTo(id);
        assertThat(told).isEmpty();
    }

    @Test
    void nextLifeOfAKeyHasAnotherId() {
        memory(0, 89.5);
        pass(30);
        String id = watch.alerts().get(0).id();
        memory(40, 50);
        memory(50, 90);
        assertThat(watch.alerts().get(0).id()).isNotEqualTo(id).endsWith("-2");
    }

    @Test
    void silenceDoesNotResolveAndTheLadderRunsOn() {
        memory(0, 89.5);
        pass(30);
        pass(29 + 300);
        assertThat(watch.alerts().get(0).stale()).isTrue();
        assertThat(told).hasSize(1);
        pass(30 + 300);
        assertThat(told).containsExactly("log FIRED WARNING 0", "log ESCALATED WARNING 1");
        memory(400, 60);
        assertThat(told).endsWith("log RESOLVED WARNING 1");
    }

    @Test
    void acknowledgementStopsTheLadderAndItsEndResumesIt() {
        memory(0, 89.5);
        pass(30);
        String id = watch.alerts().get(0).id();
        CommandResult result =
                watch.acknowledge(id, new Signal.Acknowledge("ann", "on it", Duration.ofMinutes(10), false), at(60));
        take();
        assertThat(result.alert().state()).isEqualTo(AlertState.ACKNOWLEDGED);
        pass(600);
        assertThat(told).containsExactly("log FIRED WARNING 0", "log ACKNOWLEDGED WARNING 0");
        pass(660);
        pass(960);
        assertThat(told)
                .containsExactly(
                        "log FIRED WARNING 0",
                        "log ACKNOWLEDGED WARNING 0",
                        "log ACK_EXPIRED WARNING 0",
                        "log ESCALATED WARNING 1");
    }

    @Test
    void severityRisesAndFallsWithWhatIsHeld() {
        memory(0, 89.5);
        memory(20, 97);
        pass(30);
        assertThat(told).containsExactly("log FIRED WARNING 0");
        pass(50);
        assertThat(told).endsWith("log RAISED CRITICAL 0");
        memory(60, 90);
        assertThat(told).endsWith("log FELL WARNING 0");
    }

    @Test
    void resolvingByHandIsRefusedWhileAFreshReadingSupportsIt() {
        memory(0, 89.5);
        pass(30);
        String id = watch.alerts().get(0).id();
        assertThat(watch.resolve(id, "ann", at(31)).reason()).contains("memory at 89.5 %");
        pass(200);
        CommandResult result = watch.resolve(id, "ann", at(200));
        take();
        assertThat(result.alert().state()).isEqualTo(AlertState.RESOLVED);
        assertThat(watch.alerts()).isEmpty();
        assertThat(watch.session().size()).isZero();
    }

    @Test
    void nothingIsLostOrToldTwiceWhenKilledBetweenAnyTwoInstants() {
        memory(0, 89.5);
        kill(10);
        pass(30);
        assertThat(told).containsExactly("log FIRED WARNING 0");
        kill(31);
        assertThat(watch.alerts().get(0).stale()).isTrue();
        kill(40);
        pass(330);
        assertThat(told).containsExactly("log FIRED WARNING 0", "log ESCALATED WARNING 1");
        kill(331);
        memory(340, 50);
        assertThat(told).containsExactly("log FIRED WARNING 0", "log ESCALATED WARNING 1", "log RESOLVED WARNING 1");
    }

    @Test
    void stepsThatWereDueWhileNobodyRanCollapseToTheHighest() {
        memory(0, 89.5);
        pass(30);
        kill(30 + 300 + 900 * 2 + 10);
        assertThat(told).containsExactly("log FIRED WARNING 0", "log ESCALATED WARNING 3");
        assertThat(watch.alerts().get(0).level()).isEqualTo(3);
    }

    @Test
    void changeOfRulesResolvesWhatTheyNoLongerFindAndNothingElse() throws Exception {
        memory(0, 89);
        pass(30);
        Map<String, String> edited = new LinkedHashMap<>(RULES);
        edited.replaceAll((file, text) -> text.replace("usagePercent > 85", "usagePercent > 88"));
        try (RuleBook milder = RuleBook.of(edited)) {
            watch.close();
            watch = open(milder, at(40));
            take();
            assertThat(watch.alerts()).as("still above the limit").hasSize(1);
            watch.close();
        }
        edited.replaceAll((file, text) -> text.replace("usagePercent > 88", "usagePercent > 92")
                .replace("usagePercent > 80, ", "usagePercent > 90, "));
        try (RuleBook milder = RuleBook.of(edited)) {
            watch = open(milder, at(50));
            take();
            assertThat(watch.alerts()).isEmpty();
            assertThat(told.get(told.size() - 1)).contains("RESOLVED");
        }
    }

    @Test
    void oneNotificationPerChange() {
        memory(0, 89.5);
        pass(30);
        Step step = watch.drain();
        assertThat(step.isEmpty()).isTrue();
        assertThat(watch.tally().transitions(ChangeKind.FIRED)).isEqualTo(1);
    }
}
