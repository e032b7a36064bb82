package io.tocsin.evaluate;

import io.tocsin.model.RuleInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the rule, line and column that compiler messages are about: most come without. Rules are compiled in ever smaller
 * groups until each that fails stands alone. Slow, and only used when something is wrong.
 */
final class CompileErrors {
    private final Map<String, String> texts;
    private final Map<String, Problem> problems = new LinkedHashMap<>();

    private CompileErrors(Map<String, String> texts) {
        this.texts = texts;
    }

    /**
     * Where the mistakes are.
     *
     * @param texts what was compiled, by file
     * @param rules the rules in it
     * @param errors what the compiler said of all of it together
     */
    static List<Problem> locate(Map<String, String> texts, List<RuleInfo> rules, List<RuleCompiler.Error> errors) {
        CompileErrors located = new CompileErrors(texts);
        located.search(rules);
        if (located.problems.isEmpty()) {
            String file = texts.keySet().iterator().next();
            errors.forEach(error -> located.problems.putIfAbsent(
                    error.text(),
                    Problem.error(file, 1, 1, CompileError.clean(error.text()), "only together with other files")));
        }
        return new ArrayList<>(located.problems.values());
    }

    private void search(List<RuleInfo> rules) {
        if (rules.isEmpty()) {
            return;
        }
        RuleCompiler.Result together = RuleCompiler.compile(only(rules));
        RuleCompiler.discard(together);
        if (together.errors().isEmpty()) {
            return;
        }
        if (rules.size() == 1) {
            together.errors().stream()
                    .limit(3)
                    .map(error -> new CompileError(rules.get(0), error).problem())
                    .forEach(problem -> problems.putIfAbsent(problem.file() + ":" + problem.line(), problem));
            return;
        }
        search(rules.subList(0, rules.size() / 2));
        search(rules.subList(rules.size() / 2, rules.size()));
    }

    private Map<String, String> only(List<RuleInfo> rules) {
        Map<String, String> only = new TreeMap<>();
        for (RuleInfo rule : rules) {
            String file = rule.ref().file();
            only.putIfAbsent(file, header(texts.get(file)));
            only.merge(file, rule.text() + "\n", String::concat);
        }
        return only;
    }

    private static String header(String text) {
        DrlText drl = new DrlText("", text);
        return text.substring(0, drl.parts().get(0).end()) + "\n";
    }
}
