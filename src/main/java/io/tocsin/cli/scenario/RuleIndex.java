package io.tocsin.cli.scenario;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.RuleRef;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which rules say what, as far as their text shows. */
final class RuleIndex {
    private static final Pattern FINDING = Pattern.compile("Finding\\s*\\.\\s*of(?:Cluster)?\\s*\\(\\s*\"([^\"]+)\"");
    private static final Pattern ROUTE = Pattern.compile("new\\s+Route\\s*\\([^,]+,\\s*\"([^\"]+)\"\\s*\\)");
    private static final Pattern ORDER = Pattern.compile("new\\s+Escalation\\s*\\(");

    private final RuleBook book;
    private final List<RuleInfo> rules;

    RuleIndex(RuleBook book) {
        this.book = book;
        this.rules = book.rules();
    }

    /** Where a rule stands. */
    RuleRef ref(String name) {
        return book.ref(name);
    }

    /** Rules that find a type of alert. */
    List<RuleInfo> finding(String alertType) {
        return naming(FINDING, alertType);
    }

    /** Rules that route to a receiver. */
    List<RuleInfo> routing(String receiver) {
        return naming(ROUTE, receiver);
    }

    /** Rules that give standing orders. */
    List<RuleInfo> ordering() {
        return rules.stream().filter(rule -> ORDER.matcher(rule.text()).find()).toList();
    }

    /** Every type of alert that some rule names. */
    Set<String> alertTypes() {
        return names(FINDING);
    }

    /** Every receiver that some rule names. */
    Set<String> receivers() {
        return names(ROUTE);
    }

    private List<RuleInfo> naming(Pattern pattern, String name) {
        return rules.stream()
                .filter(rule -> names(pattern, rule).contains(name))
                .toList();
    }

    private Set<String> names(Pattern pattern) {
        Set<String> names = new TreeSet<>();
        rules.forEach(rule -> names.addAll(names(pattern, rule)));
        return names;
    }

    private static Set<String> names(Pattern pattern, RuleInfo rule) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(rule.text());
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** A rule as people find it. */
    static String named(RuleInfo rule) {
        return "rule \"" + rule.ref().name() + "\" (" + rule.ref().place() + ")";
    }
}
