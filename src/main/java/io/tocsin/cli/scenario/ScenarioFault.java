package io.tocsin.cli.scenario;

import io.tocsin.evaluate.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A scenario file cannot be played; says of every mistake where it is, what was found and what is allowed. */
public final class ScenarioFault extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    ScenarioFault(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Every mistake, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
