package io.tocsin.cli.rules;

import io.tocsin.cli.Parts;
import io.tocsin.evaluate.Mention;
import io.tocsin.evaluate.Problem;
import io.tocsin.evaluate.RuleReview;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks at a folder of rules and scenarios, and says what is wrong with them. */
public final class RuleCheck {
    private RuleCheck() {}

    /** What is found in a folder of rules, scenarios included. */
    public static Parts.Checked check(Path folder) {
        RuleReview review = RuleReview.of(folder);
        List<Parts.Found> found =
                new ArrayList<>(review.problems().stream().map(RuleCheck::found).toList());
        Map<String, Proof> files = new TreeMap<>();
        review.problems().stream()
                .filter(problem -> !problem.warning() && review.files().contains(problem.file()))
                .forEach(problem -> files.put(problem.file(), new Proof()));
        review.rules()
                .forEach(rule -> files.computeIfAbsent(rule.ref().file(), file -> new Proof())
                        .add(review.drl().getOrDefault(rule.ref().name(), rule.text())));
        found.addAll(new ScenarioCheck(folder).found(files));
        return new Parts.Checked(
                found,
                review.files().size(),
                review.rules().size(),
                review.mentions().stream().map(RuleCheck::named).toList());
    }

    /** The rules of a folder, as far as they can be read; nothing is compiled. */
    public static Parts.Listed list(Path folder) {
        RuleReview review = RuleReview.read(folder);
        return new Parts.Listed(
                review.rules().stream()
                        .map(rule -> new Parts.Rule(
                                rule.ref().name(),
                                rule.ref().file(),
                                rule.ref().line(),
                                rule.doc(),
                                rule.text(),
                                review.drl().getOrDefault(rule.ref().name(), rule.text())))
                        .toList(),
                review.problems().stream().map(RuleCheck::found).toList());
    }

    private static Parts.Named named(Mention mention) {
        return new Parts.Named(
                Parts.Kind.valueOf(mention.kind().name()),
                mention.name(),
                mention.file(),
                mention.line(),
                mention.column());
    }

    private static Parts.Found found(Problem problem) {
        return new Parts.Found(
                problem.file(), problem.line(), problem.column(), problem.what(), problem.hint(), problem.warning());
    }
}
