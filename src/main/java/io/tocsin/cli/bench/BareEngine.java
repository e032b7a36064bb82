package io.tocsin.cli.bench;

import io.tocsin.evaluate.BareSession;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Metric;
import java.time.Instant;
import java.util.List;

/** The rule engine alone, with the same rules. */
final class BareEngine implements Contender {
    private final BareSession session;

    BareEngine(RuleBook book) {
        session = new BareSession(book);
    }

    @Override
    public void take(List<Metric> batch, Instant now) {
        session.put(batch, now);
    }

    @Override
    public void close() {
        session.close();
    }
}
