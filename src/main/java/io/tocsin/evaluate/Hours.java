package io.tocsin.evaluate;

import io.tocsin.model.TimeOfDay;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/** The hour that it is, as a fact; follows from the instant a session has reached, so that a replay sees the same hours. */
final class Hours implements Expiries.Target {
    /** Offsets of zones are multiples of it, also those that a change of summer time gives. */
    private static final Duration STEP = Duration.ofMinutes(15);

    private final ZoneId zone;
    private final boolean wanted;
    private TimeOfDay now;
    private FactHandle handle;
    private KieSession session;

    /** Keeps the fact only where some rule wants it. */
    Hours(ZoneId zone, boolean wanted) {
        this.zone = zone;
        this.wanted = wanted;
    }

    void attach(KieSession session) {
        this.session = session;
    }

    /** Says the hour for the first time, or the next one. */
    void turn(long at, Expiries expiries) {
        if (!wanted) {
            return;
        }
        Instant instant = Instant.ofEpochMilli(at);
        TimeOfDay is = of(instant);
        if (handle == null) {
            handle = session.insert(is);
        } else if (!is.equals(now)) {
            session.update(handle, is);
        }
        now = is;
        expiries.push(next(instant).toEpochMilli(), this);
    }

    private TimeOfDay of(Instant instant) {
        ZonedDateTime here = instant.atZone(zone);
        return new TimeOfDay(here.getHour(), here.getDayOfWeek(), zone.getId());
    }

    /** The first instant after this one with another hour on the wall; summer time may repeat one, or leave one out. */
    private Instant next(Instant instant) {
        long step = STEP.toMillis();
        Instant next = instant;
        do {
            next = Instant.ofEpochMilli((next.toEpochMilli() / step + 1) * step);
        } while (of(next).equals(of(instant)));
        return next;
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
