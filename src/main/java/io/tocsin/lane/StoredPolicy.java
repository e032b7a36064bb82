package io.tocsin.lane;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Because;
import io.tocsin.model.Life;
import io.tocsin.model.RuleInfo;
import io.tocsin.store.Store;
import java.util.function.Predicate;

/**
 * Whether a rule that an alert stands on reads otherwise now, or is gone, by the rule sets that the store keeps.
 *
 * @param store where the rules are under which the alert was decided
 * @param now the rules in force
 */
record StoredPolicy(Store store, RuleBook now) implements Predicate<Life> {
    @Override
    public boolean test(Life life) {
        String then = life.alert().ruleHash();
        return !then.equals(now.hash())
                && life.because().stream()
                        .map(Because::rule)
                        .anyMatch(rule -> store.rule(then, rule.name())
                                .map(RuleInfo::text)
                                .filter(text -> !same(text, now.rule(rule.name())))
                                .isPresent());
    }

    private static boolean same(String text, RuleInfo rule) {
        return rule != null && rule.text().equals(text);
    }
}
