package io.tocsin.reload;

import io.tocsin.evaluate.Problem;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleProblems;
import io.tocsin.store.Store;
import io.tocsin.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Makes changed rules ready aside: reads, compiles, checks, plays their scenarios, and keeps them in the store, so that
 * what is decided under them can be explained. Blocks.
 *
 * @param folder the rules
 * @param proof what they have to stand
 * @param store where they are kept
 */
record Preparation(Path folder, Proof proof, Store store) {
    /**
     * Makes them ready.
     *
     * @param force whether it is enough that they compile
     */
    Prepared prepare(boolean force) {
        long began = System.nanoTime();
        RuleBook book;
        try {
            book = RuleBook.load(folder);
        } catch (RuleProblems problems) {
            return refused(problems.problems(), false, Proof.Result.NONE, began);
        } catch (RuntimeException thrown) {
            return refused(List.of(cannot("be compiled", thrown)), false, Proof.Result.NONE, began);
        }
        Prepared prepared = prove(book, force, began);
        if (prepared.book() == null) {
            book.close();
        }
        return prepared;
    }

    private Prepared prove(RuleBook book, boolean force, long began) {
        Proof.Result result = Proof.Result.NONE;
        try {
            result = force ? result : proof.prove(book, folder);
            if (!result.problems().isEmpty()) {
                return refused(result.problems(), true, result, began);
            }
            book.prepare();
            store.saveRules(book.hash(), book.rules());
            return new Prepared(book, List.of(), null, false, result, since(began));
        } catch (StoreException away) {
            String fault = "they cannot be kept in the store: " + away.getMessage();
            return new Prepared(null, List.of(), fault, false, result, since(began));
        } catch (RuntimeException thrown) {
            return refused(List.of(cannot("be tried", thrown)), true, result, began);
        }
    }

    private static Prepared refused(List<Problem> problems, boolean forceable, Proof.Result result, long began) {
        return new Prepared(null, problems, null, forceable, result, since(began));
    }

    private static Problem cannot(String what, RuntimeException thrown) {
        return new Problem(".", 1, 1, "the rules cannot " + what + ": " + thrown, "", false);
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
