package io.tocsin.evaluate;

import io.tocsin.model.AlertKey;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.Reading;
import io.tocsin.model.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.kie.api.runtime.KieSession;

/** The readings, trends and sources of a session as facts, and what of them is still fresh. */
final class Memory {
    private final SessionSettings settings;
    private final Conclusions conclusions;
    private final Evidence evidence;
    private final SeriesMap series = new SeriesMap();
    private final SourceBook sources = new SourceBook();
    private final Expiries expiries = new Expiries();
    private final Trends trends = new Trends();
    private final TimeFacts times;
    private final Lookup lookup = new Lookup(series, sources, () -> this.session);
    private KieSession session;

    Memory(SessionSettings settings, Conclusions conclusions, Evidence evidence) {
        this.settings = settings;
        this.conclusions = conclusions;
        this.evidence = evidence;
        this.times = new TimeFacts(settings.zone(), expiries);
    }

    void attach(KieSession session) {
        this.session = session;
        sources.attach(session);
        trends.attach(session);
        times.attach(session);
    }

    /** Puts the topology in, and its nodes as sources that have their time to live to report. */
    void declare(Instant now) {
        if (settings.topology() == null) {
            return;
        }
        session.insert(settings.topology());
        long grace = settings.defaultTtl().toMillis();
        for (String node : settings.topology().nodes()) {
            SourceState source = sources.declare(node, now.toEpochMilli(), grace);
            expiries.push(now.toEpochMilli() + grace, source);
        }
    }

    /** Puts all that is held into a new session. */
    void refill() {
        Optional.ofNullable(settings.topology()).ifPresent(session::insert);
        times.refill();
        sources.refill();
        for (Series one : series.all()) {
            one.handle = session.insert(one.reading);
            trends.refill(one);
        }
    }

    void keepTrends(RuleBook rules) {
        trends.keep(rules, series.all());
    }

    void copyInto(KieSession other) {
        Optional.ofNullable(settings.topology()).ifPresent(other::insert);
        times.copyInto(other);
        sources.copyInto(other);
        for (Series one : series.all()) {
            other.insert(one.reading);
            if (one.trend != null) {
                other.insert(one.trend);
            }
        }
    }

    /** The series of a reading that comes in; null if there is none yet. */
    Series arrived(String key) {
        return series.arrived(key);
    }

    boolean holds(String key) {
        return series.get(key) != null;
    }

    SeriesMap series() {
        return series;
    }

    Series add(Reading reading) {
        Series added = insert(reading);
        added.fresh = true;
        added.seen();
        sources.fresh(added.node);
        sources.fresh(added.check);
        added.entry = expiries.push(added.expiresAt, added);
        return added;
    }

    private Series insert(Reading reading) {
        Series added = new Series(reading.key());
        added.took(reading, settings.defaultTtl());
        long ttl = added.expiresAt - reading.receivedAt().toEpochMilli();
        added.node = sources.nodeOf(reading, ttl);
        added.check = sources.checkOf(reading, ttl);
        series.add(added);
        added.handle = session.insert(reading);
        return added;
    }

    void restore(Reading reading, Instant now) {
        Series restored = insert(reading.with(reading.head().fresh(false)));
        restored.fresh = false;
        // readings are stored when an alert changes; what is stored of their sources is newer
        restored.lastNews = Math.max(restored.lastNews, Math.max(seen(restored.node), seen(restored.check)));
        grace(restored.node, now);
        grace(restored.check, now);
        restored.entry = expiries.push(goes(restored), restored);
    }

    private static long seen(SourceState source) {
        return source == null ? Long.MIN_VALUE : source.lastSeen;
    }

    /** When a series goes if nothing is heard of it. */
    private long goes(Series one) {
        return one.lastNews + settings.staleAfter().toMillis();
    }

    private void grace(SourceState source, Instant now) {
        if (source != null && source.freshSeries == 0) {
            expiries.push(now.plus(settings.defaultTtl()).toEpochMilli(), source);
        }
    }

    /** A newer reading that is past its time as well: known, and no news. */
    void recall(Series one, Reading reading) {
        one.took(reading.with(reading.head().fresh(false)), settings.defaultTtl());
        session.update(one.handle, one.reading);
        expiries.cancel(one.entry);
        one.entry = expiries.push(goes(one), one);
    }

