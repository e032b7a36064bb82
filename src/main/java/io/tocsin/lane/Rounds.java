package io.tocsin.lane;

import io.tocsin.evaluate.RuleFault;
import io.tocsin.evaluate.RuleSession;
import io.tocsin.model.AlertKey;
import io.tocsin.model.Cause;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.Head;
import io.tocsin.model.Life;
import io.tocsin.model.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings a session to rest: fires, lets the lifecycle decide, tells the rules, and again, until nothing changes. */
final class Rounds {
    private static final int MOST_ROUNDS = 8;
    private static final int MOST_LEVELS = 200;

    private final WatchSettings settings;
    private final RuleSession session;
    private final Reasons reasons;
    private final AlertBook alerts;
    private final Tally tally;
    private ClusterHealth health;

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
            if (!keys.isEmpty() && ++rounds > MOST_ROUNDS) {
                quarantine(restless(keys.get(0)));
                rounds = 0;
                cause = Cause.RESTORE;
            }
            for (AlertKey key : keys) {
                alerts.consider(key, cause, cause == Cause.READING || evidence.contains(key), now);
            }
            for (String id : ids) {
                alerts.log().routed(id);
                levels += alerts.orders(id, now, levels > MOST_LEVELS) ? 1 : 0;
            }
        }
        noteHealth(now);
    }

    private void noteHealth(Instant now) {
        ClusterHealth is = session.healthIsDerived() ? session.health() : null;
        if (is != null && !is.equals(health)) {
            alerts.log().derived(is.with(new Head(settings.cluster(), null, now, now, Map.of(), null, true, null)));
        }
        health = is;
    }

    /** Puts the rule to blame out of force; the appliance alerts on it. */
    void quarantine(RuleFault fault) {
        String culprit;
        try {
            culprit = session.quarantine(fault.rule());
        } catch (RuntimeException again) {
            culprit = session.quarantine(session.fault(again).rule());
        }
        tally.fault(culprit, fault.getMessage());
        if (culprit == null) {
            throw new IllegalStateException(
                    "rules of cluster " + settings.cluster() + " fail and no single one is to blame: "
                            + fault.getMessage(),
                    fault);
        }
        reasons.quarantined(culprit, fault);
    }

    private RuleFault restless(AlertKey key) {
        List<Standing> standing = reasons.standing(key);
        String rule = standing.isEmpty() ? null : standing.get(0).rule().name();
        for (Life life : alerts.lives()) {
            if (rule == null
                    && life.alert().key().equals(key)
                    && !life.because().isEmpty()) {
                rule = life.because().get(0).rule().name();
            }
        }
        return OwnFindings.restless(rule, key);
    }
}
