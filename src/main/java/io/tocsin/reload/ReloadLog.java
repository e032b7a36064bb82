package io.tocsin.reload;

import io.tocsin.bus.LogBlock;
import io.tocsin.bus.LogFamily;
import io.tocsin.evaluate.Problem;
import io.tocsin.evaluate.RuleBook;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log how a reload went. */
final class ReloadLog {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadLog.class);
    private static final int MOST_PROBLEMS = 6;
    private static final int MOST_RULES = 5;

    private final Path folder;

    ReloadLog(Path folder) {
        this.folder = folder;
    }

    /**
     * Says it.
     *
     * @param again whether the last attempt before it was no good
     */
    void say(Attempt attempt, boolean again) {
        switch (attempt.outcome()) {
            case TAKEN -> taken(attempt);
            case UNCHANGED -> unchanged(attempt, again);
            default -> notTaken(attempt);
        }
    }

    /** An attempt came to no end at all. */
    void broken(Throwable fault) {
        LOG.error(LogFamily.FAILURE, "❌ rules not reloaded: the attempt broke off", fault);
    }

    private void taken(Attempt attempt) {
        Difference difference = Difference.of(attempt.before(), attempt.inForce());
        LogBlock block = LogBlock.of("★ rules reloaded: " + Attempt.files(attempt.inForce()) + " files, hash "
                + attempt.before().hash() + " → " + attempt.inForce().hash() + ", "
                + difference.added().size() + " rules new, "
                + difference.edited().size() + " changed, "
                + difference.gone().size() + " gone");
        rules(block, "New", difference.added(), attempt.inForce());
        rules(block, "Changed", difference.edited(), attempt.inForce());
        rules(block, "Gone", difference.gone(), attempt.before());
        block.with("Tried", tried(attempt.prepared().proof()))
                .with(
                        "Time",
                        String.format(
                                Locale.ROOT,
                                "ready in %.1f s; clusters changed over: %d, none paused for more than %.0f ms",
                                attempt.prepared().took().toMillis() / 1000.0,
                                attempt.lanes().clusters(),
                                Math.ceil(attempt.lanes().pauseMillis())));
        if (attempt.lanes().failed() > 0) {
            block.with(
                    "Failed",
                    attempt.lanes().failed()
                            + " clusters did not stand the change; they are taken up again from the store");
        }
        LOG.info(LogFamily.SUCCESS, "{}", block);
    }

    private static void rules(LogBlock block, String word, List<String> names, RuleBook book) {
        names.stream()
                .limit(MOST_RULES)
                .forEach(name ->
                        block.with(word, "\"" + name + "\" (" + book.ref(name).place() + ")"));
        if (names.size() > MOST_RULES) {
            block.with(word, "and " + (names.size() - MOST_RULES) + " more");
        }
    }

    private static String tried(Proof.Result proof) {
        String cases = proof.cases() == 0 ? "no scenario" : proof.cases() + " scenario cases passed";
        return proof.leftOut() == 0
                ? cases
                : cases + ", " + proof.leftOut() + " scenario files were left out as it took too long";
    }

    private static void unchanged(Attempt attempt, boolean again) {
        LOG.info(
                LogFamily.SUCCESS,
                "★ rules looked at again: {}, hash {} stays in force",
                again ? "good again, and as they were" : "no rule changed",
                attempt.inForce().hash());
    }

    private void notTaken(Attempt attempt) {
        String force = attempt.prepared().forceable()
                ? "; ./tocsin test shows why, POST /-/reload?force=true takes them all the same"
                : "";
        LogBlock block = LogBlock.of("❌ rules not reloaded: " + attempt.error() + ", hash "
                + attempt.inForce().hash() + " stays in force" + force);
        List<Problem> problems = attempt.problems(folder);
        problems.stream().limit(MOST_PROBLEMS).forEach(one -> block.with(one.place(), one.text()));
        if (problems.size() > MOST_PROBLEMS) {
            block.with("and more", problems.size() - MOST_PROBLEMS);
        }
        LOG.error(LogFamily.FAILURE, "{}", block);
    }
}
