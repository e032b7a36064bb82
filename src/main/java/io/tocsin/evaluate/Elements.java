package io.tocsin.evaluate;

import io.tocsin.evaluate.why.Element;
import io.tocsin.model.RuleInfo;
import java.util.ArrayList;
import java.util.List;

/** Finds the elements of a rule's left side in its text: each ends with the bracket that closes it. */
final class Elements {
    private Elements() {}

    static List<Element> of(RuleInfo rule) {
        DrlText text = new DrlText(rule.ref().file(), rule.text());
        int from = text.find("when", 0, rule.text().length()) + "when".length();
        int to = text.find("then", from, rule.text().length());
        List<Element> elements = new ArrayList<>();
        int depth = 0;
        int start = from;
        for (int i = from; i < to; i++) {
            char c = text.code().charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ')' && depth == 0) {
                elements.add(element(rule, text, start, i + 1));
                start = i + 1;
            }
        }
        return elements;
    }

    private static Element element(RuleInfo rule, DrlText text, int from, int to) {
        int start = from;
        while (!Character.isJavaIdentifierStart(text.code().charAt(start))
                && text.code().charAt(start) != '(') {
            start++;
        }
        if (text.find("and", start, to) == start) {
            return element(rule, text, start + "and".length(), to);
        }
        return new Element(uncommented(text, start, to), rule.ref().line() + text.line(start) - 1);
    }

    /** Comments are left out, line ends stay. */
    private static String uncommented(DrlText text, int from, int to) {
        StringBuilder kept = new StringBuilder();
        boolean quoted = false;
        boolean comment = false;
        for (int i = from; i < to; i++) {
            char code = text.code().charAt(i);
            char c = text.text().charAt(i);
            quoted ^= code == '"';
            boolean begins = text.text().startsWith("//", i) || text.text().startsWith("/*", i);
            comment = !quoted && Character.isWhitespace(code) && (comment || begins);
            kept.append(comment && c != '\n' ? ' ' : c);
        }
        return kept.toString().replaceAll("(?m)[ \\t]+$", "");
    }
}
