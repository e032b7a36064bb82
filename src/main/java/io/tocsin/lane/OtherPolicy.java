package io.tocsin.lane;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Because;
import io.tocsin.model.Life;
import io.tocsin.model.RuleInfo;
import java.util.function.Predicate;

/** Whether a rule that an alert stands on reads otherwise now, or is gone. */
public final class OtherPolicy implements Predicate<Life> {
    private final RuleBook book;
    private final Texts then;

    /** Tells how rules read. */
    @FunctionalInterface
    public interface Texts {
        /** The text of a rule in a rule set; null if it is not known. */
        String of(String ruleHash, String rule);
    }

    /**
     * Compares these rules with others.
     *
     * @param then how rules read when an alert was last changed
     */
    public OtherPolicy(RuleBook book, Texts then) {
        this.book = book;
        this.then = then;
    }

    @Override
    public boolean test(Life life) {
        String hash = life.alert().ruleHash();
        return !hash.equals(book.hash())
                && life.because().stream()
                        .map(Because::rule)
                        .anyMatch(rule -> differs(then.of(hash, rule.name()), book.rule(rule.name())));
    }

    private static boolean differs(String was, RuleInfo now) {
        return was != null && (now == null || !now.text().equals(was));
    }
}
