package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Cause;
import io.tocsin.model.Recurrence;
import io.tocsin.model.TimeOfDay;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What follows from time and from the alerts themselves: the hour of the day, and alerts that keep coming. */
class TimeFactsTest extends OnAStand {
    private static final String RULES = RuleTexts.LOG_HEARS_ALL + """
            rule "x is high by day"
            when
                $m : Metric(name == "x", value > 1)
                TimeOfDay(within(hour, 8, 18))
            then
                insertLogical(Finding.of("x_by_day", $m).warning("x is high"));
            end

            rule "y is high"
            when
                $m : Metric(name == "y", value > 1)
            then
                insertLogical(Finding.of("y_high", $m).warning("y is high"));
            end

            rule "alerts of y keep coming"
            when
                $r : Recurrence(times >= 3, alertType == "y_high")
            then
                insertLogical(Finding.of("y_flaps", $r.node()).subject($r.subject())
                    .info($r.times() + " times within an hour"));
            end
            """;
    private static final int HOUR = 3600;

    @Override
    RuleBook rules() throws Exception {
        return Stand.rules(RULES);
    }

    private void put(String name, double second, double value) {
        put(name, second, value, Duration.ofHours(20));
    }

    @Test
    void findingComesAndGoesWithTheHour() {
        put("x", 60, 5);
        stand.pass(8 * HOUR - 1);
        assertThat(stand.kinds("x_by_day")).isEmpty();
        stand.pass(8 * HOUR);
        assertThat(stand.told("x_by_day")).containsExactly("log FIRED");
        stand.pass(18 * HOUR - 1);
        assertThat(stand.isOpen("x_by_day")).isTrue();
        stand.pass(18 * HOUR);
        assertThat(stand.kinds("x_by_day")).containsExactly("FIRED", "RESOLVED");
        assertThat(stand.transitions("x_by_day").get(1).cause()).isEqualTo(Cause.READING);
    }

    @Test
    void endOfTheHoursIsNoEvidenceAboutAReadingThatIsGone() {
        put("x", 9 * HOUR, 5, Duration.ofMinutes(10));
        stand.pass(18 * HOUR);
        assertThat(stand.kinds("x_by_day")).containsExactly("FIRED", "STALE");
        put("x", 19 * HOUR, 5);
        assertThat(stand.kinds("x_by_day")).endsWith("RESOLVED");
    }

    @Test
    void hourUnderAnAlertIsExplained() {
        put("x", 9 * HOUR, 5);
        assertThat(stand.store()
                        .life(stand.alert("x_by_day").id())
                        .orElseThrow()
                        .because())
                .singleElement()
                .satisfies(because -> assertThat(because.facts()).contains(new TimeOfDay(9, DayOfWeek.THURSDAY, "Z")));
    }

    @Test
    void restartKnowsTheHour() {
        put("x", 60, 5);
        stand.restart(10 * HOUR);
        put("x", 10 * HOUR + 1, 5);
        assertThat(stand.told("x_by_day")).containsExactly("log FIRED");
    }

    private void flap(int from, int times, boolean restarts) {
        for (int i = 0; i < times; i++) {
            put("y", from + i * 600, 5);
            put("y", from + i * 600 + 60, 0);
            if (restarts) {
                stand.restart(from + i * 600 + 61);
            }
        }
    }

    @Test
    void alertThatKeepsComingIsToldOnceUntilItDoesSoNoMore() {
        flap(0, 2, false);
        assertThat(stand.kinds("y_flaps")).isEmpty();
        flap(1200, 2, false);
        assertThat(stand.told("y_flaps")).containsExactly("log FIRED");
        // of 0, 600, 1200 and 1800 s, three are within the hour until 4200 s
        stand.pass(4199);
        assertThat(stand.isOpen("y_flaps")).isTrue();
        stand.pass(4200);
        assertThat(stand.kinds("y_flaps")).containsExactly("FIRED", "RESOLVED");
        stand.pass(3 * HOUR);
        // nothing is waited for but the next hour
        assertThat(stand.watch().nextDue()).isAfter(Stand.at(4 * HOUR - 2));
    }

    @Test
    void restartsBetweenTheAlertsChangeNothing() {
        flap(0, 4, true);
        stand.pass(4200);
        assertThat(stand.kinds("y_flaps")).containsExactly("FIRED", "RESOLVED");
        assertThat(stand.transitions("y_flaps").get(1).at()).isEqualTo(Stand.at(4200));
    }

    @Test
    void whatFiredIsUnderTheAlertWithItsTimes() {
        flap(0, 3, false);
        List<Object> facts = stand.store()
                .life(stand.alert("y_flaps").id())
                .orElseThrow()
                .because()
                .get(0)
                .facts();
        assertThat(facts).contains(new Recurrence("y_high", "n1/y", "n1", 3, Stand.at(0), Stand.at(1200)));
    }
}
