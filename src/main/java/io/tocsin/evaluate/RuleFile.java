package io.tocsin.evaluate;

import io.tocsin.model.RuleInfo;
import io.tocsin.model.RuleRef;
import java.util.ArrayList;
import java.util.List;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * One rule file as it was read: its text, its syntax tree and what is wrong with its syntax.
 *
 * @param name below the rules folder, such as {@code threshold/memory.drl}
 * @param text the whole file
 * @param tree the syntax tree; null if it cannot be read
 * @param problems syntax errors
 */
record RuleFile(String name, String text, PackageDescr tree, List<Problem> problems) {
    static RuleFile parse(String name, String text) {
        DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
        List<Problem> problems = new ArrayList<>();
        PackageDescr tree = null;
        try {
            tree = parser.parse(false, text);
        } catch (DroolsParserException fault) {
            problems.add(Problem.error(name, 1, 1, oneLine(fault.getMessage()), ""));
        }
        for (DroolsError error : parser.getErrors()) {
            int line = error.getLines().length > 0 ? error.getLines()[0] : 1;
            problems.add(syntax(name, text, line, error.getMessage()));
        }
        return new RuleFile(name, text, problems.isEmpty() ? tree : null, problems);
    }

    /** The folder, which is the rules' family. */
    String family() {
        int slash = name.indexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    List<RuleInfo> rules() {
        String[] lines = text.split("\n", -1);
        List<RuleInfo> rules = new ArrayList<>();
        for (RuleDescr rule : tree.getRules()) {
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

    private static int column(String message) {
        var place = java.util.regex.Pattern.compile("Line \\d+:(\\d+)").matcher(message);
        return place.find() ? Integer.parseInt(place.group(1)) + 1 : 1;
    }

    private static Problem syntax(String name, String text, int line, String message) {
        Problem open = withoutEnd(name, text, line);
        if (open != null) {
            return open;
        }
        String what = oneLine(message.replaceFirst("^\\[ERR \\d+] ", "").replaceFirst("Line \\d+:\\d+ ", "syntax: "));
        String hint = what.contains("input '='")
                ? "use == to compare"
                : what.contains("input 'then'") ? "is a ( before it not closed?" : "";
        return Problem.error(name, line, column(message), what, hint);
    }

    /** The rule that has no end before the next one begins, if the error at a line comes of that. */
    private static Problem withoutEnd(String name, String text, int line) {
        String[] lines = text.split("\n", -1);
        int begun = 0;
        for (int i = 0; i < Math.min(line, lines.length); i++) {
            String word = lines[i].strip();
            if (word.startsWith("rule \"")) {
                if (begun > 0) {
                    return Problem.error(
                            name,
                            begun,
                            1,
                            lines[begun - 1].strip() + " has no end",
                            "write end before line " + (i + 1));
                }
                begun = i + 1;
            } else if (word.equals("end") || word.endsWith(" end")) {
                begun = 0;
            }
        }
        return null;
    }

    static String oneLine(String message) {
        String line = message == null ? "unreadable" : message.strip();
        int end = line.indexOf('\n');
        return (end < 0 ? line : line.substring(0, end)).replaceAll("\\s+", " ");
    }
}
