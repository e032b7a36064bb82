package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.CheckResult;
import io.tocsin.model.ExternalAlert;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.Metric;
import io.tocsin.model.Reading;
import io.tocsin.model.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitNamesTest {
    private static final Head HEAD = Head.of("c", "n1", Instant.parse("2026-01-05T00:00:00Z"), null);

    private static List<String> names(String kind, int count) {
        return IntStream.range(0, count).mapToObj(i -> kind + "_" + i).toList();
    }

    private static Reading metric(String name) {
        return new Metric(HEAD, name, 1);
    }

    @Test
    void whatATableNamesIsLetThroughHoweverLongTheTable() {
        for (int count : new int[] {1, 100, 20_000}) {
            List<String> names = names("queue", count);
            String marks = LimitNames.marks(names);
            assertThat(marks.length()).as("fits into a constant").isLessThan(65_536);
            assertThat(names).allMatch(name -> LimitNames.among(metric(name), marks));
        }
    }

    @Test
    void mostOfTheRestIsPutAside() {
        String marks = LimitNames.marks(names("queue", 200));
        assertThat(names("other", 10_000).stream()
                        .filter(name -> LimitNames.among(metric(name), marks))
                        .count())
                .isLessThan(1500);
    }

    @Test
    void figureOfACheckIsKnownByItsNameAndWhatHasNoFigureIsPutAside() {
        String marks = LimitNames.marks(List.of("check_duration"));
        assertThat(LimitNames.among(new HealthCheck(HEAD, "http", CheckResult.PASS, 3.0, Map.of(), null), marks))
                .isTrue();
        assertThat(LimitNames.among(new ExternalAlert(HEAD, "disk", Severity.INFO, "full", Map.of()), marks))
                .isFalse();
    }
}
