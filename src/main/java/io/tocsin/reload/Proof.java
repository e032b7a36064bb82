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
     * @param cases how many scenario cases were played
     * @param leftOut how many scenario files were not played, as it took too long
     */
    record Result(List<Problem> problems, int cases, int leftOut) {
        /** Nothing was asked. */
        public static final Result NONE = new Result(List.of(), 0, 0);

        public Result {
            problems = List.copyOf(problems);
        }
    }
}
