package io.tocsin.evaluate;

import io.tocsin.model.Reading;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.api.time.SessionPseudoClock;

/**
 * The rule engine with nothing of ours around it: readings go in, rules fire, conclusions stand in working memory and
 * nobody looks at them. It watches nothing and tells nobody; the bench measures by it what {@link RuleSession} and the
 * lifecycle cost on top of the engine.
 */
public final class BareSession implements AutoCloseable {
    private final KieSession session;
    private final SessionPseudoClock clock;
    private final Map<String, FactHandle> handles = new HashMap<>();

    /** An empty session of these rules. */
    public BareSession(RuleBook book) {
        session = book.session(Set.of());
        clock = session.getSessionClock();
    }

    /** Makes each reading the newest of its series, then fires. */
    public void put(List<? extends Reading> batch, Instant now) {
        clock.advanceTime(now.toEpochMilli() - clock.getCurrentTime(), TimeUnit.MILLISECONDS);
        for (Reading reading : batch) {
            FactHandle handle = handles.get(reading.key());
            if (handle == null) {
                handles.put(reading.key(), session.insert(reading));
            } else {
                session.update(handle, reading);
            }
        }
        session.fireAllRules();
    }

    @Override
    public void close() {
        session.dispose();
    }
}
