package io.tocsin.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.ConsequenceException;

/** Fires a session in slices, bounded, and finds out which rule is to blame when it fails. */
final class Firing {
    static final int SLICE = 10_000;
    private static final int LEAST_BOUND = 10_000;
    private static final int FIRES_PER_FACT = 20;
    private static final Pattern NAMED = Pattern.compile("\\[Rule \"([^\"]+)\"|Rule:? \"([^\"]+)\"");

    private final KieSession session;
    private final Conclusions conclusions;

    Firing(KieSession session, Conclusions conclusions) {
        this.session = session;
        this.conclusions = conclusions;
    }

    /** Fires to rest; a rule that fires more often than {@value #FIRES_PER_FACT} times the facts has no rest. */
    void run(int facts) throws RuleFault {
        try {
            if (session.fireAllRules(SLICE) < SLICE) {
                return;
            }
            long bound = Math.max(LEAST_BOUND, (long) FIRES_PER_FACT * facts);
            Map<String, Long> before = new HashMap<>();
            conclusions.fired().forEach((rule, count) -> before.put(rule, count[0]));
            while (session.fireAllRules(SLICE) >= SLICE) {
                for (Map.Entry<String, long[]> rule : conclusions.fired().entrySet()) {
                    long times = rule.getValue()[0] - before.getOrDefault(rule.getKey(), 0L);
                    if (times > bound) {
                        throw new RuleFault(rule.getKey(), "fired " + times + " times without coming to rest", null);
                    }
                }
            }
        } catch (RuntimeException fault) {
            throw fault(fault);
        }
    }

    static RuleFault fault(RuntimeException thrown) {
        return new RuleFault(named(thrown), reason(thrown), thrown);
    }

    private static String named(RuntimeException fault) {
        if (fault instanceof ConsequenceException consequence && consequence.getRule() != null) {
            return consequence.getRule().getName();
        }
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            Matcher name = NAMED.matcher(String.valueOf(cause.getMessage()));
            if (name.find()) {
                return name.group(1) != null ? name.group(1) : name.group(2);
            }
        }
        return null;
    }

    private static String reason(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName()
                + (root.getMessage() == null ? "" : ": " + RuleFile.oneLine(root.getMessage()));
    }

    /**
     * The rules to blame, found by trying ever smaller sets of them.
     *
     * @param rules the rules in force
     * @param fails whether a session with only these rules fails
     * @return empty if all together do not fail now, or only together
     */
    static Set<String> culprits(List<String> rules, Predicate<Set<String>> fails) {
        if (rules.isEmpty() || !fails.test(Set.copyOf(rules))) {
            return Set.of();
        }
        if (rules.size() == 1) {
            return Set.of(rules.get(0));
        }
        Set<String> found = new TreeSet<>(culprits(rules.subList(0, rules.size() / 2), fails));
        found.addAll(culprits(rules.subList(rules.size() / 2, rules.size()), fails));
        return found;
    }
}
