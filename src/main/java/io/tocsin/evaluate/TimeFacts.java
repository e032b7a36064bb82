package io.tocsin.evaluate;

import io.tocsin.model.Recurrence;
import io.tocsin.model.TimeOfDay;
import java.time.Instant;
import java.time.ZoneId;
import org.kie.api.runtime.KieSession;

/** The facts that follow from time and from the alerts, not from telemetry; each only where some rule wants it. */
final class TimeFacts {
    private final Expiries expiries;
    private final Hours hours;
    private final Recurrences recurrences;

    TimeFacts(ZoneId zone, Expiries expiries) {
        this.expiries = expiries;
        this.hours = new Hours(zone);
        this.recurrences = new Recurrences(expiries);
    }

    /** From now on says what these rules want; said in the session attached, or by the next refill. */
    void under(RuleBook rules, Instant now) {
        hours.wanted(rules.wants(TimeOfDay.class), now.toEpochMilli(), expiries);
        recurrences.wanted(rules.wants(Recurrence.class));
    }

    void attach(KieSession session) {
        hours.attach(session);
        recurrences.attach(session);
    }

    void refill() {
        hours.refill();
        recurrences.refill();
    }

    void copyInto(KieSession other) {
        hours.copyInto(other);
        recurrences.copyInto(other);
    }

    void expire(Expiries.Target due, long at) {
        if (due == hours) {
            hours.turn(at, expiries);
        } else {
            recurrences.expire(due, at);
        }
    }

    Recurrences recurrences() {
        return recurrences;
    }
}
