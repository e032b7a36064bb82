package io.tocsin.evaluate;

import io.tocsin.model.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What whoever is woken by a rule must be able to read of it: the comment right above it begins with its meaning and ends
 * with {@code Runbook: FILE or address}, or {@code Runbook: none, and why}; a finding says how bad it is and names the same
 * runbook.
 */
final class RuleComment {
    private static final Pattern LABEL =
            Pattern.compile("(?<![\\w])(Input|Withdrawn|Why[^:.]{0,80}|Noise|Runbook):(?=\\s|$)");
    private static final Pattern RUNBOOK = Pattern.compile("(?<![\\w])Runbook:\\s*(\\S*)(?s:(.*))");
    private static final Pattern FINDING = Pattern.compile("\\bFinding\\s*\\.\\s*of(?:Cluster)?\\s*\\(");
    private static final List<String> SEVERITIES = List.of("info", "warning", "critical", "severity");
    private static final Pattern SEVERITY = Pattern.compile("\\.\\s*(" + String.join("|", SEVERITIES) + ")\\s*\\(");
    private static final Pattern CALL = Pattern.compile("\\.\\s*(\\w+)\\s*\\(");
    private static final Pattern NAMED = Pattern.compile("\\.\\s*runbook\\s*\\(\\s*\"([^\"]*)\"");

    private final RulePart part;
    private final String doc;
    private final List<Problem> problems = new ArrayList<>();

    RuleComment(RulePart part, RuleInfo rule) {
        this.part = part;
        this.doc = rule.doc();
    }

    List<Problem> problems() {
        int start = part.section().start();
        if (doc.isBlank()) {
            add(
                    start,
                    part.name() + " has no comment above it",
                    "write /** what it means. Runbook: docs/runbooks/x.md */, or Runbook: none, and why");
        } else {
            Matcher label = LABEL.matcher(doc);
            if (doc.substring(0, label.find() ? label.start() : doc.length()).isBlank()) {
                add(start, "the comment above " + part.name() + " does not say what it means", "begin it with that");
            }
        }
        finding(runbook(start));
        return problems;
    }

    /** The runbook that the comment names; empty if it says why there is none, null if it says nothing. */
    private String runbook(int start) {
        Matcher runbook = RUNBOOK.matcher(doc);
        if (!runbook.find() || runbook.group(1).isEmpty()) {
            if (!doc.isBlank()) {
                add(
                        start,
                        "the comment above " + part.name() + " names no runbook",
                        "end it with Runbook: docs/runbooks/x.md, or Runbook: none, and why");
            }
            return null;
        }
        String named = runbook.group(1).replaceAll("[,;:.]+$", "");
        if (!named.equals("none")) {
            return named;
        }
        if (runbook.group(2).isBlank()) {
            add(
                    start,
                    "the comment above " + part.name() + " says Runbook: none, and not why",
                    "write why, such as Runbook: none, it only keeps what another rule opened");
        }
        return "";
    }

    private void finding(String runbook) {
        DrlText text = part.text();
        Matcher finding = in(FINDING, text.code());
        if (!finding.find()) {
            return;
        }
        if (!in(SEVERITY, text.code()).find() && !misspelt()) {
            add(
                    finding.start(),
                    "the finding of " + part.name() + " says no severity",
                    "add .info(…), .warning(…), .critical(…) or .severity(…, …)");
        }
        Matcher named = in(NAMED, text.text());
        if (named.find()) {
            if (runbook != null && !runbook.equals(named.group(1))) {
                add(
                        named.start(1),
                        "the finding names the runbook " + named.group(1) + ", the comment "
                                + (runbook.isEmpty() ? "none" : runbook),
                        "one rule has one runbook");
            }
        } else if (runbook != null && !runbook.isEmpty()) {
            add(
                    finding.start(),
                    "the finding of " + part.name() + " names no runbook, though the comment does",
                    "add .runbook(\"" + runbook + "\")");
        }
    }

    /** One that is misspelt is a mistake of its own, and said. */
    private boolean misspelt() {
        return in(CALL, part.text().code())
                .results()
                .map(call -> call.group(1))
                .anyMatch(word -> word.length() > 4
                        && SEVERITIES.stream().anyMatch(severity -> Facts.distance(word, severity) <= 2));
    }

    private Matcher in(Pattern pattern, CharSequence code) {
        Matcher matcher =
                pattern.matcher(code).region(part.then(), part.section().end());
        return matcher.useTransparentBounds(true);
    }

    private void add(int at, String what, String hint) {
        problems.add(part.text().problem(at, what, hint));
    }
}