    void renew(Series one, Reading reading) {
        long before = one.expiresAt;
        one.took(reading, settings.defaultTtl());
        one.seen();
        session.update(one.handle, reading);
        if (!one.fresh || one.expiresAt < before) {
            expiries.cancel(one.entry);
            one.entry = expiries.push(one.expiresAt, one);
        }
        if (!one.fresh) {
            one.fresh = true;
            sources.fresh(one.node);
            sources.fresh(one.check);
            conclusions.keysUnder(one.key).forEach(conclusions::touch);
        }
    }

    long nextExpiry() {
        return expiries.next();
    }

    void expire(long at, Consumer<AlertKey> touch) {
        for (Expiries.Target target = expiries.poll(at); target != null; target = expiries.poll(at)) {
            if (target instanceof SourceState source) {
                expire(source, at);
            } else if (target instanceof Series one) {
                expire(one, at, touch);
            } else {
                times.expire(target, at);
            }
        }
    }

    private void expire(SourceState source, long at) {
        if (sources.get(source.node, source.check) != source || source.freshSeries > 0) {
            return;
        }
        sources.graceOver(source);
        long gone = source.lastSeen + settings.staleAfter().toMillis();
        if (source.series == 0 && !source.declared) {
            if (gone <= at) {
                sources.remove(source);
            } else {
                expiries.push(gone, source);
            }
        }
    }

    private void expire(Series one, long at, Consumer<AlertKey> touch) {
        one.entry = null;
        long gone = goes(one);
        if (one.fresh && one.expiresAt > at) {
            one.entry = expiries.push(one.expiresAt, one);
        } else if (one.fresh) {
            one.fresh = false;
            one.reading = one.reading.with(one.reading.head().fresh(false));
            session.update(one.handle, one.reading);
            trends.stale(one);
            sources.stale(one.node);
            sources.stale(one.check);
            conclusions.keysUnder(one.key).forEach(touch);
            one.entry = expiries.push(Math.max(gone, at), one);
        } else if (gone > at) {
            one.entry = expiries.push(gone, one);
        } else {
            remove(one);
            evidence.gone(one.key, conclusions::touch);
        }
    }

    private void remove(Series one) {
        series.remove(one);
        if (one.entry != null) {
            expiries.cancel(one.entry);
        }
        settings.limit().give(1);
        session.delete(one.handle);
        trends.remove(one);
        sources.lost(one.check);
        sources.lost(one.node);
    }

    void restoreSource(String node, String check, Instant lastSeen, boolean silent, long ttlMillis, Instant now) {
        SourceState source = sources.get(node, check);
        if (source == null) {
            source = sources.add(node, check, lastSeen.toEpochMilli(), silent, ttlMillis);
        } else {
            source.seen(lastSeen.toEpochMilli());
            source.ttl = Math.max(source.ttl, ttlMillis);
            if (silent && source.freshSeries == 0) {
                sources.graceOver(source);
            }
        }
        sources.known(source);
        expiries.push(
                now.toEpochMilli() + Math.max(ttlMillis, settings.defaultTtl().toMillis()), source);
    }

    void forget(List<Object> facts) {
        for (Object fact : facts) {
            Series one = fact instanceof Reading reading ? series.get(reading.key()) : null;
            if (one != null && !one.fresh) {
                remove(one);
            } else if (fact instanceof Source source) {
                forget(sources.get(source.node(), source.check()));
            }
        }
    }

    private void forget(SourceState source) {
        if (source == null || !source.silent || source.declared) {
            return;
        }
        List.copyOf(series.all()).stream()
                .filter(one -> one.node == source && source.check == null || one.check == source)
                .forEach(this::remove);
        sources.remove(source);
    }

    ClusterHealth receivedHealth() {
        Series received = series.get(settings.cluster() + "|" + ClusterHealth.TYPE + "|");
        return received == null ? null : (ClusterHealth) received.reading;
    }

    /** Takes a health that somebody sent away, as rules derive one; whether there was any. */
    boolean dropReceivedHealth() {
        Series received = series.get(settings.cluster() + "|" + ClusterHealth.TYPE + "|");
        if (received != null) {
            remove(received);
        }
        return received != null;
    }

    List<Reading> readings() {
        return series.all().stream().map(one -> one.reading).toList();
    }

    SourceBook sources() {
        return sources;
    }

    Trends trends() {
        return trends;
    }

    TimeFacts times() {
        return times;
    }

    Lookup lookup() {
        return lookup;
    }
}
