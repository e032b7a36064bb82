package io.tocsin.lane;

import static io.tocsin.lane.Telegrams.memory;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Alert;
import io.tocsin.model.Telemetry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many alerts that are all overdue at once are no rule that never comes to rest. */
class ManyOverdueTest {
    private static final int MANY = 1000;
    private static final String RULES = RuleTexts.MEMORY_IS_HIGH + """
            rule "nobody answers"
            when
                $a : Alert(state == AlertState.FIRING, level < 3)
            then
                insertLogical(new Escalation($a.id(), $a.level() + 1, minutes(5), List.of("log"), "nobody answers"));
            end
            """;

    @Test
    void laddersThatRanOnWhileNobodyWasThereAreNoFaultOfTheirRule() throws Exception {
        List<Telemetry> batch = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            batch.add(memory("n" + i, 0, 90));
        }
        try (RuleBook book = Stand.rules(RULES);
                Stand stand = new Stand(book)) {
            stand.put(0, batch);
            stand.restart(20 * 60);
            assertThat(stand.watch().session().quarantined()).isEmpty();
            assertThat(stand.alerts()).hasSize(MANY).allMatch(alert -> alert.level() == 3);
            assertThat(stand.alerts()).extracting(Alert::alertType).containsOnly("memory_usage");
        }
    }
}
