package io.tocsin.evaluate;

import java.util.List;
import java.util.stream.Collectors;

/** The rules cannot be used; every problem of every file at once. */
public final class RuleProblems extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    RuleProblems(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of files and lines; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
