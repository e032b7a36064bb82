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

    private CompileErrors() {}

    static List<Problem> locate(Map<String, String> texts, Map<String, RuleInfo> rules, List<String> messages) {
        List<Problem> problems = new ArrayList<>();
        for (RuleInfo rule : rules.values()) {
            String header = header(texts.get(rule.ref().file()));
            RuleCompiler.Result alone = RuleCompiler.compile(Map.of(rule.ref().file(), header + rule.text()));
            for (String message :
                    alone.errors().subList(0, Math.min(3, alone.errors().size()))) {
                problems.add(problem(rule, message));
            }
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
        String what = RuleFile.oneLine(message)
                .replaceAll("Rule Compilation error ?:? ?", "")
                .replaceAll("\\bDialect\\b.*", "");
        String[] lines = rule.text().split("\n", -1);
        Matcher quoted = QUOTED.matcher(message);
        while (quoted.find()) {
            for (int group = 1; group <= 3; group++) {
                String token = quoted.group(group);
                for (int i = 1; token != null && i < lines.length; i++) {
                    Matcher at = Pattern.compile("(?<!\\w)" + Pattern.quote(token) + "(?!\\w)")
                            .matcher(lines[i]);
                    if (at.find()) {
                        return Problem.error(
                                rule.ref().file(), rule.ref().line() + i, at.start() + 1, what, hint(rule));
                    }
                }
            }
        }
        return Problem.error(rule.ref().file(), rule.ref().line(), 1, what, hint(rule));
    }

    private static String hint(RuleInfo rule) {
        return "in rule \"" + rule.ref().name() + "\"";
    }
}
