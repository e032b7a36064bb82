package io.tocsin.evaluate;

import io.tocsin.model.ClusterHealth;
import io.tocsin.model.TimeOfDay;
import io.tocsin.model.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the patterns of a left side hang together. Two that share nothing match every pair of their facts: ten thousand
 * series make a hundred million matches. A session has one {@code Topology} and one {@code ClusterHealth} at most, and a
 * pattern that names its node matches few.
 */
final class Joins {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\w+");
    private static final Pattern ONE_NODE = Pattern.compile("\\bnode\\s*==\\s*\"");

    private final RulePart part;
    private final List<Problem> problems;

    Joins(RulePart part, List<Problem> problems) {
        this.part = part;
        this.problems = problems;
    }

    void look() {
        List<RulePart.Match> many = new ArrayList<>();
        for (RulePart.Match match : part.matches()) {
            if (match.role() == RulePart.Role.OR) {
                return;
            }
            if (match.role() == RulePart.Role.EACH && many(match)) {
                many.add(match);
            }
        }
        if (many.size() < 2) {
            return;
        }
        Set<String> joined = new HashSet<>(variables(many.get(0)));
        for (RulePart.Match match : many.subList(1, many.size())) {
            Set<String> own = variables(match);
            widen(joined);
            if (own.stream().noneMatch(joined::contains)) {
                int from = part.text().offset(match.pattern().getLine(), 1);
                problems.add(
                        part.text()
                                .problem(
                                        Math.max(
                                                from,
                                                part.text().find(match.pattern().getObjectType(), from, part.then())),
                                        match.pattern().getObjectType() + " shares nothing with "
                                                + many.get(0).pattern().getObjectType()
                                                + ", so every pair of them matches",
                                        "bind a field of one and ask for it in the other, such as node == $n, or write exists"));
                return;
            }
            joined.addAll(own);
        }
    }

    private static boolean many(RulePart.Match match) {
        return match.type() != null
                && match.type() != Topology.class
                && match.type() != TimeOfDay.class
                && match.type() != ClusterHealth.class
                && !ONE_NODE.matcher(match.written()).find();
    }

    private static Set<String> variables(RulePart.Match match) {
        Set<String> names = variables(match.written());
        if (match.pattern().getIdentifier() != null) {
            names.add(match.pattern().getIdentifier());
        }
        return names;
    }

    private static Set<String> variables(String code) {
        Set<String> names = new HashSet<>();
        Matcher variable = VARIABLE.matcher(code);
        while (variable.find()) {
            names.add(variable.group());
        }
        return names;
    }

    /** What an accumulate worked out from joined facts is joined too. */
    private void widen(Set<String> joined) {
        String left = part.left().toString();
        for (int at = left.indexOf("accumulate"); at >= 0; at = left.indexOf("accumulate", at + 1)) {
            int open = left.indexOf('(', at);
            int close = open;
            for (int depth = 0; close >= 0 && close < left.length(); close++) {
                depth += left.charAt(close) == '(' ? 1 : left.charAt(close) == ')' ? -1 : 0;
                if (depth == 0) {
                    break;
                }
            }
            Set<String> here = variables(left.substring(at, Math.max(at, close)));
            if (here.stream().anyMatch(joined::contains)) {
                joined.addAll(here);
            }
        }
    }
}
