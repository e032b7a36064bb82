package io.tocsin.evaluate;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a rule does not use: a guard rail against accidents, not a wall against whoever may write rules. */
final class Forbidden {
    /** What only a right side could mean. */
    private static final List<Ban> RIGHT = List.of(
            new Ban("\\b(for|while|do)\\s*[({]", "no loops in a right side; count in an accumulate"),
            new Ban("\\binsert\\s*\\(", "use insertLogical, which is withdrawn when the left side no longer holds"),
            new Ban(
                    "\\b(modify|update|delete|retract)\\s*[({]",
                    "facts belong to the engine; conclude with insertLogical"));

    private static final List<Ban> BOTH = List.of(
            new Ban(
                    "\\b(Runtime|ProcessBuilder|ProcessHandle|Thread|ClassLoader|Scanner|Timer|ServiceLoader)\\b"
                            + "|\\bSystem\\s*\\.|\\bClass\\s*\\.\\s*forName|\\bgetClass\\s*\\(",
                    "a rule only concludes; it starts, prints and reads nothing"),
            new Ban(
                    "\\.\\s*now\\s*\\(|\\.\\s*random\\w*\\s*\\(|\\bnew\\s+(Random|Date)\\b|\\.\\s*(exec|sleep|wait|notify|notifyAll)\\s*\\(",
                    "a rule asks no clock and no chance: the same facts give the same conclusion"),
            new Ban(
                    "(?<![\\w$.])(java|javax|jdk|sun|com|org|io)\\s*\\.\\s*\\w+",
                    "import what is allowed: io.tocsin.model, java.util and java.time"),
            new Ban("->|::", "no functions of your own; use the helpers of Rules, or an accumulate"));

    private static final Pattern TYPE = Pattern.compile("(?<![\\w$.])(new\\s+)?([A-Z]\\w*)\\s*(?=\\.|\\()");

    /** What may be named beside the facts. */
    private static final TreeSet<String> TYPES = new TreeSet<>(List.of(
            "AlertState",
            "Boolean",
            "CheckResult",
            "Double",
            "Duration",
            "Escalation",
            "Finding",
            "HealthStatus",
            "Instant",
            "Integer",
            "LimitType",
            "List",
            "Long",
            "Map",
            "Math",
            "Objects",
            "Origin",
            "Percentile",
            "QuorumStatus",
            "ResourceType",
            "Route",
            "Rules",
            "Set",
            "Severity",
            "String"));

    private record Ban(Pattern pattern, String hint) {
        Ban(String regex, String hint) {
            this(Pattern.compile(regex), hint);
        }
    }

    private final DrlText text;

    Forbidden(DrlText text) {
        this.text = text;
    }

    /** The first thing between two places of a left side that no rule uses; null if there is none. */
    Problem left(int from, int to, String rule) {
        return first(BOTH, from, to, "the left side of " + rule);
    }

    /** The same of a right side. */
    Problem right(int from, int to, String rule) {
        Problem own = first(RIGHT, from, to, "the right side of " + rule);
        return earlier(own, first(BOTH, from, to, "the right side of " + rule));
    }

    /** The first type that a right side names and that is none it may name; null if there is none. */
    Problem type(int from, int to) {
        Matcher type = TYPE.matcher(text.code()).region(from, to);
        type.useTransparentBounds(true);
        while (type.find()) {
            String found = type.group(2);
            if (!TYPES.contains(found) && Facts.type(found) == null) {
                TreeSet<String> known = new TreeSet<>(TYPES);
                return text.problem(type.start(2), "a rule knows no \"" + found + "\"", Facts.near(found, known));
            }
        }
        return null;
    }

    private Problem first(List<Ban> bans, int from, int to, String where) {
        Problem first = null;
        for (Ban ban : bans) {
            Matcher found = ban.pattern().matcher(text.code()).region(from, to);
            found.useTransparentBounds(true);
            if (found.find()) {
                first = earlier(
                        first,
                        text.problem(found.start(), "\"" + found.group().strip() + "\" in " + where, ban.hint()));
            }
        }
        return first;
    }

    private static Problem earlier(Problem one, Problem other) {
        return one == null || other != null && other.compareTo(one) < 0 ? other : one;
    }
}
