package io.tocsin.evaluate.why;

import java.util.List;

/**
 * Why a rule does or does not match.
 *
 * @param holds whether it matches
 * @param complete false if there was too much to look at; then {@code holds} is what was found until then
 * @param ofNode whether the rule is about single nodes, so that only facts of the one asked about began a match
 * @param attempts those that match, else those that come nearest, nearest first
 * @param omitted how many attempts more there were
 * @param opaque an element that this cannot take apart, as it is written; null if there is none
 */
public record Explanation(
        boolean holds, boolean complete, boolean ofNode, List<Attempt> attempts, int omitted, String opaque) {
    public Explanation {
        attempts = List.copyOf(attempts);
    }
}
