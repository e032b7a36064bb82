package io.tocsin.evaluate;

import io.tocsin.model.TimeOfDay;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/** The hour that it is, as a fact; follows from the instant a session has reached, so that a replay sees the same hours. */
final class Hours implements Expiries.Target {
    /** Offsets of zones are multiples of it, also those that a change of summer time gives. */
    private static final long STEP_MS = 15 * 60_000;

    private final ZoneId zone;
    private boolean wanted;
    private TimeOfDay now;
    private FactHandle handle;
    private Expiries.Entry entry;
    private KieSession session;

    Hours(ZoneId zone) {
        this.zone = zone;
    }

    /** Keeps the fact only where some rule wants it. */
    void wanted(boolean wanted, long at, Expiries expiries) {
        this.wanted = wanted;
        if (wanted) {
            say(at);
            entry = entry == null ? next(at, expiries) : entry;
        } else if (handle != null) {
            session.delete(handle);
            handle = null;
            now = null;
        }
    }

    void attach(KieSession session) {
        this.session = session;
    }

    /** Another hour has begun. */
    void turn(long at, Expiries expiries) {
        entry = null;
        if (wanted) {
            say(at);
            entry = next(at, expiries);
        }
    }

    private void say(long at) {
        TimeOfDay is = of(Instant.ofEpochMilli(at));
        if (handle == null) {
            handle = session.insert(is);
        } else if (!is.equals(now)) {
            session.update(handle, is);
        }
        now = is;
    }

    private TimeOfDay of(Instant instant) {
        ZonedDateTime here = instant.atZone(zone);
        return new TimeOfDay(here.getHour(), here.getDayOfWeek(), zone.getId());
    }

    /** Waits for the next instant with another hour on the wall; summer time may repeat one, or leave one out. */
    private Expiries.Entry next(long at, Expiries expiries) {
        TimeOfDay is = of(Instant.ofEpochMilli(at));
        long next = at;
        do {
            next = (next / STEP_MS + 1) * STEP_MS;
        } while (of(Instant.ofEpochMilli(next)).equals(is));
        return expiries.push(next, this);
    }

    void refill() {
        if (now != null) {
            handle = session.insert(now);
        }
    }

    void copyInto(KieSession other) {
        if (now != null) {
            other.insert(now);
        }
    }

    @Override
    public long dueAt(long pushed) {
        return pushed;
    }
}
