package io.tocsin.lane;

import io.tocsin.evaluate.RuleFault;
import io.tocsin.evaluate.RuleSession;
import io.tocsin.model.AlertKey;
import io.tocsin.model.Cause;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.Head;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings a session to rest: fires, lets the lifecycle decide, tells the rules, and again, until nothing changes. */
final class Rounds {
    private static final int MOST_ROUNDS = 8;
    private static final int MOST_LEVELS = 200;
    private static final int MOST_UNEXPLAINED = 3;

    private final WatchSettings settings;
    private final RuleSession session;
    private final Reasons reasons;
    private final AlertBook alerts;
    private final Tally tally;
    private ClusterHealth health;
    private int unexplained;

    Rounds(WatchSettings settings, RuleSession session, Reasons reasons, AlertBook alerts, Tally tally) {
        this.settings = settings;
        this.session = session;
        this.reasons = reasons;
        this.alerts = alerts;
        this.tally = tally;
    }

    /**
     * Comes to rest; a rule that fails or keeps changing its mind is put out of force on the way.
     *
     * @param why what made the session run
     */
    void settle(Cause why, Instant now) {
        Cause cause = why;
        Flips flips = new Flips();
        for (int rounds = 0, levels = 0; ; ) {
            try {
                session.fire();
            } catch (RuleFault fault) {
                quarantine(fault);
                cause = Cause.RESTORE;
                continue;
            }
            Set<AlertKey> evidence = session.drainEvidence();
            List<AlertKey> keys = new ArrayList<>(session.drainKeys());
            keys.addAll(reasons.drain());
            List<String> ids = session.drainIds();
            if (keys.isEmpty() && ids.isEmpty()) {
                break;
            }
            keys.forEach(key -> flips.note(key, reasons.standing(key)));
            String restless = !keys.isEmpty() && ++rounds > MOST_ROUNDS ? flips.worst() : hasty(ids, levels);
            if (restless != null) {
                quarantine(OwnFindings.restless(restless));
                rounds = 0;
                levels = 0;
                cause = Cause.RESTORE;
            }
            for (AlertKey key : keys) {
                Cause how = seen(cause, why) && alerts.onFreshReadings(key) ? Cause.READING : cause;
                alerts.consider(key, how, how == Cause.READING || evidence.contains(key), now);
            }
            for (String id : ids) {
                alerts.log().routed(id);
                levels += alerts.orders(id, now, levels > MOST_LEVELS) ? 1 : 0;
            }
        }
        noteHealth(now);
    }

    /** Whether fresh readings speak for what rules say now: a rule went out of force among them, or time passed over them. */
    private static boolean seen(Cause cause, Cause why) {
        return cause == Cause.EXPIRY || cause != why && why == Cause.READING;
    }

    /** The rule whose orders follow one another without any time between them; null if there is none. */
    private String hasty(List<String> ids, int levels) {
        if (levels <= 2 * MOST_LEVELS) {
            return null;
        }
        return ids.stream()
                .map(session::ruleOfOrders)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private void noteHealth(Instant now) {
        ClusterHealth is = session.derivedHealth();
        if (is != null && !is.equals(health)) {
            alerts.log().derived(is.with(new Head(settings.cluster(), null, now, now, Map.of(), null, true, null)));
        }
        health = is;
    }

    /** Puts the rules to blame out of force; the appliance alerts on each. */
    void quarantine(RuleFault fault) {
        Set<String> culprits;
        try {
            culprits = session.quarantine(fault.rule());
        } catch (RuntimeException again) {
            culprits = session.quarantine(session.fault(again).rule());
        }
        tally.fault(culprits, fault.getMessage());
        if (culprits.isEmpty() && ++unexplained > MOST_UNEXPLAINED) {
            throw new IllegalStateException(
                    "rules of cluster " + settings.cluster() + " fail and none is to blame: " + fault.getMessage(),
                    fault);
        }
        culprits.forEach(rule -> reasons.quarantined(rule, fault));
    }
}
