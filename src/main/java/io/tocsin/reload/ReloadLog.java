package io.tocsin.reload;

import io.tocsin.bus.LogFamily;
import io.tocsin.evaluate.Problem;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log how a reload went. */
final class ReloadLog {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadLog.class);
    private static final int MOST_PROBLEMS = 10;
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
        StringBuilder text = new StringBuilder("★ rules reloaded: ")
                .append(Attempt.files(attempt.inForce()))
                .append(" files, hash ")
                .append(attempt.before().hash())
                .append(" → ")
                .append(attempt.inForce().hash())
                .append(", ")
                .append(difference.added().size())
                .append(" rules new, ")
                .append(difference.edited().size())
                .append(" changed, ")
                .append(difference.gone().size())
                .append(" gone");
        rules(text, "new", difference.added(), attempt.inForce());
        rules(text, "changed", difference.edited(), attempt.inForce());
        rules(text, "gone", difference.gone(), attempt.before());
        text.append("\n    tried    ").append(tried(attempt));
        if (attempt.lanes().failed() > 0) {
            text.append("\n    failed   ")
                    .append(attempt.lanes().failed())
                    .append(" clusters did not stand the change; they are taken up again from the store");
        }
        LOG.info(LogFamily.SUCCESS, "{}", text);
    }

    private static void rules(StringBuilder text, String word, List<String> names, RuleBook book) {
        Function<String, String> shown = name ->
                "\"" + Text.clean(name) + "\" (" + Text.clean(book.ref(name).place()) + ")";
        List<String> few =
                new ArrayList<>(names.stream().limit(MOST_RULES).map(shown).toList());
        if (names.size() > MOST_RULES) {
            few.add("and " + (names.size() - MOST_RULES) + " more");
        }
        few.forEach(one -> text.append(String.format("%n    %-8s %s", word, one)));
    }

    private static String tried(Attempt attempt) {
        Proof.Result proof = attempt.prepared().proof();
        String cases = proof.cases() == 0 ? "no scenario" : proof.cases() + " scenario cases passed";
        String left = proof.leftOut() == 0 ? "" : ", " + proof.leftOut() + " scenario files left out for time";
        return cases
                + left
                + String.format(
                        java.util.Locale.ROOT,
                        ", ready in %.1f s; a cluster paused for %.0f ms at most",
                        attempt.prepared().took().toMillis() / 1000.0,
                        attempt.lanes().pauseMillis());
    }

    private static void unchanged(Attempt attempt, boolean again) {
        LOG.info(
                LogFamily.SUCCESS,
                "★ rules looked at again: {}, hash {} stays in force",
                again ? "good again, and as they were" : "no rule changed",
                attempt.inForce().hash());
    }

    private void notTaken(Attempt attempt) {
        StringBuilder text = new StringBuilder("❌ rules not reloaded: ")
                .append(Text.clean(attempt.error()))
                .append("; hash ")
                .append(attempt.inForce().hash())
                .append(" stays in force");
        List<Problem> problems = attempt.problems(folder);
        problems.stream()
                .limit(MOST_PROBLEMS)
                .forEach(one -> text.append("\n    ").append(Text.clean(one.toString())));
        if (problems.size() > MOST_PROBLEMS) {
            text.append("\n    and ").append(problems.size() - MOST_PROBLEMS).append(" more: ./tocsin check");
        }
        if (attempt.prepared().forceable()) {
            text.append("\n    they compile; POST /-/reload?force=true takes them all the same");
        }
        LOG.error(LogFamily.FAILURE, "{}", text);
    }
}
