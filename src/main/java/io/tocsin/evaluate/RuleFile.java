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
            problems.add(Problem.error(name, line, column(error.getMessage()), syntax(error.getMessage()), ""));
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

    private static String syntax(String message) {
        return oneLine(message.replaceFirst("^\\[ERR \\d+] ", "").replaceFirst("Line \\d+:\\d+ ", "syntax: "));
    }

    static String oneLine(String message) {
        String line = message == null ? "unreadable" : message.strip();
        int end = line.indexOf('\n');
        return (end < 0 ? line : line.substring(0, end)).replaceAll("\\s+", " ");
    }
}
