package io.tocsin.evaluate;

import io.tocsin.model.Text;
import io.tocsin.model.Trend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.RuleDescr;

/** Finds in the syntax tree of a file what the compiler would report without a line, or not at all. */
final class RuleLint {
    private static final Pattern METRIC = Pattern.compile("metric\\s*==\\s*\"([^\"]+)\"");
    private static final Pattern DURATION = Pattern.compile("\\.\\s*(?:holdFor|quietFor)\\s*\\(\\s*\"([^\"]*)\"");

    private final RuleFile file;
    private final DrlText text;
    private final List<Problem> problems = new ArrayList<>();
    private final List<RulePart> parts = new ArrayList<>();
    private final Set<String> trends = new TreeSet<>();

    RuleLint(RuleFile file) {
        this.file = file;
        this.text = file.text();
        if (file.tree() != null) {
            look();
        }
    }

    /** The metrics that rules of this file ask trends for; {@code *} stands for all. */
    Set<String> trends() {
        return trends;
    }

    List<Problem> problems() {
        return problems;
    }

    /** The rules that can be read. */
    List<RulePart> parts() {
        return parts;
    }

    private void look() {
        if (file.header() != null && !text.code().toString().isBlank()) {
            problems.addAll(new RuleHeader(file).problems());
        }
        Map<Integer, RuleDescr> rules = new HashMap<>();
        file.tree().getRules().forEach(rule -> rules.put(rule.getLine(), rule));
        for (DrlText.Section section : file.sections()) {
            RuleDescr rule = rules.get(text.line(section.start()));
            if (rule != null) {
                rule(RulePart.of(file, section, rule));
            }
        }
    }

    private void rule(RulePart part) {
        parts.add(part);
        attributes(part);
        Names names = new Names(part.left());
        int before = problems.size();
        new LeftLint(part, names, problems).look();
        if (problems.size() == before) {
            new Joins(part, problems).look();
        }
        new Settling(part, problems).look();
        Names.Unknown unbound = names.unbound(part.right());
        if (unbound != null) {
            problems.add(text.problem(part.then() + unbound.at(), unbound.what(), unbound.hint()));
        }
        durations(part);
        for (RulePart.Match match : part.matches()) {
            if (match.type() == Trend.class) {
                Matcher metric = METRIC.matcher(match.written());
                trends.add(metric.find() ? metric.group(1) : "*");
            }
        }
    }

    private void attributes(RulePart part) {
        RuleDescr rule = part.tree();
        List<String> words = new ArrayList<>(rule.getAttributes().keySet());
        rule.getAnnotationNames().forEach(words::add);
        if (rule.getParentName() != null) {
            words.add("extends");
        }
        // those that stand before the first rule are every rule's too, and told there
        words.stream()
                .sorted()
                .map(word ->
                        text.find(word, part.section().start(), part.section().end()))
                .filter(at -> at >= 0)
                .findFirst()
                .ifPresent(at -> problems.add(text.problem(
                        at,
                        "\"" + text.word(at) + "\" is not allowed",
                        "rules have no order, no timer and no other attribute")));
    }

    private void durations(RulePart part) {
        Matcher duration =
                DURATION.matcher(text.text()).region(part.then(), part.section().end());
        while (duration.find()) {
            try {
                Text.duration(duration.group(1));
            } catch (IllegalArgumentException wrong) {
                problems.add(text.problem(duration.start(1), wrong.getMessage(), ""));
            }
        }
    }
}
