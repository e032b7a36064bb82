package io.tocsin.reload;

import io.tocsin.evaluate.Problem;
import io.tocsin.evaluate.RuleBook;
import java.nio.file.Path;
import java.util.List;

/** What rules have to stand beside that they compile. */
@FunctionalInterface
public interface Proof {
    /**
     * Checks and tries them. Blocks.
     *
     * @param book the rules, compiled
     * @param folder where they and their scenarios lie
     */
    Result prove(RuleBook book, Path folder);

    /**
     * How it went.
     *
     * @param problems what speaks against them; empty if nothing does
     * @param played the scenario cases that were played
     * @param leftOut how many scenario files were not played, as it took too long
     */
    record Result(List<Problem> problems, List<Case> played, int leftOut) {
        /** Nothing was asked. */
        public static final Result NONE = new Result(List.of(), List.of(), 0);

        public Result {
            problems = List.copyOf(problems);
            played = List.copyOf(played);
        }

        /** How many scenario cases were played. */
        public int cases() {
            return played.size();
        }
    }

    /**
     * A scenario case that was played.
     *
     * @param file its file below the folder
     * @param name what it is called
     * @param line where it begins
     * @param passed whether all that it expects came true
     */
    record Case(String file, String name, int line, boolean passed) {}
}
