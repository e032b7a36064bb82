package io.tocsin.evaluate;

import io.tocsin.model.RuleInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A folder of rules, looked at without running them. Stricter than {@link RuleBook}, which takes whatever can run: rules
 * also have to tell people what they mean, and must not contradict each other.
 *
 * @param problems everything that is wrong, by file and line
 * @param rules the rules that can be read, by file and line
 * @param drl each row of a table in the language of rules, by the name of the row
 * @param files the files, by name
 * @param mentions what rules name that is no part of them
 */
public record RuleReview(
        List<Problem> problems,
        List<RuleInfo> rules,
        Map<String, String> drl,
        List<String> files,
        List<Mention> mentions) {

    /** Looks at everything, and compiles it. */
    public static RuleReview of(Path folder) {
        RuleFolder read = RuleFolder.read(folder);
        RuleFiles files = new RuleFiles(read.texts());
        List<Problem> problems = new ArrayList<>(files.remarks());
        try {
            RuleBook.of(read.texts(), files, read.problems()).close();
        } catch (RuleProblems faults) {
            problems.addAll(faults.problems());
        }
        return of(files, problems);
    }

    /** Only reads the rules, without the compiler, which takes most of the time. */
    public static RuleReview read(Path folder) {
        RuleFolder read = RuleFolder.read(folder);
        RuleFiles files = new RuleFiles(read.texts());
        List<Problem> problems = new ArrayList<>(read.problems());
        problems.addAll(files.faults());
        return of(files, problems);
    }

    private static RuleReview of(RuleFiles files, List<Problem> problems) {
        List<RuleInfo> rules = files.rules().values().stream()
                .sorted(Comparator.comparing((RuleInfo rule) -> rule.ref().file())
                        .thenComparing(rule -> rule.ref().line()))
                .toList();
        return new RuleReview(
                problems.stream().sorted().distinct().toList(),
                rules,
                Map.copyOf(files.drl()),
                files.names(),
                files.mentions());
    }
}
