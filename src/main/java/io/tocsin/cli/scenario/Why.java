package io.tocsin.cli.scenario;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.Because;
import io.tocsin.model.Reading;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Transition;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Why a case went otherwise than expected, from what the engine holds at that instant. */
final class Why {
    private static final int MOST_FACTS = 4;
    private static final int MOST_RULES = 4;

    private final RuleIndex rules;
    private final Stage stage;
    private final Seen seen;
    private final Map<String, Long> firedBefore;

    /**
     * At an expectation.
     *
     * @param firedBefore how often each rule had fired at the expectation before
     */
    Why(RuleIndex rules, Stage stage, Seen seen, Map<String, Long> firedBefore) {
        this.rules = rules;
        this.stage = stage;
        this.seen = seen;
        this.firedBefore = firedBefore;
    }

    /** Why an expected entry is not there, or is not as expected. */
    List<String> missing(String list, Map<String, Object> expected, JsonObject got) {
        if (got != null) {
            return list.equals("alerts") ? reasons(got) : List.of();
        }
        List<String> why = new ArrayList<>();
        switch (list) {
            case "alerts" -> alert(expected, why);
            case "notifications" -> notification(expected, why);
            default -> escalation(expected, why);
        }
        return why;
    }

    /** Why something is there that was not expected. */
    List<String> extra(String list, JsonObject got) {
        List<String> why = new ArrayList<>();
        if (list.equals("escalations")) {
            String rule = seen.ruleOf(got.getString("id"), got.getInteger("level"));
            why.add(got.getString("reason") + (rule == null ? "" : ": ordered by " + rule(rule)));
        } else if (list.equals("notifications")) {
            String receiver = got.getString("receiver");
            rules.routing(receiver).stream()
                    .filter(rule -> fired(rule) > 0)
                    .limit(MOST_RULES)
                    .forEach(rule -> why.add("routed to " + receiver + " by " + RuleIndex.named(rule)));
        }
        why.addAll(reasons(got));
        return why;
    }

    /** How the alert of a document came to be what it is: the change, the rules and what they matched. */
    private List<String> reasons(JsonObject document) {
        List<String> why = new ArrayList<>();
        String id = document.getString("id");
        Transition last = seen.last(id);
        if (last != null) {
            why.add(last.kind().wire() + " at " + FactText.at(last.at()) + ": " + last.detail());
        }
        seen.all().stream()
                .filter(alert -> alert.id().equals(id) && alert.state() == AlertState.PENDING)
                .forEach(alert -> why.add("it is pending" + hold(alert)));
        for (Because because : seen.because(id)) {
            why.add("rule \"" + because.rule().name() + "\" (" + because.rule().place() + ") says "
                    + because.severity().wire() + ": " + because.message());
            because.facts().stream().limit(MOST_FACTS).forEach(fact -> why.add("  matched " + FactText.fact(fact)));
        }
        return why;
    }

    private void alert(Map<String, Object> expected, List<String> why) {
        List<Alert> near = near(expected, seen.all());
        for (Alert alert : near) {
            JsonObject document = Seen.document(alert);
            if (Comparison.matches(expected, document)) {
                why.add("it is " + alert.state().wire() + " since " + since(alert)
                        + ", before the last expect, and has not changed state since");
            } else {
                why.add(FactText.value(alert.alertType()) + ' ' + alert.subject() + " is "
                        + alert.state().wire() + " since " + since(alert) + hold(alert));
            }
            why.addAll(reasons(document).stream().skip(1).toList());
        }
        if (near.isEmpty()) {
            for (Alert alert : near(expected, seen.lapsed())) {
                Transition end = seen.last(alert.id());
                why.add("it was pending since " + FactText.at(alert.since()) + " and lapsed at " + FactText.at(end.at())
                        + ": " + end.detail());
            }
            rules(expected.get("alert_type"), expected, why);
        }
    }

    /** Alerts of the expected type about the expected subject; of the type alone if there is none. */
    private static List<Alert> near(Map<String, Object> expected, List<Alert> alerts) {
        List<Alert> near = new ArrayList<>();
        for (Alert alert : alerts) {
            JsonObject document = Seen.document(alert);
            boolean same = true;
            for (String name : List.of("alert_type", "node", "subject", "cluster")) {
                same &= !expected.containsKey(name) || Comparison.same(expected.get(name), document.getValue(name));
            }
            if (same) {
                near.add(alert);
            }
        }
        return near.subList(Math.max(0, near.size() - 2), near.size());
    }

    private String since(Alert alert) {
        Transition last = seen.last(alert.id());
        return FactText.at(last == null ? alert.since() : last.at());
    }

    /** When a pending alert would fire, as far as it goes on. */
    private String hold(Alert alert) {
        if (alert.state() != AlertState.PENDING) {
            return "";
        }
        Instant fires = null;
        for (Because because : seen.because(alert.id())) {
            Instant at = alert.since().plus(because.holdFor());
            fires = fires == null || at.isBefore(fires) ? at : fires;
        }
        return fires == null ? "" : ", it fires at " + FactText.at(fires) + " if it goes on";
    }

