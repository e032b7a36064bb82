package io.tocsin.lane;

import io.tocsin.alert.Lifecycle;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleSession;
import io.tocsin.model.AlertKey;
import io.tocsin.model.Cause;
import io.tocsin.model.Life;
import java.time.Instant;
import java.util.List;

/**
 * Brings one watch under other rules. All that the session holds goes into a new one, so what the new rules do not find
 * is their doing, and what they find they find at once. What was in doubt before stays so: an alert that no rule stood for
 * is ended only if the rules under it are others now and were shown what was under it, or are gone.
 *
 * @param session what is known
 * @param reasons why alerts are open
 * @param alerts the open alerts
 * @param rounds brings all to rest
 */
record RuleChange(RuleSession session, Reasons reasons, AlertBook alerts, Rounds rounds) {
    void to(RuleBook rules, Instant now) {
        List<AlertKey> doubtful = alerts.lives().stream()
                .filter(life -> life.alert().stale() && life.tracking().clearSince() == null)
                .map(life -> life.alert().key())
                .filter(key -> reasons.standing(key).isEmpty())
                .toList();
        alerts.log().collapseEscalations();
        alerts.under(new Lifecycle(rules.hash()));
        reasons.under(rules);
        try {
            session.reload(rules);
        } catch (RuntimeException thrown) {
            rounds.quarantine(session.fault(thrown));
        }
        rounds.settle(Cause.RULES, now);
        for (AlertKey key : doubtful) {
            Life life = alerts.life(key);
            if (life != null && ended(life)) {
                alerts.consider(key, Cause.RULES, now);
            }
        }
        rounds.settle(Cause.RULES, now);
    }

    private boolean ended(Life life) {
        if (!reasons.standing(life.alert().key()).isEmpty()) {
            return false;
        }
        return life.alert().alertType().equals(OwnFindings.QUARANTINED)
                || reasons.otherPolicy(life) && (Reasons.shownAgain(life) || reasons.ruleless(life));
    }
}
