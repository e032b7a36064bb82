package io.tocsin.cli.scenario;

import io.tocsin.evaluate.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** How cases went, for programs. */
final class PlayedJson {
    private PlayedJson() {}

    static JsonObject of(Played played) {
        JsonArray cases = new JsonArray();
        played.outcomes().forEach(outcome -> cases.add(oneCase(outcome)));
        JsonObject json = new JsonObject()
                .put("passed", played.passed())
                .put("failed", played.failed())
                .put("files", played.files())
                .put("simulated_hours", rounded(played.hours()))
                .put("seconds", played.seconds())
                .put("hours_per_second", Math.round(played.rate()))
                .put("cases", cases)
                .put("problems", problems(played.problems()));
        Coverage coverage = played.coverage();
        if (coverage != null) {
            JsonArray silent = new JsonArray();
            coverage.silent()
                    .forEach(rule -> silent.add(new JsonObject()
                            .put("name", rule.ref().name())
                            .put("file", rule.ref().file())
                            .put("line", rule.ref().line())));
            json.put(
                    "coverage",
                    new JsonObject()
                            .put("rules", coverage.rules())
                            .put("fired", coverage.fired())
                            .put("silent", silent));
        }
        return json;
    }

    static JsonArray problems(List<Problem> problems) {
        JsonArray json = new JsonArray();
        problems.forEach(problem -> json.add(new JsonObject()
                .put("file", problem.file())
                .put("line", problem.line())
                .put("column", problem.column())
                .put("what", problem.what())
                .put("hint", problem.hint())));
        return json;
    }

    private static JsonObject oneCase(ScenarioRunner.Outcome outcome) {
        JsonArray failures = new JsonArray();
        outcome.differences().forEach(difference -> failures.add(failure(difference)));
        JsonArray timeline = new JsonArray();
        outcome.happened()
                .forEach(one -> timeline.add(new JsonObject()
                        .put("at_seconds", one.at().toMillis() / 1000.0)
                        .put("what", one.what())
                        .put("text", one.text())));
        return new JsonObject()
                .put("file", outcome.file())
                .put("line", outcome.line())
                .put("name", outcome.name())
                .put("passed", outcome.passed())
                .put("simulated_seconds", outcome.simulated().toMillis() / 1000.0)
                .put("took_ms", outcome.took().toNanos() / 1000 / 1000.0)
                .put("failures", failures)
                .put("timeline", timeline);
    }

    private static JsonObject failure(Difference difference) {
        JsonObject got = null;
        if (difference.got() != null) {
            got = new JsonObject();
            for (Difference.Row row : difference.rows()) {
                got.put(row.field(), difference.got().getValue(row.field()));
            }
        }
        return new JsonObject()
                .put("text", difference.toString())
                .put("line", difference.line())
                .put("at_seconds", difference.at().toMillis() / 1000.0)
                .put("list", difference.list())
                .put("expected", difference.expected() == null ? null : new JsonObject(difference.expected()))
                .put("got", got)
                .put("why", new JsonArray(List.copyOf(difference.why())));
    }

    private static double rounded(double hours) {
        return Math.round(hours * 100) / 100.0;
    }
}
