package io.tocsin.alert;

import static io.tocsin.alert.Lives.KEY;
import static io.tocsin.alert.Lives.NOW;
import static io.tocsin.alert.Lives.RULES_THEN;
import static io.tocsin.alert.Lives.acknowledged;
import static io.tocsin.alert.Lives.firing;
import static io.tocsin.alert.Lives.pending;
import static io.tocsin.alert.Lives.resolved;
import static io.tocsin.alert.Lives.standing;
import static io.tocsin.model.AlertState.ACKNOWLEDGED;
import static io.tocsin.model.AlertState.FIRING;
import static io.tocsin.model.AlertState.PENDING;
import static io.tocsin.model.AlertState.RESOLVED;
import static io.tocsin.model.Severity.CRITICAL;
import static io.tocsin.model.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.Because;
import io.tocsin.model.Cause;
import io.tocsin.model.Escalation;
import io.tocsin.model.Life;
import io.tocsin.model.Severity;
import io.tocsin.model.Standing;
import io.tocsin.model.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of the lifecycle, row by row: given an alert and a signal, this alert and these changes. */
class LifecycleTest {
    private static final Lifecycle LIFECYCLE = new Lifecycle("hash2");
    private static final List<Standing> NONE = List.of();
    private static final List<Standing> WARN = List.of(standing("r", WARNING, "0s"));
    private static final List<Because> LOST =
            List.of(standing("r", WARNING, "0s").because().lost(NOW, List.of()));
    private static final List<Standing> CRIT = List.of(standing("r2", CRITICAL, "0s"));
    private static final List<Standing> BOTH = List.of(standing("r", WARNING, "0s"), standing("r2", CRITICAL, "0s"));

    private static Signal.Findings says(List<Standing> standing, Cause cause, Boolean fresh) {
        return new Signal.Findings(standing, List.of(), cause, fresh, false, null);
    }

    private static Signal.Findings reading(List<Standing> standing) {
        return says(standing, Cause.READING, standing.isEmpty() ? null : true);
    }

    private static Signal.Findings edited() {
        return says(NONE, Cause.RULES, null);
    }

    private static Signal.Findings lost(Cause cause) {
        return new Signal.Findings(NONE, LOST, cause, null, false, null);
    }

    private static Signal.Findings noNews() {
        return new Signal.Findings(NONE, LOST, Cause.DEADLINE, null, true, null);
    }

    private static Signal ack(String lasts) {
        Duration time = lasts == null ? null : io.tocsin.model.Text.duration(lasts);
        return new Signal.Acknowledge("ann", "on it", time, false);
    }

