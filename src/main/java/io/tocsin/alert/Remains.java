package io.tocsin.alert;

import io.tocsin.model.Because;
import io.tocsin.model.Symptom;
import io.tocsin.model.Tracking.Hold;
import java.util.Comparator;
import java.util.List;

/**
 * What is left of an alert that no finding stands for: the reasons that nothing was heard against.
 *
 * @param lost at least one
 */
record Remains(List<Because> lost) {

    /** Those that had held before; should they come back, they have held all the time. */
    List<Hold> holds(List<Hold> before) {
        return before.stream().filter(this::holds).toList();
    }

    boolean holds(Hold hold) {
        return lost.stream()
                .anyMatch(one ->
                        one.severity() == hold.severity() && one.rule().name().equals(hold.rule()));
    }

    Because worst() {
        return lost.stream().max(Comparator.comparing(Because::severity)).orElseThrow();
    }

    /** What the worst of them said; the figures that are known belong to something that is over. */
    Symptom symptom(Symptom before) {
        Because worst = worst();
        return new Symptom(
                worst.severity(),
                worst.message(),
                null,
                null,
                null,
                before.context(),
                worst.quietFor(),
                before.runbook(),
                lost.stream().map(Because::rule).distinct().toList());
    }
}
