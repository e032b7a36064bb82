package io.tocsin.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AccumulateDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** Finds in the syntax tree what the compiler would report without a line, or not at all. */
final class RuleLint {
    private static final Pattern FIELD =
            Pattern.compile("^\\s*(?:[$\\w]+\\s*:=?\\s*)?!?\\s*\\(*([a-zA-Z_]\\w*)\\s*(.*)$", Pattern.DOTALL);
    private static final Pattern METRIC = Pattern.compile("metric\\s*==\\s*\"([^\"]+)\"");
    private static final Map<Pattern, String> FORBIDDEN = Map.of(
            Pattern.compile(
                            "\\bRuntime\\b|\\bProcessBuilder\\b|\\bSystem\\s*\\.|\\bThread\\b|\\bClass\\s*\\.\\s*forName"),
                    "a rule only concludes; it starts, prints and reads nothing",
            Pattern.compile("\\b(for|while|do)\\s*[({]"), "no loops in a right side; count in an accumulate",
            Pattern.compile("\\beval\\s*\\("), "write a constraint instead of eval",
            Pattern.compile("\\binsert\\s*\\("),
                    "use insertLogical, which is withdrawn when the left side no longer holds",
            Pattern.compile("\\b(modify|update|delete|retract)\\s*[({]"),
                    "facts belong to the engine; conclude with insertLogical");

    private final RuleFile file;
    private final List<Problem> problems = new ArrayList<>();
    private final java.util.Set<String> trends = new java.util.TreeSet<>();

    RuleLint(RuleFile file) {
        this.file = file;
    }

    /** The metrics that rules of this file ask trends for; {@code *} stands for all. */
    java.util.Set<String> trends() {
        return trends;
    }

    List<Problem> problems() {
        header();
        file.tree().getRules().forEach(this::rule);
        return problems;
    }

    private void header() {
        if (!"rules".equals(file.tree().getName())) {
            problems.add(Problem.error(
                    file.name(),
                    1,
                    1,
                    "package is \"" + file.tree().getName() + "\"",
                    "every rule file says package rules;"));
        }
        for (ImportDescr imported : file.tree().getImports()) {
            String target = imported.getTarget();
            if (!target.startsWith("io.tocsin.model.")
                    && !target.startsWith("java.util.")
                    && !target.startsWith("java.time.")) {
                problems.add(Problem.error(
                        file.name(),
                        imported.getLine(),
                        imported.getColumn() + 1,
                        "import of " + target + " is not allowed",
                        "rules may import io.tocsin.model, java.util and java.time"));
            }
        }
    }

    private void rule(RuleDescr rule) {
        patterns(rule.getLhs());
        String right = String.valueOf(rule.getConsequence());
        FORBIDDEN.forEach((pattern, hint) -> {
            Matcher found = pattern.matcher(withoutText(right));
            if (found.find()) {
                int line = rule.getConsequenceLine()
                        + (int) right.substring(0, found.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                problems.add(Problem.error(
                        file.name(),
                        line,
                        1,
                        "\"" + found.group().strip() + "\" in the right side of \"" + rule.getName() + "\"",
                        hint));
            }
        });
    }

    private static String withoutText(String java) {
        StringBuilder blank = new StringBuilder(java);
        Matcher text = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|//[^\\n]*").matcher(java);
        while (text.find()) {
            for (int i = text.start(); i < text.end(); i++) {
                blank.setCharAt(i, ' ');
            }
        }
        return blank.toString();
    }

    private void patterns(BaseDescr element) {
        if (element instanceof PatternDescr pattern) {
            pattern(pattern);
            if (pattern.getSource() instanceof AccumulateDescr accumulate) {
                patterns(accumulate.getInput());
            }
        } else if (element instanceof ConditionalElementDescr group) {
            for (Object child : group.getDescrs()) {
                patterns((BaseDescr) child);
            }
        } else if (element instanceof AccumulateDescr accumulate) {
            patterns(accumulate.getInput());
        }
    }

    private void pattern(PatternDescr pattern) {
        if (pattern.getSource() != null) {
            return;
        }
        Class<?> type = Facts.type(pattern.getObjectType());
        if (type == null) {
            problems.add(Problem.error(
                    file.name(),
                    pattern.getLine(),
                    pattern.getColumn() + 1,
                    "unknown fact \"" + pattern.getObjectType() + "\"",
                    Facts.near(pattern.getObjectType(), Facts.names())));
            return;
        }
        List<String> constraints = new ArrayList<>();
        for (BaseDescr constraint : pattern.getDescrs()) {
            if (constraint instanceof ExprConstraintDescr expression) {
                constraints.add(expression.getExpression());
                field(type, expression);
            }
        }
        if (pattern.getObjectType().equals("Trend")) {
            Matcher metric = METRIC.matcher(String.join(" , ", constraints));
            trends.add(metric.find() ? metric.group(1) : "*");
        }
    }

    private void field(Class<?> type, ExprConstraintDescr constraint) {
        Matcher found = FIELD.matcher(constraint.getExpression());
        if (!found.matches()
                || found.group(2).startsWith("(")
                || found.group(2).startsWith(".")
                        && Character.isUpperCase(found.group(1).charAt(0))) {
            return;
        }
        String name = found.group(1);
        if (!Facts.fields(type).contains(name)
                && !List.of("this", "true", "false", "null", "not", "exists").contains(name)) {
            int line = constraint.getLine() > 0 ? constraint.getLine() : 1;
            problems.add(Problem.error(
                    file.name(),
                    line,
                    column(line, name),
                    type.getSimpleName() + " has no field \"" + name + "\"",
                    Facts.near(name, Facts.fields(type))));
        }
    }

    private int column(int line, String name) {
        String[] lines = file.text().split("\n", -1);
        Matcher at = Pattern.compile("\\b" + Pattern.quote(name) + "\\b")
                .matcher(line <= lines.length ? lines[line - 1] : "");
        return at.find() ? at.start() + 1 : 1;
    }
}
