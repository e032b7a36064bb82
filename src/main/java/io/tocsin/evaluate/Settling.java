package io.tocsin.evaluate;

import io.tocsin.model.Alert;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.TimeOfDay;
import io.tocsin.model.Topology;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether what a rule concludes changes what its own left side asks, so that it never comes to rest or never lets go. */
final class Settling {
    private static final Pattern TYPE = Pattern.compile("alertType\\s*==\\s*\"([^\"]+)\"");
    private static final Pattern CONCLUDES = Pattern.compile("Finding\\s*\\.\\s*of(?:Cluster)?\\s*\\(\\s*\"([^\"]+)\"");
    private static final Pattern ASKS_SEVERITY = Pattern.compile("\\bseverity\\s*(==|!=)\\s*Severity\\.(\\w+)");
    private static final Pattern SAYS_SEVERITY = Pattern.compile("\\.\\s*(info|warning|critical)\\s*\\(");
    private static final Pattern PENDING = Pattern.compile("\\bstate\\s*==\\s*AlertState\\.PENDING");
    private static final Pattern NEXT_LEVEL =
            Pattern.compile("new\\s+Escalation\\s*\\([^,]+,\\s*(\\$\\w+)\\s*\\.\\s*level\\s*\\(\\s*\\)\\s*\\+");
    private static final Pattern AT_ONCE =
            Pattern.compile("\\b(?:seconds|minutes|hours)\\s*\\(\\s*0\\s*\\)|\\bDuration\\s*\\.\\s*ZERO");
    private static final Pattern BOUNDED = Pattern.compile("\\blevel\\s*(==|<=|<)");
    private static final Pattern HEALTH = Pattern.compile("\\bclusterHealth\\s*\\(|\\bnew\\s+ClusterHealth\\s*\\(");

    private final RulePart part;
    private final DrlText text;
    private final List<Problem> problems;

    Settling(RulePart part, List<Problem> problems) {
        this.part = part;
        this.text = part.text();
        this.problems = problems;
    }

    void look() {
        Matcher concludes = matcher(CONCLUDES, text.text());
        if (concludes.find()) {
            finding(concludes.group(1), concludes.start());
        }
        Matcher health = matcher(HEALTH, text.code());
        if (health.find() && part.matches().stream().anyMatch(match -> match.type() == ClusterHealth.class)) {
            add(
                    health.start(),
                    "the rule triggers itself: it asks for ClusterHealth and concludes it",
                    "conclude it from what the nodes say");
        }
        Matcher next = matcher(NEXT_LEVEL, text.code());
        boolean bounded = part.matches().stream()
                .anyMatch(match -> match.type() == Alert.class
                        && BOUNDED.matcher(match.written()).find());
        if (next.find() && !bounded && matcher(AT_ONCE, text.code()).find()) {
            add(
                    next.start(),
                    "the rule triggers itself: each level orders the next one at once",
                    "let it wait, such as minutes(5), or ask for one level, such as level == 0");
        }
    }

    private Matcher matcher(Pattern pattern, CharSequence code) {
        Matcher matcher =
                pattern.matcher(code).region(part.then(), part.section().end());
        return matcher.useTransparentBounds(true);
    }

    /** What a finding may hang on: not on its own alert alone, and not on what it changes of that alert. */
    private void finding(String type, int at) {
        boolean alert = false;
        boolean telemetry = false;
        Set<String> denied = new TreeSet<>();
        for (RulePart.Match match : part.matches()) {
            boolean absent = match.role() == RulePart.Role.ABSENT;
            boolean isAlert = match.type() == Alert.class;
            alert |= isAlert && !absent;
            telemetry |= !isAlert && match.type() != Topology.class && match.type() != TimeOfDay.class;
            Matcher asked = TYPE.matcher(match.written());
            String of = isAlert && asked.find() ? asked.group(1) : "";
            if (absent) {
                denied.add(of);
            } else if (of.equals(type)) {
                changes(match, type, at);
            }
        }
        if (alert && !telemetry) {
            add(
                    at,
                    "the finding stands on an alert and on no reading, so it supports itself for ever",
                    "match a reading, a source or a trend beside the alert");
        }
        if (denied.contains(type)) {
            add(
                    at,
                    "the finding asks that its own alert is absent, so it never settles",
                    "leave out not Alert(alertType == \"" + type + "\"); findings of a key are one alert anyway");
        }
    }

    private void changes(RulePart.Match match, String type, int at) {
        Matcher asks = ASKS_SEVERITY.matcher(match.written());
        Matcher says = matcher(SAYS_SEVERITY, text.code());
        if (asks.find() && says.find()) {
            boolean same = asks.group(2).equalsIgnoreCase(says.group(1));
            if (same != asks.group(1).equals("==")) {
                add(
                        at,
                        "the rule triggers itself: it asks that its alert is "
                                + (same ? "not " : "") + asks.group(2).toLowerCase(java.util.Locale.ROOT)
                                + " and makes it " + says.group(1),
                        "ask the readings, not the alert " + type + ", how bad it is");
            }
        }
        if (PENDING.matcher(match.written()).find()) {
            add(
                    at,
                    "the rule triggers itself: it asks that its own alert is pending, and holds it until it is not",
                    "use holdFor, or ask for state != AlertState.PENDING");
        }
    }

    private void add(int at, String what, String hint) {
        problems.add(text.problem(at, what, hint));
    }
}
