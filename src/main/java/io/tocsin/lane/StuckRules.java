package io.tocsin.lane;

import io.tocsin.evaluate.RuleBook;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Rules that did not return, out of force from the start where a lane is taken up again: in the monitored cluster whose
 * facts they did not return on, and everywhere on the lane once that were several. Other rules, read later, are not meant.
 *
 * @param book where they stand; null if there are none
 * @param byCluster the reason by rule, by cluster
 * @param everywhere the reason by rule
 */
record StuckRules(RuleBook book, Map<String, Map<String, String>> byCluster, Map<String, String> everywhere) {
    static final StuckRules NONE = new StuckRules(null, Map.of(), Map.of());

    StuckRules {
        byCluster = Map.copyOf(byCluster);
        everywhere = Map.copyOf(everywhere);
    }

    /** These, and some more. */
    StuckRules and(RuleBook in, String cluster, Set<String> rules, String reason) {
        Map<String, Map<String, String>> known = new HashMap<>(book == in ? byCluster : Map.of());
        Map<String, String> all = new HashMap<>(book == in ? everywhere : Map.of());
        Map<String, String> here = new HashMap<>(known.getOrDefault(cluster, Map.of()));
        for (String rule : rules) {
            here.put(rule, reason);
            if (known.entrySet().stream()
                    .anyMatch(one ->
                            !one.getKey().equals(cluster) && one.getValue().containsKey(rule))) {
                all.put(rule, reason + ", in more than one cluster");
            }
        }
        known.put(cluster, Map.copyOf(here));
        return new StuckRules(in, known, all);
    }

    /** The rules that a cluster does without, each with the reason, if these are the rules in force. */
    Map<String, String> of(String cluster, RuleBook inForce) {
        if (book != inForce) {
            return Map.of();
        }
        Map<String, String> rules = new HashMap<>(everywhere);
        rules.putAll(byCluster.getOrDefault(cluster, Map.of()));
        return rules;
    }
}