    /** The state of the rules that could have said it. */
    private void rules(Object alertType, Map<String, Object> expected, List<String> why) {
        if (alertType == null) {
            why.add("no alert changed its state");
            return;
        }
        List<RuleInfo> candidates = rules.finding(alertType.toString());
        if (candidates.isEmpty()) {
            why.add("no rule names the alert type \"" + FactText.value(alertType) + "\"; "
                    + Mistakes.hint(alertType.toString(), rules.alertTypes()));
            return;
        }
        candidates.stream().limit(MOST_RULES).forEach(rule -> why.add(state(rule)));
        Set<String> facts = new LinkedHashSet<>();
        for (RuleInfo rule : candidates) {
            facts.addAll(inSight(rule, expected.get("node")));
        }
        if (facts.isEmpty()) {
            why.add("nothing came in that they look at"
                    + (expected.get("node") == null ? "" : " of " + FactText.value(expected.get("node"))));
        }
        facts.stream().limit(MOST_FACTS).forEach(fact -> why.add("  there is " + fact));
    }

    private String state(RuleInfo rule) {
        String fault = stage.faults().get(rule.ref().name());
        long before = firedBefore.getOrDefault(rule.ref().name(), 0L);
        long all = fired(rule);
        if (fault != null) {
            return RuleIndex.named(rule) + " is out of force: " + FactText.value(fault);
        }
        return RuleIndex.named(rule)
                + (all == 0
                        ? " has not matched"
                        : " matched " + all + (all == 1 ? " time" : " times")
                                + (all == before ? ", not since the last expect" : ""));
    }

    private long fired(RuleInfo rule) {
        return stage.fired().getOrDefault(rule.ref().name(), 0L);
    }

    /** The readings, and the sources, of the kinds that a rule's text names. */
    private List<String> inSight(RuleInfo rule, Object node) {
        List<String> facts = new ArrayList<>();
        for (Reading reading : stage.readings()) {
            String type = reading.getClass().getSimpleName() + "(";
            boolean asked = rule.text().contains(type)
                    || reading.metric() != null && rule.text().contains('"' + reading.metric() + '"');
            if (asked && (node == null || node.equals(reading.node()))) {
                facts.add(FactText.reading(reading));
            }
        }
        if (rule.text().contains("Source(")) {
            stage.watches()
                    .forEach(watch -> watch.session().sources().stream()
                            .filter(source -> node == null || node.equals(source.node()))
                            .forEach(source -> facts.add("source " + source.node()
                                    + (source.check() == null ? "" : "/" + source.check()) + ", last seen "
                                    + FactText.at(source.lastSeen()) + (source.silent() ? ", silent" : ""))));
        }
        return facts;
    }

    private void notification(Map<String, Object> expected, List<String> why) {
        Object receiver = expected.get("receiver");
        boolean told = seen.all().stream().anyMatch(alert -> alert.state() != AlertState.PENDING);
        if (receiver != null && (told || rules.routing(receiver.toString()).isEmpty())) {
            List<RuleInfo> routes = rules.routing(receiver.toString());
            if (routes.isEmpty()) {
                why.add("no rule routes to \"" + FactText.value(receiver) + "\"; "
                        + Mistakes.hint(receiver.toString(), rules.receivers()));
            }
            routes.stream().limit(MOST_RULES).forEach(rule -> why.add(state(rule)));
        }
        List<JsonObject> heard = seen.notifications();
        if (!heard.isEmpty()) {
            Set<String> all = new LinkedHashSet<>();
            heard.forEach(one -> all.add(one.getString("receiver")
                    + ' '
                    + one.getString("change")
                    + ' '
                    + one.getString("alert_type")
                    + ' '
                    + one.getString("subject")));
            why.add("since the last expect: "
                    + String.join(", ", all.stream().limit(8).toList()));
        } else {
            open(why);
        }
    }

    private void escalation(Map<String, Object> expected, List<String> why) {
        open(why);
        if (seen.all().stream().noneMatch(alert -> alert.state() == AlertState.FIRING)) {
            return;
        }
        rules.ordering().stream()
                .filter(rule -> fired(rule) > 0)
                .limit(MOST_RULES)
                .forEach(rule -> why.add(state(rule)));
    }

    /** The alerts that are open, and what comes next for each. */
    private void open(List<String> why) {
        List<Alert> open = seen.all().stream().filter(Alert::open).toList();
        if (open.isEmpty()) {
            why.add("no alert is open");
        }
        for (Alert alert : open.subList(0, Math.min(MOST_FACTS, open.size()))) {
            Instant next = next(alert);
            why.add(alert.alertType() + ' ' + alert.subject() + " is "
                    + alert.state().wire() + " since "
                    + since(alert) + ", level " + alert.level()
                    + (alert.ack() == null ? "" : ", answered by " + alert.ack().by())
                    + (next == null
                            ? hold(alert)
                            : ", level " + (alert.level() + 1) + " is due at " + FactText.at(next)));
        }
    }

    /** The plan for the next level is no change of an alert, so the watch is asked. */
    private Instant next(Alert alert) {
        return stage.watches().stream()
                .flatMap(watch -> watch.alerts().stream())
                .filter(one -> one.id().equals(alert.id()) && one.nextEscalationAt() != null)
                .map(Alert::nextEscalationAt)
                .findFirst()
                .orElse(null);
    }

    private String rule(String name) {
        RuleRef ref = rules.ref(name);
        return "rule \"" + name + "\" (" + ref.place() + ")";
    }
}
