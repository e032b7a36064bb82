package io.tocsin.lane;

import io.tocsin.evaluate.why.Explanation;
import io.tocsin.evaluate.why.WhyNot;
import io.tocsin.model.AlertKey;
import io.tocsin.model.Life;
import io.tocsin.model.RuleInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Why does a rule say nothing of a node: all that the answer is worked out from, as it was at one instant. Nothing in it
 * changes any more, so another thread than the lane's may take its time.
 *
 * @param rule the rule
 * @param ruleHash the rule set in force
 * @param cluster the monitored cluster
 * @param node the node that is asked about; null for any
 * @param at when
 * @param facts the facts of the types that the rule looks at
 * @param sources the nodes that ever reported, and whether config lists others
 * @param lives the open alerts, by key
 * @param muted keys that somebody resolved by hand and that are silent until they are clear
 * @param fault why the rule is out of force; null if it is in force
 * @param receivers the receivers that config defines
 * @param ttl how long a reading counts as fresh when it does not say
 */
record Question(
        RuleInfo rule,
        String ruleHash,
        String cluster,
        String node,
        Instant at,
        List<Object> facts,
        List<String> sources,
        Map<AlertKey, Life> lives,
        Set<AlertKey> muted,
        String fault,
        Set<String> receivers,
        Duration ttl) {
    /** How many facts are looked at, at most. */
    static final int MOST_FACTS = 200_000;

    static Question of(RuleInfo rule, WhyNot whyNot, String node, ClusterWatch watch, String ruleHash) {
        String name = rule.ref().name();
        boolean quarantined = watch.session().quarantined().contains(name);
        return new Question(
                rule,
                ruleHash,
                watch.cluster(),
                node,
                watch.now(),
                watch.session().lookup().facts(whyNot.types(), MOST_FACTS),
                watch.session().sources().stream()
                        .filter(source -> source.check() == null)
                        .map(io.tocsin.evaluate.SeenSource::node)
                        .toList(),
                watch.book().byKey(),
                watch.book().muted(),
                quarantined ? watch.tally().faults().getOrDefault(name, "it failed") : null,
                watch.settings().receivers(),
                watch.settings().session().defaultTtl());
    }

    boolean complete(Explanation found) {
        return found.complete() && facts.size() < MOST_FACTS;
    }

    /** Whether anything was ever heard of the node. */
    boolean knowsNode() {
        return node == null || sources.contains(node);
    }
}
