package io.tocsin.reload;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.RuleInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * What one rule set has that another has not, by the text of each rule; comments above a rule do not count.
 *
 * @param added rules that are new
 * @param edited rules that read otherwise
 * @param gone rules that are no more
 */
record Difference(List<String> added, List<String> edited, List<String> gone) {
    static Difference of(RuleBook before, RuleBook after) {
        List<String> added = new ArrayList<>();
        List<String> edited = new ArrayList<>();
        for (RuleInfo rule : after.rules()) {
            RuleInfo old = before.rule(rule.ref().name());
            if (old == null) {
                added.add(rule.ref().name());
            } else if (!old.text().equals(rule.text())) {
                edited.add(rule.ref().name());
            }
        }
        List<String> gone = before.rules().stream()
                .map(rule -> rule.ref().name())
                .filter(name -> after.rule(name) == null)
                .toList();
        return new Difference(added, edited, gone);
    }
}