    private static Signal escalate(String... to) {
        return new Signal.Escalate(
                List.of(new Escalation(KEY.id(1), 1, Duration.ofMinutes(5), List.of(to), "nobody answers")));
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                arguments("hold is over", pending(30), reading(WARN), FIRING, "FIRED"),
                arguments(
                        "hold is not over", pending(10), reading(List.of(standing("r", WARNING, "30s"))), PENDING, ""),
                arguments("pending, none stands, on evidence", pending(10), reading(NONE), RESOLVED, "LAPSED"),
                arguments("pending, none stands after a change of rules", pending(10), edited(), RESOLVED, "LAPSED"),
                arguments("pending, none stands, by loss", pending(10), lost(Cause.EXPIRY), PENDING, "STALE"),
                arguments("pending, no news", pending(10), noNews(), RESOLVED, "LAPSED"),
                arguments("next level is due", firing(), escalate("oncall"), FIRING, "ESCALATED"),
                arguments("somebody answers", firing(), ack(null), ACKNOWLEDGED, "ACKNOWLEDGED"),
                arguments("somebody answers again", acknowledged(null), ack("1h"), ACKNOWLEDGED, ""),
                arguments(
                        "next level is due, but somebody answered",
                        acknowledged(null),
                        escalate("x"),
                        ACKNOWLEDGED,
                        ""),
                arguments("answer has no end", acknowledged(null), new Signal.AckExpired(), ACKNOWLEDGED, ""),
                arguments("answer is good still", acknowledged("10m"), new Signal.AckExpired(), ACKNOWLEDGED, ""),
                arguments("answer's time is over", acknowledged("0s"), new Signal.AckExpired(), FIRING, "ACK_EXPIRED"),
                arguments("no answer to run out", firing(), new Signal.AckExpired(), FIRING, ""),
                arguments("severity rises", firing(), reading(BOTH), FIRING, "RAISED"),
                arguments("severity rises after an answer", acknowledged(null), reading(CRIT), FIRING, "RAISED"),
                arguments("severity falls", Lives.with(firing(), CRITICAL), reading(WARN), FIRING, "FELL"),
                arguments(
                        "severity would fall, but nobody knows",
                        Lives.with(firing(), CRITICAL),
                        new Signal.Findings(
                                WARN,
                                List.of(CRIT.get(0).because().lost(NOW, List.of())),
                                Cause.EXPIRY,
                                true,
                                false,
                                null),
                        FIRING,
                        ""),
                arguments(
                        "worse is over, nobody knows of the rest",
                        Lives.stale(Lives.with(firing(), CRITICAL)),
                        lost(Cause.READING),
                        FIRING,
                        "FELL"),
                arguments(
                        "severity falls after an answer",
                        Lives.with(acknowledged(null), CRITICAL),
                        reading(WARN),
                        ACKNOWLEDGED,
                        "FELL"),
                arguments("the same stands", firing(), reading(WARN), FIRING, ""),
                arguments("firing, none stands, on evidence", firing(), reading(NONE), RESOLVED, "RESOLVED"),
                arguments(
                        "acknowledged, none stands, on evidence",
                        acknowledged(null),
                        reading(NONE),
                        RESOLVED,
                        "RESOLVED"),
                arguments("firing, none stands after a change of rules", firing(), edited(), RESOLVED, "RESOLVED"),
                arguments("acknowledged, the same", acknowledged("1h"), edited(), RESOLVED, "RESOLVED"),
                arguments("none stands by ttl", firing(), lost(Cause.EXPIRY), FIRING, "STALE"),
                arguments(
                        "none stands after a restore", acknowledged(null), lost(Cause.RESTORE), ACKNOWLEDGED, "STALE"),
                arguments("none stands at a deadline", firing(), lost(Cause.DEADLINE), FIRING, "STALE"),
                arguments("none stands after a command elsewhere", firing(), lost(Cause.COMMAND), FIRING, "STALE"),
                arguments("stale already", Lives.stale(firing()), lost(Cause.EXPIRY), FIRING, ""),
                arguments("stands on nothing fresh", firing(), says(WARN, Cause.EXPIRY, false), FIRING, "STALE"),
                arguments("stands on fresh readings again", Lives.stale(firing()), reading(WARN), FIRING, "FRESH"),
                arguments("no news", firing(), noNews(), RESOLVED, "RESOLVED"),
                arguments("acknowledged, no news", acknowledged(null), noNews(), RESOLVED, "RESOLVED"),
                arguments("somebody resolves it", firing(), new Signal.Resolve("ann", null), RESOLVED, "RESOLVED"),
                arguments(
                        "somebody resolves it after an answer",
                        acknowledged("1h"),
                        new Signal.Resolve("ann", null),
                        RESOLVED,
                        "RESOLVED"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void becomes(String row, Life given, Signal signal, AlertState state, String kinds) {
        Decision decision = LIFECYCLE.decide(given, signal, NOW);
        if (kinds.isEmpty()) {
            assertThat(Lives.transitions(decision)).isEmpty();
            assertThat(Lives.after(decision, given).alert().state()).isEqualTo(state);
            assertThat(Lives.after(decision, given).alert().revision())
                    .isEqualTo(given.alert().revision());
            return;
        }
        Decision.Changed changed = (Decision.Changed) decision;
        Alert alert = changed.life().alert();
        assertThat(alert.state()).isEqualTo(state);
        assertThat(changed.transitions().stream().map(t -> t.kind().name())).containsExactly(kinds);
        assertThat(changed.discarded()).isEqualTo(kinds.equals("LAPSED"));
        Transition transition = changed.transitions().get(0);
        assertThat(transition.alertId())
                .isEqualTo(alert.id())
                .isEqualTo(given.alert().id());
        assertThat(transition.at()).isEqualTo(NOW).isEqualTo(alert.updatedAt());
        assertThat(transition.revision()).isEqualTo(alert.revision());
        assertThat(alert.revision()).isEqualTo(given.alert().revision() + 1);
        assertThat(alert.ruleHash())
                .as("the rules that its reasons are from")
                .isEqualTo(
                        signal instanceof Signal.Findings findings
                                        && !findings.standing().isEmpty()
                                ? "hash2"
                                : RULES_THEN);
        assertThat(alert.resolution() != null).isEqualTo(state == RESOLVED);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(
                        "answer before anybody was told",
                        pending(0),
                        ack(null),
                        "is pending: nobody was told of it yet"),
                arguments(
                        "resolve before anybody was told",
                        pending(0),
                        new Signal.Resolve("ann", null),
                        "is pending: nobody was told of it yet"),
                arguments(
                        "resolve against a fresh reading",
                        firing(),
                        new Signal.Resolve("ann", "memory at 90 %"),
                        "still holds: memory at 90 %"),
                arguments(
                        "the same after an answer",
                        acknowledged(null),
                        new Signal.Resolve("ann", "x"),
                        "still holds: x"),
                arguments("answer what is over", resolved(), ack(null), "is resolved: back to normal"),
                arguments(
                        "resolve what is over",
                        resolved(),
                        new Signal.Resolve("ann", null),
                        "is resolved: back to normal"),
                arguments("escalate what is over", resolved(), escalate("x"), "is resolved: back to normal"),
                arguments("find what is over", resolved(), reading(WARN), "is resolved: back to normal"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refuses(String row, Life given, Signal signal, String reason) {
        assertThat(LIFECYCLE.decide(given, signal, NOW))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains(given.alert().id())
                                .contains(reason));
    }

    @Test
    void findingWithoutHoldFiresAtOnceAndOneWithHoldWaits() {
        Decision.Changed fired = (Decision.Changed)
                LIFECYCLE.open(KEY, new Lifecycle.Begin(3, 0), reading(List.of(standing("r", WARNING, "0s"))), NOW);
        assertThat(fired.life().alert().state()).isEqualTo(FIRING);
        assertThat(fired.life().alert().id()).isEqualTo(KEY.id(3)).endsWith("-3");
        assertThat(fired.life().alert().firedAt()).isEqualTo(NOW);
        assertThat(fired.life().alert().revision()).isEqualTo(1);
        Decision.Changed waits = (Decision.Changed)
                LIFECYCLE.open(KEY, new Lifecycle.Begin(1, 0), reading(List.of(standing("r", WARNING, "30s"))), NOW);
        assertThat(waits.life().alert().state()).isEqualTo(PENDING);
        assertThat(waits.life().alert().firedAt()).isNull();
        assertThat(Lifecycle.nextHold(waits.life(), List.of(standing("r", WARNING, "30s")), NOW))
                .isEqualTo(NOW.plusSeconds(30));
    }

    @Test
    void onlyHeldFindingsCountForSeverity() {
        var standing = List.of(standing("r", WARNING, "0s"), standing("r2", CRITICAL, "60s"));
        Decision.Changed opened =
                (Decision.Changed) LIFECYCLE.open(KEY, new Lifecycle.Begin(1, 0), reading(standing), NOW);
        assertThat(opened.life().alert().severity()).isEqualTo(WARNING);
        Instant then = NOW.plusSeconds(60);
        assertThat(Lives.transitions(LIFECYCLE.decide(opened.life(), reading(standing), then.minusMillis(1))))
                .isEmpty();
        Decision.Changed raised = (Decision.Changed) LIFECYCLE.decide(opened.life(), reading(standing), then);
        assertThat(raised.life().alert().severity()).isEqualTo(CRITICAL);
    }

    @Test
    void holdGoesOnWhileTheValueChangesAndBeginsAnewWhenTheFindingWasGone() {
        Decision.Changed opened = (Decision.Changed) LIFECYCLE.open(
                KEY, new Lifecycle.Begin(1, 0), reading(List.of(standing("r", WARNING, "30s", "at 86"))), NOW);
        var other = List.of(standing("r", WARNING, "30s", "at 91"));
        assertThat(LIFECYCLE.decide(opened.life(), reading(other), NOW.plusSeconds(20)))
                .isInstanceOf(Decision.Nothing.class);
        assertThat(Lives.state(LIFECYCLE.decide(opened.life(), reading(other), NOW.plusSeconds(30)), opened.life()))
                .isEqualTo(FIRING);
    }

    @Test
    void otherSeverityOfTheSameRuleHasAHoldOfItsOwn() {
        Decision.Changed opened = (Decision.Changed)
                LIFECYCLE.open(KEY, new Lifecycle.Begin(1, 0), reading(List.of(standing("r", WARNING, "30s"))), NOW);
        var worse = List.of(standing("r", CRITICAL, "30s"));
        Life then = Lives.after(LIFECYCLE.decide(opened.life(), reading(worse), NOW.plusSeconds(20)), opened.life());
        assertThat(Lives.state(LIFECYCLE.decide(then, reading(worse), NOW.plusSeconds(30)), then))
                .isEqualTo(PENDING);
        assertThat(Lives.state(LIFECYCLE.decide(then, reading(worse), NOW.plusSeconds(50)), then))
                .isEqualTo(FIRING);
    }

    @Test
    void riseRestartsTheLadderAndTakesTheAnswerAway() {
        Life high = Lives.level(acknowledged("1h"), 3);
        Alert alert =
                Lives.after(LIFECYCLE.decide(high, reading(CRIT), NOW), high).alert();
        assertThat(alert.level()).isZero();
        assertThat(alert.levelSince()).isEqualTo(NOW);
        assertThat(alert.ack()).isNull();
    }

    @Test
    void fallLeavesTheLadderAlone() {
        Life high = Lives.with(Lives.level(firing(), 2), CRITICAL);
        Alert alert =
                Lives.after(LIFECYCLE.decide(high, reading(WARN), NOW), high).alert();
        assertThat(alert.level()).isEqualTo(2);
        assertThat(alert.levelSince()).isEqualTo(high.alert().levelSince());
        assertThat(alert.severity()).isEqualTo(WARNING);
    }

    @Test
    void escalationNamesEverybodyOfAllOrdersOnceAndRemembersThem() {
        var orders = List.of(
                new Escalation("x", 1, Duration.ZERO, List.of("a", "b"), "first"),
                new Escalation("x", 1, Duration.ZERO, List.of("b", "c"), "second"));
        Decision.Changed changed = (Decision.Changed) LIFECYCLE.decide(firing(), new Signal.Escalate(orders), NOW);
        assertThat(changed.transitions().get(0).to()).containsExactly("a", "b", "c");
        assertThat(changed.transitions().get(0).detail()).isEqualTo("first");
        assertThat(changed.life().tracking().escalatedTo()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(changed.life().alert().level()).isEqualTo(1);
        assertThat(changed.life().alert().levelSince()).isEqualTo(NOW);
    }

    @Test
    void answerThatRanOutResumesTheSameLevelFromNow() {
        Life life = Lives.level(acknowledged("0s"), 2);
        Alert alert = Lives.after(LIFECYCLE.decide(life, new Signal.AckExpired(), NOW), life)
                .alert();
        assertThat(alert.level()).isEqualTo(2);
        assertThat(alert.levelSince()).isEqualTo(NOW);
        assertThat(alert.ack()).isNull();
    }

    @Test
    void quietTimeMustPassWithoutAFindingFromTheEvidenceOn() {
        Life quiet = Lives.quiet(firing(), "20s");
        Life clear = Lives.after(LIFECYCLE.decide(quiet, reading(NONE), NOW), quiet);
        assertThat(clear.alert().state()).isEqualTo(FIRING);
        assertThat(clear.tracking().clearSince()).isEqualTo(NOW);
        Instant then = NOW.plusSeconds(20);
        assertThat(Lives.state(LIFECYCLE.decide(clear, says(NONE, Cause.DEADLINE, null), then.minusMillis(1)), clear))
                .isEqualTo(FIRING);
        Decision.Changed over = (Decision.Changed) LIFECYCLE.decide(clear, says(NONE, Cause.DEADLINE, null), then);
        assertThat(over.life().alert().resolution().because()).isEqualTo("back to normal for 20s");
        Life again = Lives.after(LIFECYCLE.decide(clear, reading(WARN), NOW.plusSeconds(10)), clear);
        assertThat(again.tracking().clearSince()).isNull();
        assertThat(Lives.state(LIFECYCLE.decide(again, says(WARN, Cause.DEADLINE, true), then), again))
                .isEqualTo(FIRING);
    }

    @Test
    void holdsThatRanOutWhileNobodyLookedWaitForEvidence() {
        Life life = Lives.holding(pending(100), "r", WARNING, NOW.minusSeconds(100));
        var old = List.of(standing("r", WARNING, "30s"));
        Instant restored = NOW.minusSeconds(10);
        assertThat(Lives.state(
                        LIFECYCLE.decide(
                                life, new Signal.Findings(old, List.of(), Cause.RESTORE, false, false, restored), NOW),
                        life))
                .isEqualTo(PENDING);
        assertThat(Lives.state(LIFECYCLE.decide(life, reading(old), NOW), life)).isEqualTo(FIRING);
    }

    @Test
    void everyEndHasItsReason() {
        assertThat(because(reading(NONE))).isEqualTo("back to normal");
        assertThat(because(edited())).isEqualTo("policy changed");
        assertThat(because(noNews())).startsWith("no news since stale_after");
        assertThat(because(new Signal.Resolve("ann", null))).isEqualTo("resolved by ann");
    }

    private static String because(Signal signal) {
        return Lives.after(LIFECYCLE.decide(firing(), signal, NOW), firing())
                .alert()
                .resolution()
                .because();
    }

    @Test
    void noNewsOfOldFindingsEndsThemButNotWhatAFreshReadingSupports() {
        var stale = new Signal.Findings(WARN, List.of(), Cause.DEADLINE, false, true, null);
        assertThat(Lives.state(LIFECYCLE.decide(firing(), stale, NOW), firing()))
                .isEqualTo(RESOLVED);
        var fresh = new Signal.Findings(WARN, List.of(), Cause.DEADLINE, true, true, null);
        assertThat(Lives.state(LIFECYCLE.decide(firing(), fresh, NOW), firing()))
                .isEqualTo(FIRING);
    }

    @Test
    void nothingThatIsDecidedChangesWhatWasGiven() {
        Life given = firing();
        LIFECYCLE.decide(given, reading(BOTH), NOW);
        LIFECYCLE.decide(given, escalate("x"), NOW);
        assertThat(given).isEqualTo(firing());
        assertThat(given.alert().ruleHash()).isEqualTo(RULES_THEN);
    }

    @Test
    void worstFindingSpeaksAndTheOthersStandBesideIt() {
        Decision.Changed raised = (Decision.Changed) LIFECYCLE.decide(firing(), reading(BOTH), NOW);
        assertThat(raised.life().alert().symptom().rules().stream().map(r -> r.name()))
                .containsExactly("r2", "r");
        assertThat(raised.life().because().stream().map(b -> b.severity())).containsExactly(CRITICAL, WARNING);
        assertThat(raised.life().alert().severity()).isSameAs(Severity.CRITICAL);
    }
}
