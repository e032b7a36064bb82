package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Severity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The severity of an open alert falls as it ends: on evidence only, never because a reading got lost. */
class SeverityEvidenceTest extends OnAStand {
    private static final String WARNING = """
            rule "x is high"
            when
                $m : Metric(name == "x", value > 1)
            then
                insertLogical(Finding.of("x", $m.node()).warning("x is high"));
            end
            """;
    private static final String CRITICAL = """
            rule "y is very high now"
            when
                $m : Metric(name == "y", value > 10, fresh)
            then
                insertLogical(Finding.of("x", $m.node()).critical("y is very high").holdFor("5s"));
            end
            """;
    private static final String ONE_SERIES = """
            rule "x is very high now"
            when
                $m : Metric(name == "x", value > 10, fresh)
            then
                insertLogical(Finding.of("x", $m.node()).critical("x is very high"));
            end
            """;

    @Override
    RuleBook rules() throws Exception {
        return Stand.rules(WARNING + RuleTexts.LOG_HEARS_ALL + CRITICAL + ONE_SERIES);
    }

    private void put(String name, double second, double value) {
        put(name, second, value, Duration.ofMinutes(1));
    }

    private Severity severity() {
        return stand.alert("x").severity();
    }

    @Test
    void severityDoesNotFallWhenItsReadingIsPastItsTime() {
        put("x", 0, 20);
        stand.pass(3600);
        assertThat(severity()).isEqualTo(Severity.CRITICAL);
        assertThat(stand.kinds("x")).containsExactly("FIRED", "STALE");
        put("x", 3601, 5);
        assertThat(severity()).isEqualTo(Severity.WARNING);
        assertThat(stand.kinds("x")).containsExactly("FIRED", "STALE", "FELL", "FRESH");
    }

    @Test
    void severityThatIsConfirmedAfterwardsWasNeverAnotherOne() {
        put("x", 0, 20);
        stand.pass(600);
        put("x", 601, 20);
        stand.pass(700);
        put("x", 701, 0);
        assertThat(stand.kinds("x")).doesNotContain("FELL", "RAISED").endsWith("RESOLVED");
    }

    @Test
    void readingOfAnotherSeriesIsNoEvidence() {
        put("y", 0, 20);
        put("x", 1, 5);
        stand.pass(6);
        assertThat(severity()).isEqualTo(Severity.CRITICAL);
        for (int second = 10; second < 600; second += 10) {
            put("x", second, 4 + second % 3);
        }
        assertThat(severity()).isEqualTo(Severity.CRITICAL);
        assertThat(stand.kinds("x")).doesNotContain("FELL");
        put("y", 600, 3);
        assertThat(severity()).isEqualTo(Severity.WARNING);
        put("y", 610, 20);
        assertThat(severity()).as("its hold begins anew").isEqualTo(Severity.WARNING);
        stand.pass(615);
        assertThat(severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void goodReadingOfAnotherSeriesEndsNothing() {
        put("y", 0, 20);
        put("x", 1, 5);
        stand.pass(100);
        for (int second = 101; second < 600; second += 10) {
            put("x", second, 0);
        }
        assertThat(severity()).as("nobody knows of y").isEqualTo(Severity.CRITICAL);
        assertThat(stand.alert("x").stale()).isTrue();
        put("x", 600, 5);
        put("x", 610, 0);
        stand.pass(700);
        assertThat(severity()).isEqualTo(Severity.CRITICAL);
        put("y", 701, 3);
        stand.pass(760);
        assertThat(stand.isOpen("x")).isFalse();
        assertThat(stand.kinds("x"))
                .containsOnlyOnce("FIRED")
                .doesNotContain("FELL")
                .endsWith("RESOLVED");
    }

    @Test
    void goodReadingOfAnotherSeriesEndsNothingAfterARestart() {
        put("y", 0, 20);
        put("x", 1, 5);
        stand.pass(100);
        put("x", 101, 0);
        stand.restart(200);
        put("x", 201, 0);
        stand.pass(300);
        assertThat(severity()).isEqualTo(Severity.CRITICAL);
        put("y", 301, 3);
        put("x", 302, 0);
        stand.pass(360);
        assertThat(stand.isOpen("x")).isFalse();
    }

    @Test
    void aDayWithoutNewsOfTheOtherSeriesEndsIt() {
        put("y", 0, 20);
        put("x", 1, 5);
        stand.pass(100);
        for (int minute = 2; minute <= 24 * 60 + 2; minute++) {
            put("x", minute * 60, 0);
        }
        assertThat(stand.isOpen("x")).isFalse();
    }

    @Test
    void restartLetsNoSeverityFall() {
        put("y", 0, 20);
        put("x", 1, 5);
        stand.pass(10);
        stand.restart(20);
        stand.pass(300);
        assertThat(severity()).isEqualTo(Severity.CRITICAL);
        put("x", 301, 5);
        stand.restart(310);
        assertThat(severity()).isEqualTo(Severity.CRITICAL);
        put("y", 320, 3);
        put("x", 321, 5);
        assertThat(severity()).isEqualTo(Severity.WARNING);
        assertThat(stand.kinds("x")).filteredOn("FELL"::equals).hasSize(1);
    }

    @Test
    void keptSeverityIsWrittenOnceAndNotWithEveryReading() {
        put("y", 0, 20);
        put("x", 1, 5);
        stand.pass(100);
        int before = stand.changes.size();
        put("x", 101, 5);
        for (int second = 110; second < 600; second += 10) {
            put("x", second, 4 + second % 3);
        }
        assertThat(stand.changes.size() - before).isLessThanOrEqualTo(1);
        assertThat(stand.store().life(stand.alert("x").id()).orElseThrow().because())
                .extracting(because -> because.rule().name())
                .contains("y is very high now");
    }

    @Test
    void aDayWithoutNewsLetsItFall() {
        put("y", 0, 20);
        put("x", 1, 5);
        for (int minute = 1; minute <= 24 * 60 + 2; minute++) {
            put("x", minute * 60, 5);
        }
        assertThat(severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void ruleThatIsTakenAwayLetsItFall() throws Exception {
        put("y", 0, 20);
        put("x", 1, 5);
        stand.pass(10);
        try (RuleBook milder = Stand.rules(WARNING + RuleTexts.LOG_HEARS_ALL)) {
            stand.restart(20, milder);
            put("x", 21, 5);
            assertThat(severity()).isEqualTo(Severity.WARNING);
            stand.close();
            stand = new Stand(book);
        }
    }
}
