package io.tocsin.evaluate;

import java.util.Set;
import org.kie.api.runtime.KieSession;

/** Tries whether the facts of a session make some of its rules fail. */
record Trial(RuleBook book, Memory memory, AlertFacts alerts) {
    /** Whether a session with only these rules fails. */
    boolean fails(Set<String> rules) {
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
