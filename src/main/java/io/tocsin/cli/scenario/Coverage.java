package io.tocsin.cli.scenario;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.RuleInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which rules the scenarios fired, of those that they are to prove.
 *
 * @param rules how many there are
 * @param silent those that no case fired
 */
record Coverage(int rules, List<RuleInfo> silent) {
    /** Of all rules if the whole folder was played, else of the rules beside the files that were; null if cases were left out. */
    static Coverage of(RuleBook book, Selection selection, boolean all, List<ScenarioRunner.Outcome> outcomes) {
        if (!selection.whole()) {
            return null;
        }
        Set<String> fired = new HashSet<>();
        outcomes.forEach(outcome -> fired.addAll(outcome.fired().keySet()));
        List<RuleInfo> rules = book.rules().stream()
                .filter(rule -> all || beside(rule.ref().file(), selection))
                .toList();
        return new Coverage(
                rules.size(),
                rules.stream()
                        .filter(rule -> !fired.contains(rule.ref().name()))
                        .toList());
    }

    private static boolean beside(String file, Selection selection) {
        String scenario = ScenarioFile.beside(file);
        return selection.scenarios().stream()
                .anyMatch(one -> one.file().replace('\\', '/').endsWith(scenario));
    }

    int fired() {
        return rules - silent.size();
    }
}
