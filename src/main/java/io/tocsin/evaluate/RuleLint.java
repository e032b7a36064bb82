package io.tocsin.evaluate;

import io.tocsin.model.Alert;
import io.tocsin.model.Text;
import io.tocsin.model.TimeOfDay;
import io.tocsin.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AccumulateDescr;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.EvalDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** Finds in the syntax tree what the compiler would report without a line, or not at all. */
final class RuleLint {
    private static final Pattern METRIC = Pattern.compile("metric\\s*==\\s*\"([^\"]+)\"");
    private static final Pattern TYPE = Pattern.compile("alertType\\s*==\\s*\"([^\"]+)\"");
    private static final Pattern FREE_FORM = Pattern.compile("\\b(details|results|context)\\s*(\\[|\\.\\s*get\\s*\\()");
    private static final Pattern DURATION = Pattern.compile("\\.\\s*(?:holdFor|quietFor)\\s*\\(\\s*\"([^\"]*)\"");
    private static final Pattern CONCLUDES = Pattern.compile("Finding\\s*\\.\\s*of(?:Cluster)?\\s*\\(\\s*\"([^\"]+)\"");

    private final RuleFile file;
    private final DrlText text;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> trends = new TreeSet<>();
    private DrlText.Section section;
    private Names names;
    private int then;
    private boolean alert;
    private boolean telemetry;
    private final Set<String> denied = new TreeSet<>();

    RuleLint(RuleFile file) {
        this.file = file;
        this.text = file.text();
    }

    /** The metrics that rules of this file ask trends for; {@code *} stands for all. */
    Set<String> trends() {
        return trends;
    }

    List<Problem> problems() {
        header();
        List<DrlText.Section> sections = text.sections();
        List<RuleDescr> rules = file.tree().getRules();
        for (int i = 0; i < Math.min(sections.size(), rules.size()); i++) {
            section = sections.get(i);
            then = text.find("then", section.start(), section.end());
            names = new Names(text.code().subSequence(section.start(), then));
            rule(rules.get(i));
        }
        return problems;
    }

    private void header() {
        if (!"rules".equals(file.tree().getName())) {
            problems.add(text.problem(
                    Math.max(0, text.find("package", 0, text.code().length())),
                    "package is \"" + file.tree().getName() + "\"",
                    "every rule file says package rules;"));
        }
        for (ImportDescr imported : file.tree().getImports()) {
            imported(imported, "io.tocsin.model.", "java.util.", "java.time.");
        }
        for (ImportDescr imported : file.tree().getFunctionImports()) {
            imported(imported, "io.tocsin.model.Rules.");
        }
        int code = text.code().length();
        for (String word : List.of("global", "function", "declare", "query")) {
            int found = text.find(
                    word,
                    0,
                    text.sections().isEmpty() ? code : text.sections().get(0).start());
            if (found >= 0) {
                problems.add(text.problem(
                        found, "\"" + word + "\" is not allowed", "a file has package, imports and rules"));
            }
        }
    }

    private void imported(ImportDescr imported, String... allowed) {
        String target = imported.getTarget();
        int at = Math.max(
                0,
                text.find(
                        "import",
                        Math.max(0, text.offset(imported.getLine(), 1)),
                        text.code().length()));
        if (List.of(allowed).stream().noneMatch(target::startsWith)) {
            problems.add(text.problem(
                    at,
                    "import of " + target + " is not allowed",
                    "rules may import io.tocsin.model, java.util and java.time, and static io.tocsin.model.Rules"));
        } else if (!target.endsWith("*") && allowed.length > 1 && !exists(target)) {
            problems.add(
                    text.problem(at, "there is no " + target, "the facts are " + String.join(", ", Facts.names())));
        }
    }

