package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.AlertKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hour that rules see is the one on the wall, whatever summer time does to it. */
class HoursTest {
    private static final Instant START = Instant.parse("2026-03-01T00:10:00Z");
    private static final String HEADER = "package rules; import io.tocsin.model.*;\n";
    private static RuleBook book;

    @BeforeAll
    static void compile() throws Exception {
        book = RuleBook.of(Map.of(
                "threshold/hour.drl",
                HEADER + "rule \"says the hour\" when $t : TimeOfDay() then"
                        + " insertLogical(Finding.ofCluster(\"hour\", $t.day() + \" \" + $t.hour())); end\n"));
    }

    @AfterAll
    static void discard() {
        book.close();
    }

    private static RuleSession session(RuleBook book, String zone) {
        return new RuleSession(
                book,
                new SessionSettings(
                        "c", null, Duration.ofMinutes(1), Duration.ofHours(24), new SeriesLimit(10), ZoneId.of(zone)),
                START);
    }

    private static boolean says(RuleSession session, ZonedDateTime hour) {
        return !session.findings(new AlertKey("c", "hour", hour.getDayOfWeek() + " " + hour.getHour()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Vienna",
                "Asia/Kolkata",
                "Asia/Kathmandu",
                "America/St_Johns",
                "Australia/Lord_Howe",
                "-05:30"
            })
    void hourIsTheOneOnTheWallAllTheYear(String name) throws RuleFault {
        ZoneId zone = ZoneId.of(name);
        int looks = 0;
        try (RuleSession session = session(book, name)) {
            session.fire();
            for (Instant now = START; now.isBefore(START.plus(365, ChronoUnit.DAYS)); now = session.nextExpiry()) {
                session.advance(now);
                session.expire(now);
                session.fire();
                assertThat(says(session, now.atZone(zone))).as("at %s", now).isTrue();
                Instant before = session.nextExpiry().minusMillis(1);
                assertThat(says(session, before.atZone(zone)))
                        .as("just before %s", before)
                        .isTrue();
                looks++;
            }
        }
        // the queue may ask once in vain before each turn, as it keeps slots of a second
        assertThat(looks).isBetween(365 * 24, 2 * 366 * 24);
    }

    @Test
    void sessionWhoseRulesDoNotAskForTheHourIsNeverWoken() throws Exception {
        try (RuleBook other = RuleBook.of(Map.of(
                        "threshold/x.drl",
                        HEADER + "rule \"x is high\" when $m : Metric(value > 1) then"
                                + " insertLogical(Finding.of(\"x\", $m)); end\n"));
                RuleSession session = session(other, "UTC")) {
            session.fire();
            assertThat(session.nextExpiry()).isNull();
        }
    }
}
