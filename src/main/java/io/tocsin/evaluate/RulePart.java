package io.tocsin.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.drools.drl.ast.descr.AccumulateDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.ForallDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * One rule of a file: where its sides stand, and its syntax tree.
 *
 * @param text the whole file
 * @param section the rule with what follows it
 * @param when where {@code when} stands
 * @param then where {@code then} stands
 * @param tree the rule's syntax tree
 */
record RulePart(DrlText text, DrlText.Section section, int when, int then, RuleDescr tree) {
    static RulePart of(RuleFile file, DrlText.Section section, RuleDescr tree) {
        DrlText text = file.text();
        return new RulePart(
                text,
                section,
                text.find("when", section.start(), section.end()),
                text.find("then", section.start(), section.end()),
                tree);
    }

    /** {@code rule "memory is above 85 percent"}. */
    String name() {
        return "rule \"" + tree.getName() + "\"";
    }

    /** The line of its {@code rule}. */
    int line() {
        return text.line(section.start());
    }

    /** The left side with its texts. */
    String written() {
        return text.text().substring(when, then);
    }

    CharSequence left() {
        return text.code().subSequence(when + "when".length(), then);
    }

    CharSequence right() {
        return text.code().subSequence(then, section.end());
    }

    /** How a pattern takes part in the left side. */
    enum Role {
        /** Every fact that fits makes a match of its own. */
        EACH,
        /** It only has to be there, or not to be there. */
        ASKED,
        /** It is there only if none fits. */
        ABSENT,
        /** An accumulate takes it in. */
        COUNTED,
        /** One of several alternatives. */
        OR
    }

    /** A pattern, and how it takes part. */
    record Match(PatternDescr pattern, Role role) {
        /** Its constraints one by one. */
        List<ExprConstraintDescr> constraints() {
            return pattern.getDescrs().stream()
                    .filter(ExprConstraintDescr.class::isInstance)
                    .map(ExprConstraintDescr.class::cast)
                    .toList();
        }

        /** Its constraints with texts. */
        String written() {
            StringBuilder all = new StringBuilder();
            constraints().forEach(one -> all.append(one.getExpression()).append(" , "));
            return all.toString();
        }

        Class<?> type() {
            return Facts.type(pattern.getObjectType());
        }
    }

    /** Every pattern of the left side, in the order written. */
    List<Match> matches() {
        List<Match> matches = new ArrayList<>();
        collect(tree.getLhs(), Role.EACH, matches);
        return matches;
    }

    private static void collect(BaseDescr element, Role role, List<Match> matches) {
        if (element instanceof PatternDescr pattern) {
            if (pattern.getSource() instanceof AccumulateDescr accumulate) {
                collect(accumulate.getInput(), Role.COUNTED, matches);
            } else {
                matches.add(new Match(pattern, role));
            }
        } else if (element instanceof AccumulateDescr accumulate) {
            collect(accumulate.getInput(), Role.COUNTED, matches);
        } else if (element instanceof ConditionalElementDescr group) {
            Role inner = role == Role.COUNTED
                    ? role
                    : element instanceof NotDescr
                            ? Role.ABSENT
                            : element instanceof ExistsDescr || element instanceof ForallDescr
                                    ? Role.ASKED
                                    : element instanceof OrDescr && role == Role.EACH ? Role.OR : role;
            group.getDescrs().forEach(child -> collect((BaseDescr) child, inner, matches));
        }
    }
}