    private static boolean exists(String type) {
        try {
            Class.forName(type, false, RuleLint.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException none) {
            return false;
        }
    }

    private void rule(RuleDescr rule) {
        alert = false;
        telemetry = false;
        denied.clear();
        rule.getAttributes().keySet().stream()
                .sorted()
                .limit(1)
                .forEach(attribute -> problems.add(text.problem(
                        Math.max(section.start(), text.find(attribute, section.start(), section.end())),
                        "\"" + attribute + "\" is not allowed",
                        "rules have no order, no timer and no other attribute")));
        between();
        patterns(rule.getLhs());
        Names.Unknown unbound = names.unbound(text.code().subSequence(then, section.end()));
        if (unbound != null) {
            problems.add(text.problem(then + unbound.at(), unbound.what(), unbound.hint()));
        }
        Matcher duration = DURATION.matcher(text.text()).region(then, section.end());
        while (duration.find()) {
            duration(duration.group(1), duration.start(1));
        }
        Matcher concludes = CONCLUDES.matcher(text.text()).region(then, section.end());
        if (concludes.find()) {
            finding(concludes.group(1), concludes.start());
        }
    }

    private void duration(String written, int at) {
        try {
            Text.duration(written);
        } catch (IllegalArgumentException wrong) {
            problems.add(text.problem(at, wrong.getMessage(), ""));
        }
    }

    /** What a finding may hang on: not on its own alert alone, and not on that alert's absence. */
    private void finding(String type, int at) {
        if (alert && !telemetry) {
            problems.add(text.problem(
                    at,
                    "the finding stands on an alert and on no reading, so it supports itself for ever",
                    "match a reading, a source or a trend beside the alert"));
        }
        if (denied.contains(type)) {
            problems.add(text.problem(
                    at,
                    "the finding asks that its own alert is absent, so it never settles",
                    "leave out not Alert(alertType == \"" + type + "\"); findings of a key are one alert anyway"));
        }
    }

    /** Patterns are put together by lines, {@code and} and {@code or}. */
    private void between() {
        int depth = 0;
        for (int i = section.start(); i < then; i++) {
            char c = text.code().charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && (c == '&' || c == '|')) {
                problems.add(text.problem(i, "\"" + c + c + "\" between patterns", "write and or or"));
                return;
            }
        }
    }

    private void patterns(BaseDescr element) {
        if (element instanceof PatternDescr pattern) {
            pattern(pattern, false);
            if (pattern.getSource() instanceof AccumulateDescr accumulate) {
                patterns(accumulate.getInput());
            } else if (pattern.getSource() != null) {
                problems.add(text.problem(
                        text.offset(pattern.getLine(), pattern.getColumn() + 1),
                        "facts come from the engine only",
                        "leave out from"));
            }
        } else if (element instanceof NotDescr not
                && not.getDescrs().size() == 1
                && not.getDescrs().get(0) instanceof PatternDescr pattern) {
            pattern(pattern, true);
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
            group.getDescrs().forEach(child -> patterns((BaseDescr) child));
        } else if (element instanceof AccumulateDescr accumulate) {
            patterns(accumulate.getInput());
        }
    }

    private void pattern(PatternDescr pattern, boolean absent) {
        if (pattern.getSource() != null) {
            return;
        }
        int from = text.offset(pattern.getLine(), 1);
        int at = text.find(pattern.getObjectType(), from, section.end());
        Class<?> type = Facts.type(pattern.getObjectType());
        if (type == null) {
            problems.add(text.problem(
                    at < 0 ? from : at,
                    "unknown fact \"" + pattern.getObjectType() + "\"",
                    Facts.near(pattern.getObjectType(), Facts.names())));
            return;
        }
        if (!pattern.getBehaviors().isEmpty()) {
            problems.add(text.problem(
                    text.find("over", at, section.end()), "readings have no windows", "match a Trend instead"));
        }
        List<String> constraints = new ArrayList<>();
        for (BaseDescr constraint : pattern.getDescrs()) {
            if (constraint instanceof ExprConstraintDescr expression) {
                constraints.add(expression.getExpression());
                constraint(type, expression, at);
            }
        }
        String all = String.join(" , ", constraints);
        noted(type, all, absent);
    }

    private void noted(Class<?> type, String constraints, boolean absent) {
        if (type == io.tocsin.model.Trend.class) {
            Matcher metric = METRIC.matcher(constraints);
            trends.add(metric.find() ? metric.group(1) : "*");
        }
        if (type == Alert.class && absent) {
            Matcher denies = TYPE.matcher(constraints);
            if (denies.find()) {
                denied.add(denies.group(1));
            }
        }
        alert |= type == Alert.class && !absent;
        telemetry |= type != Alert.class && type != Topology.class && type != TimeOfDay.class;
    }

    private void constraint(Class<?> type, ExprConstraintDescr constraint, int pattern) {
        String expression = constraint.getExpression();
        int at = Math.max(pattern, text.text().indexOf(expression.strip(), pattern));
        if (constraint.getType() == ExprConstraintDescr.Type.POSITIONAL) {
            problems.add(text.problem(
                    at, "unexpected \";\" after \"" + expression.strip() + "\"", "write , between constraints"));
            return;
        }
        CharSequence code = new DrlText(file.name(), expression.strip()).code();
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
        }
    }
}
