package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.AnAlert;
import io.tocsin.model.Because;
import io.tocsin.model.Life;
import io.tocsin.model.Resolution;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Severity;
import io.tocsin.store.SqlStore;
import io.tocsin.store.Store;
import io.tocsin.store.StoreSettings;
import io.tocsin.store.Transaction;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text of a rule is kept for as long as an alert that it explains, under whatever rules that alert ended. */
class RuleTextKeptTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final RuleInfo RULE =
            new RuleInfo(new RuleRef("memory is high", "threshold/memory.drl", 7), "threshold", "", "rule as it was");

    @TempDir
    Path data;

    private static Instant day(int days) {
        return T0.plus(Duration.ofDays(days));
    }

    private Store at(int day) {
        return SqlStore.open(
                new StoreSettings("sqlite:" + data.resolve("tocsin.db"), data),
                new StoreJson(),
                new SimpleMeterRegistry(),
                Clock.fixed(day(day), ZoneOffset.UTC));
    }

    @Test
    void textOfAnOldRuleSetStaysAsLongAsAnAlertItExplains() {
        try (Store store = at(0)) {
            store.saveRules("aaaaaaaaaaaa", List.of(RULE));
            store.saveRules("cccccccccccc", List.of(RULE));
        }
        try (Store store = at(95)) {
            store.saveRules("bbbbbbbbbbbb", List.of(RULE));
            long epoch = store.claim("main").epoch();
            store.commit(new Transaction(
                            "main",
                            epoch,
                            day(95),
                            List.of(new Transaction.Change(over(), List.of(), false)),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of()))
                    .toCompletableFuture()
                    .join();
            store.purge(day(100));
            assertThat(store.rule("aaaaaaaaaaaa", "memory is high")).contains(RULE);
            assertThat(store.rule("cccccccccccc", "memory is high"))
                    .as("explains nothing any more")
                    .isEmpty();
            store.purge(day(200));
            assertThat(store.rule("aaaaaaaaaaaa", "memory is high")).isEmpty();
        }
    }

    private static Life over() {
        AlertKey key = new AlertKey("main", "memory_usage", "n1");
        Because because = new Because(
                        RULE.ref(), Severity.WARNING, "high", Duration.ZERO, Duration.ZERO, List.of("a fact"), 0)
                .under("aaaaaaaaaaaa");
        return AnAlert.of(key, day(0))
                .says(Severity.WARNING, "high")
                .value(90.0, null, null)
                .rules(RULE.ref())
                .state(AlertState.RESOLVED)
                .resolution(new Resolution(day(95), "policy changed", null))
                .revision(2, day(95))
                .ruleHash("bbbbbbbbbbbb")
                .life(because);
    }
}
