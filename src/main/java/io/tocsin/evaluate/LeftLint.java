package io.tocsin.evaluate;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AccumulateDescr;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.EvalDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.PatternDescr;

/** What is wrong with the patterns of a left side, each by itself. */
final class LeftLint {
    private static final Pattern FREE_FORM = Pattern.compile("\\b(details|results|context)\\s*(\\[|\\.\\s*get\\s*\\()");

    private final RulePart part;
    private final DrlText text;
    private final Names names;
    private final List<Problem> problems;

    LeftLint(RulePart part, Names names, List<Problem> problems) {
        this.part = part;
        this.text = part.text();
        this.names = names;
        this.problems = problems;
    }

    void look() {
        between();
        element(part.tree().getLhs());
        Problem measured = Kinds.measured(part);
        if (measured != null) {
            problems.add(measured);
        }
    }

    /** Patterns are put together by lines, {@code and} and {@code or}. */
    private void between() {
        int depth = 0;
        for (int i = part.section().start(); i < part.then(); i++) {
            char c = text.code().charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && (c == '&' || c == '|')) {
                problems.add(text.problem(i, "\"" + c + c + "\" between patterns", "write and or or"));
                return;
            }
        }
    }

    private void element(BaseDescr element) {
        if (element instanceof PatternDescr pattern) {
            pattern(pattern);
        } else if (element instanceof EvalDescr eval) {
            problems.add(text.problem(
                    text.offset(eval.getLine(), eval.getColumn() + 1),
                    "\"eval\" in a left side",
                    "write a constraint instead of eval"));
        } else if (element instanceof ConditionalElementDescr group) {
            if (element instanceof ExistsDescr
                    && !group.getDescrs().isEmpty()
                    && group.getDescrs().get(0) instanceof AndDescr) {
                BaseDescr at = (BaseDescr) group.getDescrs().get(0);
                problems.add(text.problem(
                        text.offset(at.getLine(), at.getColumn() + 1),
                        "a group in exists may silently match nothing",
                        "write exists before one pattern"));
            }
            group.getDescrs().forEach(child -> element((BaseDescr) child));
        } else if (element instanceof AccumulateDescr accumulate) {
            element(accumulate.getInput());
        }
    }

    private void pattern(PatternDescr pattern) {
        if (pattern.getSource() instanceof AccumulateDescr accumulate) {
            element(accumulate.getInput());
        } else if (pattern.getSource() != null) {
            problems.add(text.problem(
                    text.offset(pattern.getLine(), pattern.getColumn() + 1),
                    "facts come from the engine only",
                    "leave out from"));
        } else {
            fact(pattern);
        }
    }

    private void fact(PatternDescr pattern) {
        int from = text.offset(pattern.getLine(), 1);
        int at = Math.max(
                from, text.find(pattern.getObjectType(), from, part.section().end()));
        Class<?> type = Facts.type(pattern.getObjectType());
        if (type == null) {
            problems.add(text.problem(
                    at,
                    "unknown fact \"" + pattern.getObjectType() + "\"",
                    Facts.near(pattern.getObjectType(), Facts.names())));
            return;
        }
        if (!pattern.getBehaviors().isEmpty()) {
            problems.add(text.problem(
                    Math.max(at, text.find("over", at, part.section().end())),
                    "readings have no windows",
                    "match a Trend instead"));
        }
        Ranges ranges = new Ranges(type, text, problems);
        for (BaseDescr constraint : pattern.getDescrs()) {
            if (constraint instanceof ExprConstraintDescr expression) {
                constraint(type, expression, at, ranges);
            }
        }
    }

    private void constraint(Class<?> type, ExprConstraintDescr constraint, int pattern, Ranges ranges) {
        String expression = constraint.getExpression().strip();
        int at = Math.max(pattern, text.text().indexOf(expression, pattern));
        if (constraint.getType() == ExprConstraintDescr.Type.POSITIONAL) {
            problems.add(
                    text.problem(at, "unexpected \";\" after \"" + expression + "\"", "write , between constraints"));
            return;
        }
        CharSequence code = text.code().subSequence(at, Math.min(text.code().length(), at + expression.length()));
        Matcher freeForm = FREE_FORM.matcher(code);
        if (freeForm.find()) {
            problems.add(text.problem(
                    at + freeForm.start(),
                    "a free-form map is not compared directly, as its values may be of any type",
                    "use num(" + freeForm.group(1) + ", \"name\") or text(" + freeForm.group(1) + ", \"name\")"));
        }
        Names.Unknown unknown = names.unknown(code, type);
        if (unknown != null) {
            problems.add(text.problem(at + unknown.at(), unknown.what(), unknown.hint()));
            return;
        }
        for (Comparison comparison : Comparison.of(text, at, at + code.length())) {
            Problem wrong = Kinds.wrong(comparison, type, part, text);
            if (wrong != null) {
                problems.add(wrong);
                return;
            }
        }
        if (code.toString().indexOf('|') < 0) {
            Comparison.of(text, at, at + code.length()).forEach(ranges::take);
        }
    }
}
