package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.Head;
import io.tocsin.model.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final RuleBook book = book();
    private final RuleSession session = new RuleSession(
            book,
            new SessionSettings("c", null, Duration.ofSeconds(60), Duration.ofHours(24), new SeriesLimit(10)),
            START);

    private static RuleBook book() {
        try {
            return RuleBook.of(Map.of("threshold/x.drl", """
                    package rules;
                    import io.tocsin.model.*;
                    rule "x is above 1"
                    when
                        $m : Metric(name == "x", value > 1)
                    then
                        insertLogical(Finding.of("x_high", $m));
                    end
                    """));
        } catch (RuleProblems problems) {
            throw new AssertionError(problems);
        }
    }

    @AfterEach
    void close() {
        session.close();
        book.close();
    }

    private void put(int second, int ttlSeconds) throws RuleFault {
        advance(second);
        Head head = Head.of("c", "n", START.plusSeconds(second), Duration.ofSeconds(ttlSeconds));
        assertThat(session.put(new Metric(head, "x", 0))).isEqualTo(Put.TAKEN);
        session.fire();
    }

    private void advance(int second) {
        Instant to = START.plusSeconds(second);
        for (Instant next = session.nextExpiry(); next != null && !next.isAfter(to); next = session.nextExpiry()) {
            session.advance(next);
            session.expire(next);
        }
        session.advance(to);
    }

    private boolean fresh() {
        return session.readings().get(0).fresh();
    }

    @Test
    void readingIsFreshUntilItsTimeToLiveIsOver() throws RuleFault {
        put(0, 30);
        put(20, 30);
        advance(49);
        assertThat(fresh()).isTrue();
        advance(50);
        assertThat(fresh()).isFalse();
    }

    @Test
    void shorterTimeToLiveCounts() throws RuleFault {
        put(0, 3600);
        put(10, 30);
        advance(39);
        assertThat(fresh()).isTrue();
        advance(40);
        assertThat(fresh()).isFalse();
    }

    @Test
    void seriesThatComesAndGoesIsLookedAtOncePerTimeToLive() throws RuleFault {
        for (int i = 0; i < 100; i++) {
            put(i * 70, 30);
        }
        int looks = 0;
        Instant to = START.plusSeconds(100 * 70 + 7200);
        for (Instant next = session.nextExpiry(); next != null && !next.isAfter(to); next = session.nextExpiry()) {
            session.advance(next);
            session.expire(next);
            looks++;
        }
        assertThat(looks).isLessThanOrEqualTo(6);
    }
}
