package io.tocsin.cli.rules;

import io.tocsin.cli.Parts;
import io.tocsin.evaluate.Problem;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleProblems;
import io.tocsin.model.RuleInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Loads rules as the appliance would, and says what is wrong with them. */
public final class RuleCheck {
    private RuleCheck() {}

    /** What is found in a folder of rules. */
    public static Parts.Checked check(Path folder) {
        try (RuleBook book = RuleBook.load(folder)) {
            Set<String> files = new TreeSet<>();
            for (RuleInfo rule : book.rules()) {
                files.add(rule.ref().file());
            }
            return new Parts.Checked(List.of(), files.size(), book.rules().size(), book.routedTo());
        } catch (RuleProblems problems) {
            List<Parts.Found> found =
                    problems.problems().stream().map(RuleCheck::found).toList();
            return new Parts.Checked(
                    found,
                    (int) found.stream().map(Parts.Found::file).distinct().count(),
                    0,
                    Set.of());
        }
    }

    private static Parts.Found found(Problem problem) {
        return new Parts.Found(
                problem.file(), problem.line(), problem.column(), problem.what(), problem.hint(), problem.warning());
    }
}
