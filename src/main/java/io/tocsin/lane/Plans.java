package io.tocsin.lane;

import io.tocsin.model.Alert;
import io.tocsin.model.Life;
import java.time.Instant;

/** When the next level of an alert is due, which is shown but no change of the alert. */
final class Plans {
    private Plans() {}

    static Life next(Life life, Instant at) {
        Alert a = life.alert();
        Alert planned = new Alert(
                a.id(),
                a.key(),
                a.node(),
                a.labels(),
                a.symptom(),
                a.state(),
                a.stale(),
                a.degraded(),
                a.level(),
                a.levelSince(),
                at,
                a.since(),
                a.firedAt(),
                a.ack(),
                a.resolution(),
                a.updatedAt(),
                a.revision(),
                a.ruleHash());
        return new Life(planned, life.tracking(), life.because());
    }
}
