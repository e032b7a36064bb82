package io.tocsin.evaluate;

import io.tocsin.model.AlertKey;
import io.tocsin.model.Recurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/** How often alerts of each key fired within the last hour, as facts; follows from the alerts alone. */
final class Recurrences {
    /** The span that is counted. */
    static final Duration SPAN = Duration.ofHours(1);

    private static final int MOST = 1_000;

    private final Map<AlertKey, Firings> all = new HashMap<>();
    private final Expiries expiries;
    private boolean wanted;
    private KieSession session;

    Recurrences(Expiries expiries) {
        this.expiries = expiries;
    }

    /** Always counts, as tomorrow's rules may ask; says so only where some rule wants it. */
    void wanted(boolean wanted) {
        this.wanted = wanted;
        all.values().forEach(this::say);
    }

    /** When alerts of one key fired, oldest first. */
    private static final class Firings implements Expiries.Target {
        private final AlertKey key;
        private final String node;
        // nearly every key fires once
        private final Deque<Instant> at = new ArrayDeque<>(1);
        private Recurrence fact;
        private FactHandle handle;

        Firings(AlertKey key, String node) {
            this.key = key;
            this.node = node;
        }

        @Override
        public long dueAt(long pushed) {
            return pushed;
        }

        Recurrence recurrence(boolean wanted) {
            return at.size() < 2 || !wanted
                    ? null
                    : new Recurrence(key.alertType(), key.subject(), node, at.size(), at.peekFirst(), at.peekLast());
        }
    }

    void each(FiredAlert visitor) {
        all.values().forEach(firings -> firings.at.forEach(at -> visitor.fired(firings.key, firings.node, at)));
    }

    void attach(KieSession session) {
        this.session = session;
    }

    void fired(AlertKey key, String node, Instant fired, Instant now) {
        if (!fired.plus(SPAN).isAfter(now)) {
            return;
        }
        Firings firings = all.computeIfAbsent(key, any -> new Firings(key, node));
        if (!firings.at.isEmpty() && !fired.isAfter(firings.at.peekLast())) {
            return;
        }
        if (firings.at.isEmpty()) {
            expiries.push(fired.plus(SPAN).toEpochMilli(), firings);
        } else if (firings.at.size() == MOST) {
            firings.at.removeFirst();
        }
        firings.at.addLast(fired);
        say(firings);
    }

    /** Lets firings of one key go that are an hour old. */
    void expire(Expiries.Target due, long at) {
        Firings firings = (Firings) due;
        while (!firings.at.isEmpty() && firings.at.peekFirst().plus(SPAN).toEpochMilli() <= at) {
            firings.at.removeFirst();
        }
        say(firings);
        if (firings.at.isEmpty()) {
            all.remove(firings.key);
        } else {
            expiries.push(firings.at.peekFirst().plus(SPAN).toEpochMilli(), firings);
        }
    }

    private void say(Firings firings) {
        firings.fact = firings.recurrence(wanted);
        if (firings.fact == null && firings.handle != null) {
            session.delete(firings.handle);
            firings.handle = null;
        } else if (firings.fact != null && firings.handle != null) {
            session.update(firings.handle, firings.fact);
        } else if (firings.fact != null) {
            firings.handle = session.insert(firings.fact);
        }
    }

    void refill() {
        all.values().forEach(firings -> firings.handle = firings.fact == null ? null : session.insert(firings.fact));
    }

    void copyInto(KieSession other) {
        all.values().stream().filter(firings -> firings.fact != null).forEach(firings -> other.insert(firings.fact));
    }
}
