package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.AlertState;
import io.tocsin.model.Because;
import io.tocsin.model.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One alert on several series of equal weight: that one of them is good says nothing of another one that got lost. */
class LostReasonsTest extends OnAStand {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @Override
    RuleBook rules() throws Exception {
        return Stand.rules(RuleTexts.LOG_HEARS_ALL + """
                rule "high"
                when
                    $m : Metric(value > 1, fresh)
                then
                    insertLogical(Finding.of("x", $m.node()).warning($m.name() + " is high"));
                end
                rule "very high"
                when
                    $m : Metric(value > 10, fresh)
                then
                    insertLogical(Finding.of("x", $m.node()).critical($m.name() + " is very high"));
                end
                rule "two of three observers"
                when
                    $s : Source(check == null, $n : node, $m : observers)
                    accumulate($c : HealthCheck(node == $n, result != CheckResult.PASS, fresh); $bad : count($c), $l : collectList($c); $bad * 2 > $m)
                then
                    insertLogical(Finding.of("observers", $n).critical($bad + " of " + $m));
                end
                rule "both"
                when
                    $a : ResourceUsage(resourceType == ResourceType.MEMORY, $n : node, usagePercent > 50)
                    $b : ResourceUsage(resourceType == ResourceType.DISK, node == $n, usagePercent > 50)
                then
                    insertLogical(Finding.of("both", $n).warning("memory and disk"));
                end
                """);
    }

    private List<String> reasons() {
        return stand.store().life(stand.alert("x").id()).orElseThrow().because().stream()
                .map(Because::message)
                .toList();
    }

    @Test
    void goodReadingOfOneSeriesEndsNothingWhileTheOtherIsLost() {
        put("a", 0, 5, MINUTE);
        put("b", 1, 5, HOUR);
        stand.pass(100);
        put("b", 101, 0, HOUR);
        assertThat(stand.alert("x").stale()).isTrue();
        assertThat(stand.kinds("x")).doesNotContain("RESOLVED");
        put("a", 200, 0, MINUTE);
        assertThat(stand.isOpen("x")).isFalse();
        assertThat(stand.told("x")).containsExactly("log FIRED", "log RESOLVED");
    }

    @Test
    void theSameAfterARestart() {
        put("a", 0, 5, MINUTE);
        put("b", 1, 5, HOUR);
        stand.pass(100);
        stand.restart(101);
        put("b", 102, 0, HOUR);
        stand.restart(103);
        assertThat(stand.alert("x").state()).isEqualTo(AlertState.FIRING);
        assertThat(reasons()).containsExactly("a is high");
        put("a", 200, 0, MINUTE);
        assertThat(stand.isOpen("x")).isFalse();
    }

    @Test
    void whatEachSaidIsRememberedAlthoughTheyNeverSpokeAtOneTime() {
        put("a", 0, 5, MINUTE);
        put("b", 1, 5, MINUTE);
        put("c", 2, 5, HOUR);
        put("c", 200, 0, HOUR);
        put("a", 300, 0, MINUTE);
        stand.restart(500);
        assertThat(reasons()).containsExactly("b is high");
        put("b", 600, 0, MINUTE);
        assertThat(stand.isOpen("x")).isFalse();
    }

    @Test
    void lostSeriesThatIsBadAgainGoesOn() {
        put("a", 0, 5, MINUTE);
        put("b", 1, 5, HOUR);
        stand.pass(100);
        put("b", 101, 0, HOUR);
        put("a", 200, 5, MINUTE);
        put("a", 210, 0, MINUTE);
        assertThat(stand.kinds("x")).containsExactly("FIRED", "STALE", "FRESH", "RESOLVED");
    }

    @Test
    void severityIsTheWorstThatNobodyHasSpokenAgainst() {
        put("a", 0, 20, HOUR);
        put("b", 1, 5, MINUTE);
        stand.pass(100);
        put("a", 101, 0, HOUR);
        assertThat(stand.alert("x").severity()).isEqualTo(Severity.WARNING);
        assertThat(stand.alert("x").stale()).isTrue();
        assertThat(stand.alert("x").symptom().message()).isEqualTo("b is high");
        put("b", 200, 0, MINUTE);
        assertThat(stand.isOpen("x")).isFalse();
    }

    @Test
    void observersThatGotLostOneAfterAnotherAreAllAwaited() {
        stand.put(
                0,
                Telegrams.check("n", "a", 0, false),
                Telegrams.check("n", "b", 0, false),
                Telegrams.check("n", "c", 0, false));
        stand.put(50, Telegrams.check("n", "b", 50, false), Telegrams.check("n", "c", 50, false));
        stand.pass(65);
        stand.put(70, Telegrams.check("n", "b", 70, true));
        assertThat(stand.isOpen("observers")).as("nobody knows of a").isTrue();
        stand.put(80, Telegrams.check("n", "a", 80, true));
        assertThat(stand.isOpen("observers")).isFalse();
    }

    @Test
    void whatNeededTwoSeriesIsDisprovedByOneOfThem() {
        stand.put(0, Telegrams.memory("n", 0, 90), Telegrams.disk("n", 0, 90));
        stand.pass(100);
        assertThat(stand.alert("both").stale()).isTrue();
        stand.put(101, Telegrams.disk("n", 101, 10));
        assertThat(stand.isOpen("both")).isFalse();
    }

    @Test
    void aDayWithoutNewsOfALostSeriesIsEnough() {
        put("a", 0, 5, MINUTE);
        put("b", 1, 5, HOUR);
        for (int minute = 2; minute < 24 * 60; minute++) {
            put("b", minute * 60, 0, HOUR);
        }
        assertThat(stand.isOpen("x")).isTrue();
        put("b", 24 * 3600 + 1, 0, HOUR);
        assertThat(stand.isOpen("x")).isFalse();
        assertThat(stand.alerts()).isEmpty();
    }

    @Test
    void rowsAreWrittenWhenASeriesComesOrGoesAndNotWithEveryReading() {
        put("a", 0, 5, HOUR);
        put("b", 1, 5, HOUR);
        assertThat(reasons()).containsExactlyInAnyOrder("a is high", "b is high");
        for (int second = 2; second < 100; second++) {
            put("a", second, 4 + second % 3, HOUR);
            put("b", second, 4 + second % 3, HOUR);
        }
        assertThat(stand.store().life(stand.alert("x").id()).orElseThrow().because())
                .allSatisfy(because -> assertThat(because.facts())
                        .singleElement()
                        .extracting("value")
                        .isEqualTo(5.0));
    }

    @Test
    void personEndsWhatNobodyHearsOf() {
        put("a", 0, 5, MINUTE);
        put("b", 1, 5, HOUR);
        stand.pass(100);
        put("b", 101, 0, HOUR);
        stand.resolve(110, stand.alert("x").id());
        assertThat(stand.isOpen("x")).isFalse();
    }
}
