package io.tocsin.lane;

import io.tocsin.evaluate.RuleFault;
import io.tocsin.evaluate.RuleSession;
import io.tocsin.model.AlertKey;
import io.tocsin.model.Cause;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.Head;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
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
        Map<String, Integer> levels = new HashMap<>();
        Set<AlertKey> keys = new LinkedHashSet<>();
        Set<String> ids = new LinkedHashSet<>();
        for (int rounds = 0; ; ) {
            try {
                session.fire();
            } catch (RuleFault fault) {
                quarantine(fault);
                cause = why == Cause.RULES ? why : Cause.RESTORE;
                continue;
            }
            keys.addAll(session.drainKeys());
            keys.addAll(reasons.drain());
            ids.addAll(session.drainIds());
            if (keys.isEmpty() && ids.isEmpty()) {
                break;
            }
            keys.forEach(key -> flips.note(key, reasons.standing(key)));
            String restless = !keys.isEmpty() && ++rounds > MOST_ROUNDS ? flips.worst() : hasty(ids, levels);
            if (restless != null) {
                // what is to be looked at waits until the session without that rule has fired
                quarantine(OwnFindings.restless(restless));
                rounds = 0;
                levels.clear();
                cause = why == Cause.RULES ? why : Cause.RESTORE;
                continue;
            }
            for (AlertKey key : keys) {
                Cause how = seen(cause, why) && alerts.onFreshReadings(key) ? Cause.READING : cause;
                alerts.consider(key, how, now);
            }
            for (String id : ids) {
                alerts.log().routed(id);
                if (alerts.orders(id, now, levels.getOrDefault(id, 0) > MOST_LEVELS)) {
                    levels.merge(id, 1, Integer::sum);
                }
            }
            keys.clear();
            ids.clear();
        }
        noteHealth(now);
    }

    /** Whether fresh readings speak for what rules say now: a rule went out of force among them, or time passed over them. */
    private static boolean seen(Cause cause, Cause why) {
        return cause == Cause.EXPIRY || cause != why && why == Cause.READING;
    }

    /** The rule whose orders for one alert follow one another without any time between them; null if there is none. */
    private String hasty(Set<String> ids, Map<String, Integer> levels) {
        return ids.stream()
                .filter(id -> levels.getOrDefault(id, 0) > 2 * MOST_LEVELS)
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

    /** Notes rules that are out of force from the start; the appliance alerts on each. */
    void stuck(Map<String, String> rules) {
        rules.forEach((rule, why) -> {
            tally.fault(Set.of(rule), why);
            reasons.quarantined(rule, RuleFault.stuck(rule, why));
        });
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
