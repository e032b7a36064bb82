package io.tocsin.evaluate;

import java.util.Set;
import org.kie.api.runtime.KieSession;

/**
 * Finds the rules that fail on what a session holds, by trying ever fewer of them on copies of it.
 *
 * @param book where the rules stand
 * @param memory the readings, trends and sources to try them on
 * @param alerts the open alerts
 */
record Trial(RuleBook book, Memory memory, AlertFacts alerts) {
    /** Those to blame among the rules but some; empty if all together do not fail now, or only together. */
    Set<String> culprits(Set<String> but) {
        return Firing.culprits(book.namesWithout(but), this::fails);
    }

    private boolean fails(Set<String> rules) {
        KieSession trial = book.trial(rules);
        try {
            memory.copyInto(trial);
            alerts.copyInto(trial);
            trial.fireAllRules(Firing.SLICE);
            return false;
        } catch (RuntimeException fault) {
            return true;
        } finally {
            trial.dispose();
        }
    }
}
