package io.tocsin.store;

import static io.tocsin.store.Given.T0;
import static io.tocsin.store.Given.change;
import static io.tocsin.store.Given.life;
import static io.tocsin.store.Given.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Life;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemorySpeedTest {
    /** Prints what it measures; the machine decides the figure. */
    @Test
    void commitCostsLittle() {
        MemoryStore store = new MemoryStore();
        long epoch = store.claim("main").epoch();
        List<Transaction> transactions = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            Life life = life("main", "n" + i, 1, 1, AlertState.FIRING);
            transactions.add(Given.of(
                    "main",
                    epoch,
                    List.of(change(life, ChangeKind.FIRED)),
                    List.of(
                            told(life, "log", ChangeKind.FIRED, true, T0),
                            told(life, "slack", ChangeKind.FIRED, true, T0))));
        }
        MemoryStore warmUp = new MemoryStore();
        warmUp.claim("main");
        transactions.forEach(warmUp::commit);
        long start = System.nanoTime();
        transactions.forEach(store::commit);
        double micros = (System.nanoTime() - start) / 1e3 / transactions.size();
        System.out.printf("memory store: %.2f µs a transaction of one alert and two notifications%n", micros);
        assertThat(store.backlog("slack")).isEqualTo(100_000);
    }

    @Test
    void resolvedAlertsAreBoundedAndOpenOnesStay() {
        MemoryStore store = new MemoryStore();
        long epoch = store.claim("main").epoch();
        Life open = life("main", "open", 1, 1, AlertState.FIRING);
        store.commit(Given.of("main", epoch, change(open)));
        for (int i = 0; i < MemoryAlerts.MOST_RESOLVED + 5; i++) {
            Life over = life("main", "n", i + 1, 1, AlertState.RESOLVED);
            store.commit(Given.of("main", epoch, change(over, ChangeKind.RESOLVED)));
        }
        assertThat(store.stats(T0).fired()).isEqualTo(MemoryAlerts.MOST_RESOLVED + 1);
        assertThat(store.life(open.alert().id())).contains(open);
        assertThat(store.alerts(new History.Query(Set.of(AlertState.FIRING), null, null, null, null, null, 5))
                        .alerts())
                .containsExactly(open.alert());
    }
}
