package io.tocsin.evaluate;

import io.tocsin.model.RuleInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the rule and line that a compiler message is about: most come without one. Slow, and only used when something is wrong. */
final class CompileErrors {
    private static final Pattern QUOTED = Pattern.compile(
            "[\"'`]([^\"'`\\n]{2,60})[\"'`]|(?:symbol|class|method|field|part of expression)[: ]+([\\w.$]{2,60})|([\\w$]+)(?:\\([^)]*\\))? (?:cannot be resolved|is undefined)");
    private static final Pattern UNBOUND = Pattern.compile("Unable to Analyse Expression.*?(\\$\\w+)");
    private static final Pattern PARSE =
            Pattern.compile("\\(line (\\d+),col (\\d+)\\) Parse error\\. Found +(\"(?:\\\\.|[^\"])*\")");
    private static final Pattern NO_VARIABLE = Pattern.compile("(\\w+) cannot be resolved to a variable");
    private static final Pattern NO_METHOD =
            Pattern.compile("The method (\\w+)\\([^)]*\\) is undefined for the type (\\w+)");

    private CompileErrors() {}

    static List<Problem> locate(Map<String, String> texts, Map<String, RuleInfo> rules, List<String> messages) {
        Map<String, Problem> problems = new LinkedHashMap<>();
        for (RuleInfo rule : rules.values()) {
            String header = header(texts.get(rule.ref().file()));
            RuleCompiler.Result alone = RuleCompiler.compile(Map.of(rule.ref().file(), header + rule.text()));
            alone.errors().stream()
                    .filter(message -> !message.contains("Java source of"))
                    .limit(3)
                    .map(message -> problem(rule, message))
                    .forEach(problem -> problems.putIfAbsent(
                            problem.file() + ":" + problem.line() + ":" + problem.column(), problem));
            RuleCompiler.discard(alone);
        }
        if (problems.isEmpty()) {
            String file = texts.keySet().iterator().next();
            messages.forEach(message -> problems.putIfAbsent(
                    message, Problem.error(file, 1, 1, clean(message), "only together with other files")));
        }
        return new ArrayList<>(problems.values());
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
        Matcher parse = PARSE.matcher(message);
        if (parse.find()) {
            return inThen(rule, Integer.parseInt(parse.group(1)), Integer.parseInt(parse.group(2)), parse.group(3));
        }
        Matcher method = NO_METHOD.matcher(message);
        if (method.find()) {
            return noMethod(rule, method.group(1), method.group(2));
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

    /** A place in the right side, whose first line is what follows {@code then}. */
    private static Problem inThen(RuleInfo rule, int line, int column, String found) {
        String[] lines = rule.text().split("\n", -1);
        DrlText drl = new DrlText(rule.ref().file(), rule.text());
        int then = drl.find("then", 0, rule.text().length());
        int begins = drl.line(Math.max(0, then));
        int row = Math.min(lines.length, begins + line - 1);
        int shift = line == 1 ? then - drl.offset(begins, 1) + "then".length() - 1 : 0;
        return Problem.error(
                rule.ref().file(), rule.ref().line() + row - 1, column + shift, "unexpected " + found, hint(rule));
    }

    private static Problem noMethod(RuleInfo rule, String name, String type) {
        boolean helper = type.startsWith("Lambda");
        TreeSet<String> known = helper ? Names.helpers() : Names.methods(type);
        String what = helper ? "there is no helper \"" + name + "\"" : type + " has no \"" + name + "\"";
        return at(rule, name, what, known.isEmpty() ? hint(rule) : Facts.near(name, known));
    }

    /** The first line of a message without what only means something to the compiler. */
    private static String clean(String message) {
        return RuleFile.oneLine(message)
                .replaceAll("Rule Compilation error ?:? ?", "")
                .replaceAll("\\bDialect\\b.*", "")
                .replaceAll("_this\\.", "")
                .replaceAll(" for the type Lambda\\w+", "")
                .replaceAll("\\b[A-Z]\\w*[0-9A-F]{32}\\b", "the rule")
                .strip();
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
        for (int i = lines.length > 1 ? 1 : 0; i < lines.length; i++) {
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
