package io.tocsin.reload;

import io.tocsin.evaluate.Problem;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleProblems;
import io.tocsin.store.Store;
import io.tocsin.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
     * @param before the rules in force
     * @param force whether it is enough that they compile
     */
    Prepared prepare(RuleBook before, boolean force) {
        long began = System.nanoTime();
        RuleBook book;
        try {
            book = RuleBook.load(folder);
        } catch (RuleProblems problems) {
            return refused(problems.problems(), false, Proof.Result.NONE, began);
        } catch (RuntimeException thrown) {
            return refused(List.of(cannot("be compiled", thrown)), false, Proof.Result.NONE, began);
        }
        Prepared prepared = prove(before, book, force, began);
        if (prepared.book() == null) {
            book.close();
        }
        return prepared;
    }

    private Prepared prove(RuleBook before, RuleBook book, boolean force, long began) {
        Proof.Result result = Proof.Result.NONE;
        try {
            result = force ? result : proof.prove(book, folder);
            if (!result.problems().isEmpty()) {
                return refused(nearestFirst(result.problems(), before, book), true, result, began);
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

    /** What is beside an edit is told first. */
    private static List<Problem> nearestFirst(List<Problem> problems, RuleBook before, RuleBook book) {
        Difference difference = Difference.of(before, book);
        Set<String> edited = Stream.concat(difference.added().stream(), difference.edited().stream())
                .map(rule -> stem(book.ref(rule).file()))
                .collect(Collectors.toSet());
        return problems.stream()
                .sorted(Comparator.comparing((Problem one) -> !edited.contains(stem(one.file()))))
                .toList();
    }

    private static String stem(String file) {
        return file.replaceFirst("\\.[^/]*$", "");
    }

    private static Problem cannot(String what, RuntimeException thrown) {
        return new Problem(".", 1, 1, "the rules cannot " + what + ": " + thrown, "", false);
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
