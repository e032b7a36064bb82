package io.tocsin.lane;

import static io.tocsin.model.Rules.time;

import io.tocsin.evaluate.why.Attempt;
import io.tocsin.evaluate.why.Check;
import io.tocsin.evaluate.why.Explanation;
import io.tocsin.evaluate.why.Shown;
import io.tocsin.evaluate.why.Step;
import io.tocsin.evaluate.why.Verdict;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.Reading;
import io.tocsin.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One sentence each for a rule, an attempt and an element of its left side. */
final class WhyNotWords {
    private final Question question;

    WhyNotWords(Question question) {
        this.question = question;
    }

    String whole(Explanation found, String first) {
        if (question.fault() != null) {
            return "the rule is out of force since it failed: " + Text.clean(Text.cut(question.fault(), 300));
        }
        if (found.opaque() != null) {
            return "the rule has an element that cannot be taken apart (" + found.opaque() + ")";
        }
        String unknown = question.knowsNode() || !found.ofNode() ? "" : node() + " never reported anything" + others();
        return unknown + (first == null ? "nothing was found" : first);
    }

    private String others() {
        List<String> nodes = question.sources();
        return nodes.isEmpty()
                ? "; "
                : " (what does: " + Text.clean(String.join(", ", nodes.subList(0, Math.min(5, nodes.size()))))
                        + (nodes.size() > 5 ? " and " + (nodes.size() - 5) + " more" : "") + "); ";
    }

    String says(Attempt attempt, Outcome outcome) {
        if (!attempt.holds()) {
            Step broken = attempt.broken();
            return step(broken) + still(outcome);
        }
        Alert alert = outcome.life() == null ? null : outcome.life().alert();
        if (outcome.key() == null) {
            return "it holds" + order(outcome);
        }
        if (alert == null) {
            return outcome.suppressed().isEmpty()
                    ? "it holds; nothing is open of it yet"
                    : "it holds, and is muted: " + outcome.suppressed().get(0).getString("text");
        }
        if (alert.state() == AlertState.PENDING) {
            return "it holds, and waits: " + outcome.suppressed().get(0).getString("text");
        }
        return "it holds: alert " + alert.id() + " is " + alert.state().wire();
    }

    private static String order(Outcome outcome) {
        if (outcome.conclusion() == null) {
            return "";
        }
        String alert = outcome.life() == null
                ? ""
                : " for alert " + outcome.life().alert().id();
        if (outcome.conclusion().getString("kind").equals("route")) {
            return alert + ": " + outcome.conclusion().getString("receiver") + " hears of it"
                    + (outcome.suppressed().isEmpty()
                            ? ""
                            : ", but " + outcome.suppressed().get(0).getString("text"));
        }
        String due = outcome.life() == null
                ? "after " + outcome.conclusion().getString("after")
                : "at " + time(Instant.parse(outcome.conclusion().getString("due_at")));
        return alert + ": level " + outcome.conclusion().getInteger("level") + " is due " + due;
    }

    private static String still(Outcome outcome) {
        if (outcome.life() == null || outcome.conclusion() != null && outcome.key() == null) {
            return "";
        }
        Alert alert = outcome.life().alert();
        return "; alert " + alert.id() + " of " + alert.subject() + " is "
                + alert.state().wire()
                + (alert.stale() ? " and stale" : "")
                + (outcome.life().tracking().clearSince() == null
                        ? ""
                        : ", quiet since " + time(outcome.life().tracking().clearSince()));
    }

    String step(Step step) {
        return switch (step.kind()) {
            case MATCH -> match(step);
            case NOT ->
                step.holds()
                        ? "there is no such " + step.type()
                        : step.matched() + " " + step.type() + (step.matched() == 1 ? " is" : " are") + " in the way"
                                + (step.seen().isEmpty() ? "" : ": " + about(step));
            case EXISTS -> step.holds() ? "there is one" : "there is no such " + step.type() + nearest(step);
            case ACCUMULATE -> accumulate(step);
            case FORALL, GROUP -> step.holds() ? "holds" : "does not hold";
        };
    }

    private String match(Step step) {
        if (step.seen().isEmpty()) {
            String of = question.node() == null || step.type().equals("Topology") ? "" : " of " + node();
            return "there is no " + step.type() + of + hint(step);
        }
        if (step.verdict() == Verdict.UNKNOWN) {
            return "cannot be said, as what stands before it found nothing";
        }
        Object fact = step.seen().get(0).fact();
        return step.holds()
                ? Shown.text(fact) + expired(fact)
                : failing(step.seen().get(0).checks()) + expired(fact);
    }

    private static String hint(Step step) {
        return switch (step.type()) {
            case "Trend" -> "; a trend is there once a metric has 5 minutes of readings and 10 more of baseline";
            case "Topology" -> "; config lists no nodes of this cluster under clusters:";
            case "Alert" -> "; no alert is open";
            default -> "";
        };
    }

    private static String about(Step step) {
        List<String> names =
                step.seen().stream().map(near -> Shown.text(near.fact())).toList();
        return String.join(", ", names);
    }

    private static String nearest(Step step) {
        return step.seen().isEmpty()
                ? ""
                : "; nearest is " + Shown.text(step.seen().get(0).fact()) + ": "
                        + failing(step.seen().get(0).checks());
    }

    private static String accumulate(Step step) {
        String counts = "counts " + step.matched() + " of " + step.examined() + " " + step.type();
        return step.holds() ? counts : counts + ": " + failing(step.checks());
    }

    /** {@code usagePercent > 85: is 71.2, 13.8 short}; those that hold are left out. */
    static String failing(List<Check> checks) {
        List<String> failing = checks.stream()
                .filter(check -> !check.holds())
                .limit(3)
                .map(check -> check.text() + (check.says().isEmpty() ? "" : ": " + check.says()))
                .toList();
        return failing.isEmpty() ? "has no result" : String.join("; ", failing);
    }

    private String expired(Object fact) {
        if (fact instanceof Reading reading && !reading.fresh() && reading.receivedAt() != null) {
            return " (the reading is not fresh since " + time(freshUntil(reading)) + ")";
        }
        return "";
    }

    Instant freshUntil(Reading reading) {
        Duration ttl =
                reading.head().ttl() == null ? question.ttl() : reading.head().ttl();
        return reading.receivedAt().plus(ttl);
    }

    private String node() {
        return Text.clean(Text.cut(question.node(), 80));
    }
}
