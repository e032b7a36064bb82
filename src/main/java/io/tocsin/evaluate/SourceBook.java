package io.tocsin.evaluate;

import io.tocsin.model.HealthCheck;
import io.tocsin.model.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kie.api.runtime.KieSession;

/** The nodes and checks of a session, and which of them are silent. A fact is rewritten only when silence or observers change. */
final class SourceBook {
    private final Map<String, SourceState> sources = new LinkedHashMap<>();
    private final List<String> gone = new ArrayList<>();
    private final Map<String, Integer> observers = new HashMap<>();
    private final Set<SourceState> changed = new LinkedHashSet<>();
    private KieSession session;

    void attach(KieSession session) {
        this.session = session;
    }

    void refill() {
        sources.values().forEach(source -> source.handle = session.insert(source.fact()));
    }

    void copyInto(KieSession other) {
        sources.values().forEach(source -> other.insert(source.fact()));
    }

    SourceState get(String node, String check) {
        return sources.get(check == null ? node : node + "/" + check);
    }

    SourceState add(String node, String check, long lastSeen, boolean silent, long ttl) {
        SourceState source = new SourceState(node, check);
        source.lastSeen = lastSeen;
        source.silent = silent;
        source.ttl = ttl;
        changed.add(source);
        return add(source);
    }

    /** A node that config lists: it is there before it was ever heard of. */
    SourceState declare(String node, long now, long ttl) {
        SourceState source = new SourceState(node, null);
        source.lastSeen = now;
        source.ttl = ttl;
        source.declared = true;
        source.heard = false;
        return add(source);
    }

    private SourceState add(SourceState source) {
        String node = source.node;
        String check = source.check;
        sources.put(source.name(), source);
        if (check == null) {
            source.observers = observers.getOrDefault(node, 0);
        }
        source.handle = session.insert(source.fact());
        if (check != null) {
            observers(node, 1);
        }
        return source;
    }

    private void observers(String node, int more) {
        Integer count = observers.merge(node, more, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
        SourceState owner = sources.get(node);
        if (owner != null) {
            owner.observers = count == null ? 0 : count;
            session.update(owner.handle, owner.fact());
        }
    }

    /** The source of a reading's node, new if need be; null for a reading about no node. */
    SourceState nodeOf(Reading reading, long ttl) {
        return reading.node() == null ? null : known(reading.node(), null, reading, ttl);
    }

    /** The source of a health check, new if need be; null for other readings. */
    SourceState checkOf(Reading reading, long ttl) {
        return reading instanceof HealthCheck check && reading.node() != null
                ? known(check.node(), check.checkName(), reading, ttl)
                : null;
    }

    private SourceState known(String node, String check, Reading reading, long ttl) {
        SourceState source = get(node, check);
        if (source == null) {
            source = add(node, check, reading.receivedAt().toEpochMilli(), false, ttl);
        }
        source.series++;
        source.ttl = Math.max(source.ttl, ttl);
        return source;
    }

    /** A series of the source turned fresh. */
    void fresh(SourceState source) {
        if (source != null) {
            source.freshSeries++;
            if (source.silent) {
                turn(source, false);
            }
        }
    }

    /** A series of the source is no longer fresh. */
    void stale(SourceState source) {
        if (source != null && --source.freshSeries == 0) {
            turn(source, true);
        }
    }

    /** The time that a source was given to report is over. */
    void graceOver(SourceState source) {
        if (source.freshSeries == 0 && !source.silent) {
            turn(source, true);
        }
    }

    private void turn(SourceState source, boolean silent) {
        source.silent = silent;
        changed.add(source);
        session.update(source.handle, source.fact());
    }

    /** A series of the source is gone; the source goes with its last one, unless config declares it. */
    void lost(SourceState source) {
        if (source != null && --source.series <= 0 && !source.declared) {
            remove(source);
        }
    }

    void remove(SourceState source) {
        if (sources.remove(source.name()) != null) {
            changed.remove(source);
            session.delete(source.handle);
            gone.add(source.name());
            if (source.check != null) {
                observers(source.node, -1);
            }
        }
    }

    /** What is known of a source is what is stored of it. */
    void known(SourceState source) {
        changed.remove(source);
    }

    List<SeenSource> drainChanged() {
        if (changed.isEmpty()) {
            return List.of();
        }
        List<SeenSource> seen = changed.stream()
                .filter(source -> source.heard)
                .map(SourceBook::seen)
                .toList();
        changed.clear();
        return seen;
    }

    List<SeenSource> all() {
        return sources.values().stream()
                .filter(source -> source.heard)
                .map(SourceBook::seen)
                .toList();
    }

    private static SeenSource seen(SourceState source) {
        return new SeenSource(
                source.node, source.check, Instant.ofEpochMilli(source.lastSeen), source.silent, source.ttl);
    }

    List<String> drainGone() {
        if (gone.isEmpty()) {
            return List.of();
        }
        List<String> names = List.copyOf(gone);
        gone.clear();
        return names;
    }
}
