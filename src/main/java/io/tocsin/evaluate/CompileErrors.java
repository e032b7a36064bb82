package io.tocsin.evaluate;

import io.tocsin.model.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the rule and line that a compiler message is about: most come without one. Slow, and only used when something is wrong. */
final class CompileErrors {
    private static final Pattern QUOTED = Pattern.compile(
            "[\"'`]([^\"'`\\n]{2,60})[\"'`]|(?:symbol|class|method|field|part of expression)[: ]+([\\w.$]{2,60})|([\\w$]+)(?:\\([^)]*\\))? (?:cannot be resolved|is undefined)");

    private static final Pattern UNBOUND = Pattern.compile("Unable to Analyse Expression.*?(\\$\\w+)");
    private static final Pattern SEMICOLON =
            Pattern.compile("\\(line (\\d+),col (\\d+)\\) Parse error.*\";\"", Pattern.DOTALL);
    private static final Pattern NO_VARIABLE = Pattern.compile("(\\w+) cannot be resolved to a variable");

    private CompileErrors() {}

    static List<Problem> locate(Map<String, String> texts, Map<String, RuleInfo> rules, List<String> messages) {
        List<Problem> problems = new ArrayList<>();
        for (RuleInfo rule : rules.values()) {
            String header = header(texts.get(rule.ref().file()));
            RuleCompiler.Result alone = RuleCompiler.compile(Map.of(rule.ref().file(), header + rule.text()));
            alone.errors().stream()
                    .filter(message -> !message.contains("Java source of"))
                    .limit(3)
                    .forEach(message -> problems.add(problem(rule, message)));
            RuleCompiler.discard(alone);
        }
        if (problems.isEmpty()) {
            String file = texts.keySet().iterator().next();
            messages.forEach(message -> problems.add(
                    Problem.error(file, 1, 1, RuleFile.oneLine(message), "only together with other files")));
        }
        return problems.stream().distinct().toList();
    }

    private static String header(String text) {
        StringBuilder header = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (line.strip().startsWith("package ") || line.strip().startsWith("import ")) {
                header.append(line).append('\n');
            }
        }
        return header.toString();
    }

    private static Problem problem(RuleInfo rule, String message) {
        Matcher unbound = UNBOUND.matcher(message);
        if (unbound.find()) {
            return at(
                    rule,
                    unbound.group(1),
                    unbound.group(1) + " is not bound",
                    "bind it before: " + unbound.group(1) + " : field");
        }
        Matcher semicolon = SEMICOLON.matcher(message);
        if (semicolon.find()) {
            int line = then(rule) + Integer.parseInt(semicolon.group(1)) - 1;
            return Problem.error(
                    rule.ref().file(),
                    rule.ref().line() + line,
                    Integer.parseInt(semicolon.group(2)),
                    "missing ;",
                    hint(rule));
        }
        Matcher text = NO_VARIABLE.matcher(message);
        if (text.find() && rule.text().contains("\"" + text.group(1) + "\"")) {
            return at(
                    rule,
                    text.group(1),
                    "the field is no text, but it is compared with \"" + text.group(1) + "\"",
                    hint(rule));
        }
        Matcher quoted = QUOTED.matcher(message);
        while (quoted.find()) {
            for (int group = 1; group <= 3; group++) {
                if (quoted.group(group) != null && stands(rule, quoted.group(group))) {
                    return at(rule, quoted.group(group), clean(message), hint(rule));
                }
            }
        }
        return Problem.error(rule.ref().file(), rule.ref().line(), 1, clean(message), hint(rule));
    }

    private static String clean(String message) {
        return RuleFile.oneLine(message)
                .replaceAll("Rule Compilation error ?:? ?", "")
                .replaceAll("\\bDialect\\b.*", "")
                .replaceAll("for the type Lambda\\w+", "here (helpers: io.tocsin.model.Rules)");
    }

    /** Where the right side begins, in lines after the rule's first. */
    private static int then(RuleInfo rule) {
        List<String> lines = List.of(rule.text().split("\n", -1));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith("then")) {
                return i;
            }
        }
        return 0;
    }

    private static boolean stands(RuleInfo rule, String token) {
        return word(token).matcher(rule.text()).find();
    }

    private static Pattern word(String token) {
        return Pattern.compile("(?<![\\w$])" + Pattern.quote(token) + "(?!\\w)");
    }

    /** A problem where a word first stands below the rule's first line. */
    private static Problem at(RuleInfo rule, String token, String what, String hint) {
        String[] lines = rule.text().split("\n", -1);
        for (int i = 1; i < lines.length; i++) {
            Matcher place = word(token).matcher(lines[i]);
            if (place.find()) {
                return Problem.error(rule.ref().file(), rule.ref().line() + i, place.start() + 1, what, hint);
            }
        }
        return Problem.error(rule.ref().file(), rule.ref().line(), 1, what, hint);
    }

    private static String hint(RuleInfo rule) {
        return "in rule \"" + rule.ref().name() + "\"";
    }
}
