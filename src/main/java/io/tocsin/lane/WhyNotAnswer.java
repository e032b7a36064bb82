package io.tocsin.lane;

import io.tocsin.bus.AlertJson;
import io.tocsin.evaluate.why.Attempt;
import io.tocsin.evaluate.why.Check;
import io.tocsin.evaluate.why.Explanation;
import io.tocsin.evaluate.why.Shown;
import io.tocsin.evaluate.why.Step;
import io.tocsin.model.Reading;
import io.tocsin.model.Text;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The answer to a {@link Question} as JSON; every list in it is bounded. */
final class WhyNotAnswer {
    private static final int LARGEST_FACT = 1000;
    private static final List<String> FREE_FORM = List.of("details", "context", "results");

    private final Question question;
    private final Explanation found;
    private final WhyNotWords words;

    WhyNotAnswer(Question question, Explanation found) {
        this.question = question;
        this.found = found;
        this.words = new WhyNotWords(question);
    }

    JsonObject json() {
        JsonArray attempts = new JsonArray();
        JsonArray suppressed = new JsonArray();
        if (question.fault() != null) {
            suppressed.add(Outcome.suppressed(
                    "quarantine",
                    "the rule is out of force: " + Text.clean(Text.cut(question.fault(), 300)),
                    null,
                    null));
        }
        String first = null;
        for (Attempt attempt : found.attempts()) {
            Outcome outcome = Outcome.of(question, attempt);
            outcome.suppressed().forEach(suppressed::add);
            String says = words.says(attempt, outcome);
            first = first == null ? says : first;
            attempts.add(attempt(attempt, outcome, says));
        }
        return new JsonObject()
                .put("rule", rule())
                .put("rule_hash", question.ruleHash())
                .put("text", question.rule().text())
                .put("cluster", question.cluster())
                .put("node", question.node())
                .put("at", question.at().toString())
                .put("holds", found.holds())
                .put("says", words.whole(found, first))
                .put("about_nodes", found.ofNode())
                .put("node_known", question.knowsNode())
                .put("suppressed_by", suppressed)
                .put("attempts", attempts)
                .put("omitted", found.omitted())
                .put("complete", question.complete(found));
    }

    private JsonObject rule() {
        return new JsonObject()
                .put("name", question.rule().ref().name())
                .put("file", question.rule().ref().file())
                .put("line", question.rule().ref().line());
    }

    private JsonObject attempt(Attempt attempt, Outcome outcome, String says) {
        JsonArray steps = new JsonArray();
        attempt.steps().forEach(step -> steps.add(step(step)));
        return new JsonObject()
                .put("about", attempt.about() == null ? null : Shown.text(attempt.about()))
                .put("holds", attempt.holds())
                .put("says", says)
                .put("would_say", outcome.conclusion())
                .put("key", outcome.key() == null ? null : outcome.key().toString())
                .put("alert", outcome.alert())
                .put("steps", steps);
    }

    private JsonObject step(Step step) {
        JsonArray seen = new JsonArray();
        step.seen()
                .forEach(near -> seen.add(new JsonObject()
                        .put("fact", fact(near.fact()))
                        .put("matches", near.matches())
                        .put("constraints", checks(near.checks()))));
        JsonObject results = new JsonObject();
        step.results().forEach((name, value) -> results.put(name, plain(value)));
        return new JsonObject()
                .put("kind", step.kind().wire())
                .put("text", step.source().oneLine())
                .put("line", step.source().line())
                .put("verdict", step.verdict().wire())
                .put("says", words.step(step))
                .put("examined", step.examined())
                .put("matched", step.matched())
                .put("seen", seen)
                .put("results", results)
                .put("constraints", checks(step.checks()));
    }

    private static JsonArray checks(List<Check> checks) {
        JsonArray json = new JsonArray();
        for (Check check : checks) {
            JsonObject values = new JsonObject();
            check.values().forEach((name, value) -> values.put(name, plain(value)));
            json.add(new JsonObject()
                    .put("text", check.text())
                    .put("line", check.line())
                    .put("verdict", check.verdict().wire())
                    .put("says", check.says())
                    .put("left", check.operator() == null ? null : plain(check.left()))
                    .put("operator", check.operator())
                    .put("right", check.operator() == null ? null : plain(check.right()))
                    .put("by", check.by())
                    .put("values", values));
        }
        return json;
    }

    private JsonObject fact(Object fact) {
        JsonObject json = AlertJson.fact(fact);
        for (String field : FREE_FORM) {
            if (json.getValue(field) instanceof JsonObject free && free.encode().length() > LARGEST_FACT) {
                json.put(field, free.encode().length() + " characters, left out");
            }
        }
        if (fact instanceof Reading reading && reading.receivedAt() != null) {
            json.put("fresh_until", words.freshUntil(reading).toString());
        }
        return json;
    }

    private static Object plain(Object value) {
        if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return value;
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        if (value instanceof Map<?, ?> map) {
            return Text.cut(Text.clean(map.toString()), LARGEST_FACT);
        }
        return value instanceof Collection<?> many && many.isEmpty() ? "[]" : Shown.text(value);
    }
}
