package io.tocsin.lane;

import io.tocsin.alert.Lifecycle;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleSession;
import io.tocsin.model.AlertKey;
import io.tocsin.model.Cause;
import io.tocsin.model.Life;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        Set<AlertKey> doubtful = new HashSet<>();
        for (Life life : alerts.lives()) {
            AlertKey key = life.alert().key();
            if (reasons.standing(key).isEmpty() && life.tracking().clearSince() == null) {
                doubtful.add(key);
            }
        }
        alerts.log().collapseEscalations();
        alerts.under(new Lifecycle(rules.hash()));
        reasons.under(rules);
        try {
            session.reload(rules);
        } catch (RuntimeException thrown) {
            rounds.quarantine(session.fault(thrown));
        }
        rounds.settle(Cause.RULES, now);
        for (Life life : List.copyOf(alerts.lives())) {
            if (doubtful.contains(life.alert().key()) && ended(life)) {
                alerts.consider(life.alert().key(), Cause.RULES, false, now);
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
