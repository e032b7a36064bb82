package io.tocsin.evaluate;

import io.tocsin.evaluate.why.WhyNot;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.RuleRef;
import java.util.LinkedHashMap;
import java.util.Map;

/** Explains rows of tables by the rules that they stand for, compiled when somebody asks; keeps the latest few. */
final class RowWhyNots {
    private static final int MOST = 32;
    private static final String HEADER =
            "package rules; import io.tocsin.model.*; import java.util.List; import static io.tocsin.model.Rules.*; ";

    private final Map<String, WhyNot> latest = new LinkedHashMap<>(MOST, 0.75f, true);

    synchronized WhyNot of(RuleInfo row, String drl) {
        String rule = row.ref().name();
        WhyNot known = latest.get(rule);
        if (known == null) {
            known = compiled(row.ref(), drl);
            latest.put(rule, known);
            if (latest.size() > MOST) {
                latest.remove(latest.keySet().iterator().next());
            }
        }
        return known;
    }

    private static WhyNot compiled(RuleRef row, String drl) {
        try (RuleBook alone = RuleBook.of(Map.of("row.drl", HEADER + drl))) {
            return alone.whyNotAt(row.name(), row.line());
        } catch (RuleProblems impossible) {
            throw new IllegalStateException(
                    "the rules of a row do not compile: " + impossible.getMessage(), impossible);
        }
    }
}
