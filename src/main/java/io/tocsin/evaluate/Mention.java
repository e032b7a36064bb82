package io.tocsin.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something outside the rules that a rule names: it can only be told elsewhere whether it is there.
 *
 * @param kind what it is
 * @param name the name; empty where a rule takes it from its facts
 * @param file the file, below the rules folder
 * @param line from 1
 * @param column from 1
 */
public record Mention(Kind kind, String name, String file, int line, int column) {
    private static final Pattern ROUTE = Pattern.compile("new\\s+Route\\s*\\([^,]*,\\s*(?:\"([^\"]*)\"\\s*\\)|(\\S))");
    private static final Pattern ESCALATION = Pattern.compile("new\\s+Escalation\\s*\\(");
    private static final Pattern TO = Pattern.compile("List\\s*\\.\\s*of\\s*\\(([^)]*)\\)");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern RUNBOOK = Pattern.compile("\\.\\s*runbook\\s*\\(\\s*\"([^\"]*)\"");

    /** What rules name. */
    public enum Kind {
        /** The receiver of a route. */
        ROUTE,
        /** Whom an escalation tells. */
        ESCALATION,
        /** Where to read what to do. */
        RUNBOOK
    }

    /** What a rule names, in the order written. */
    static List<Mention> of(RulePart part) {
        List<Mention> mentions = new ArrayList<>();
        Matcher route = in(ROUTE, part, part.then());
        while (route.find()) {
            boolean plain = route.group(1) != null;
            mentions.add(at(Kind.ROUTE, plain ? route.group(1) : "", part, route.start(plain ? 1 : 2)));
        }
        Matcher escalation = in(ESCALATION, part, part.then());
        while (escalation.find()) {
            Matcher to = in(TO, part, escalation.end());
            if (to.find()) {
                Matcher text = TEXT.matcher(part.text().text()).region(to.start(1), to.end(1));
                while (text.find()) {
                    mentions.add(at(Kind.ESCALATION, text.group(1), part, text.start(1)));
                }
            }
        }
        Matcher runbook = in(RUNBOOK, part, part.then());
        if (runbook.find()) {
            mentions.add(at(Kind.RUNBOOK, runbook.group(1), part, runbook.start(1)));
        }
        return mentions;
    }

    private static Matcher in(Pattern pattern, RulePart part, int from) {
        return pattern.matcher(part.text().text()).region(from, part.section().end());
    }

    private static Mention at(Kind kind, String name, RulePart part, int offset) {
        Problem place = part.text().problem(offset, "", "");
        return new Mention(kind, name, place.file(), place.line(), place.column());
    }
}
