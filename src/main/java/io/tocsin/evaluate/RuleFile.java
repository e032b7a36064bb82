package io.tocsin.evaluate;

import io.tocsin.model.RuleInfo;
import io.tocsin.model.RuleRef;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * One rule file as it was read: its text, its syntax tree and what is wrong with its syntax. A rule that cannot be read is
 * left out of the tree, so that what is wrong with the others is seen all the same.
 *
 * @param name below the rules folder, such as {@code threshold/memory.drl}
 * @param text the whole file
 * @param tree the syntax tree of what can be read; null if nothing can
 * @param header what stands before the first rule; null if it cannot be read
 * @param sections the rules that can be read
 * @param problems syntax errors, at most one in each part of the file
 */
record RuleFile(
        String name,
        DrlText text,
        PackageDescr tree,
        DrlText.Section header,
        List<DrlText.Section> sections,
        List<Problem> problems) {
    private static final Pattern PLACE = Pattern.compile("Line (\\d+):(\\d+) ");
    private static final Pattern INPUT = Pattern.compile("(?:mismatched|at|extraneous) input '(.*?)'(?= |$)");

    static RuleFile parse(String name, String raw) {
        DrlText drl = new DrlText(name, RuleFolder.normal(raw));
        List<DrlText.Section> parts = drl.parts();
        List<Problem> problems = new ArrayList<>();
        List<DrlText.Section> bad = new ArrayList<>();
        for (DrlText.Section part : parts) {
            Problem found = drl.problem(part);
            boolean rule = part != parts.get(0);
            reject(part, found == null && rule ? new DrlShape(drl, part).problem() : found, bad, problems);
        }
        List<Problem> syntax = new ArrayList<>();
        PackageDescr tree = read(drl, drl.without(bad), syntax);
        if (!syntax.isEmpty()) {
            for (DrlText.Section part : parts) {
                if (!bad.contains(part)) {
                    reject(part, first(drl, drl.only(part.start(), part.end())), bad, problems);
                }
            }
            problems.addAll(problems.isEmpty() ? syntax.subList(0, 1) : List.of());
            tree = read(drl, drl.without(bad), new ArrayList<>());
        }
        List<DrlText.Section> good = parts.subList(1, parts.size()).stream()
                .filter(part -> !bad.contains(part))
                .toList();
        return new RuleFile(name, drl, tree, bad.contains(parts.get(0)) ? null : parts.get(0), good, problems);
    }

    private static void reject(
            DrlText.Section part, Problem problem, List<DrlText.Section> bad, List<Problem> problems) {
        if (problem != null) {
            bad.add(part);
            problems.add(problem);
        }
    }

    /** The first thing that the parser does not like; what follows it is mostly a consequence. */
    private static Problem first(DrlText drl, String part) {
        List<Problem> all = new ArrayList<>();
        read(drl, part, all);
        return all.isEmpty() ? null : all.get(0);
    }

    private static PackageDescr read(DrlText drl, String text, List<Problem> problems) {
        DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
        PackageDescr tree = null;
        try {
            tree = parser.parse(false, text);
        } catch (DroolsParserException | RuntimeException fault) {
            problems.add(drl.problem(0, "cannot be read: " + oneLine(fault.getMessage()), ""));
        }
        for (DroolsError error : parser.getErrors()) {
            problems.add(syntax(drl, error));
        }
        return tree;
    }

    private static Problem syntax(DrlText drl, DroolsError error) {
        String message = error.getMessage();
        Matcher place = PLACE.matcher(message);
        int line = error.getLines().length > 0 ? error.getLines()[0] : 1;
        int column = place.find() ? Integer.parseInt(place.group(2)) + 1 : 1;
        Matcher input = INPUT.matcher(oneLine(message));
        String found = input.find() ? input.group(1) : "";
        String what = found.isEmpty()
                ? oneLine(message.replaceFirst("^\\[ERR \\d+] ", "").replaceFirst(PLACE.pattern(), ""))
                : "unexpected \"" + found + "\"";
        int at = drl.offset(line, column);
        boolean start = message.contains("'[package");
        return drl.problem(at, what, start ? "here stands package, import or rule" : hint(found, drl, at));
    }

    private static String hint(String found, DrlText drl, int at) {
        if (found.startsWith("$")
                && drl.code().toString().substring(0, at).stripTrailing().endsWith(")")) {
            return "is a ; missing behind the pattern of accumulate?";
        }
        return switch (found) {
            case "=" -> "use == to compare";
            case "or" -> "write || between constraints";
            case "and" -> "write , or && between constraints";
            case "then" -> "is the pattern before it complete, with its brackets?";
            default -> found.matches("[$\\w]+") ? "is a comma missing before it?" : "";
        };
    }

    /** The folder, which is the rules' family. */
    String family() {
        int slash = name.indexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    List<RuleInfo> rules() {
        String[] lines = text.text().split("\n", -1);
        List<RuleInfo> rules = new ArrayList<>();
        for (RuleDescr rule : tree == null ? List.<RuleDescr>of() : tree.getRules()) {
            int from = rule.getLine();
            int to = Math.max(from, Math.min(lines.length, rule.getEndLine()));
            String body =
                    String.join("\n", List.of(lines).subList(from - 1, to)).stripTrailing();
            rules.add(new RuleInfo(new RuleRef(rule.getName(), name, from), family(), doc(lines, from - 2), body));
        }
        return rules;
    }

    /** The comment that ends right above a line, without its marks. */
    private static String doc(String[] lines, int above) {
        int end = above;
        while (end >= 0 && lines[end].isBlank()) {
            end--;
        }
        if (end < 0 || !lines[end].strip().endsWith("*/")) {
            return "";
        }
        int start = end;
        while (start > 0 && !lines[start].contains("/*")) {
            start--;
        }
        StringBuilder doc = new StringBuilder();
        for (int i = start; i <= end; i++) {
            String line = lines[i].strip()
                    .replaceFirst("^/\\*+", "")
                    .replaceFirst("\\*+/$", "")
                    .replaceFirst("^\\*", "");
            doc.append(line.strip()).append('\n');
        }
        return doc.toString().strip();
    }

    static String oneLine(String message) {
        String line = message == null ? "unreadable" : message.strip();
        int end = line.indexOf('\n');
        return (end < 0 ? line : line.substring(0, end)).replaceAll("\\s+", " ");
    }
}
