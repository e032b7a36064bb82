package io.tocsin.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; carries every problem found, not only the first. */
public final class ConfigProblems extends Exception {
    private final transient List<Problem> problems;
    private final transient List<Problem> warnings;

    ConfigProblems(List<Problem> problems, List<Problem> warnings) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.warnings = List.copyOf(warnings);
    }

    /** Every problem, those of the file first and from its top to its bottom. */
    public List<Problem> problems() {
        return problems;
    }

    /** What is allowed but worth a look. */
    public List<Problem> warnings() {
        return warnings;
    }
}
