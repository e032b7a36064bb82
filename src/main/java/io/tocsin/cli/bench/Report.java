package io.tocsin.cli.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * What was measured, for people and for programs.
 *
 * @param machine where
 * @param results what
 * @param leftOut what was not measured and why, a line each
 */
record Report(Machine machine, List<Result> results, List<String> leftOut) {
    private static final String ROW = "%-16s %14s %11s %10s %10s  %s%n";

    String json() {
        return new JsonObject()
                .put("bench", "engine")
                .put("machine", machine.json())
                .put("results", new JsonArray(results.stream().map(Result::json).toList()))
                .put("left_out", new JsonArray(leftOut))
                .encodePrettily();
    }

    String table() {
        StringBuilder text = new StringBuilder(machine.line()).append("\n\n");
        text.append(String.format(ROW, "name", "readings/s", "ns CPU each", "x plain", "x drools", "what"));
        results.stream()
                .filter(result -> result.figures().containsKey(Result.PER_SEC))
                .forEach(result -> text.append(speed(result)));
        text.append('\n');
        results.stream()
                .filter(result -> !result.figures().containsKey(Result.PER_SEC))
                .forEach(result -> text.append(other(result)));
        leftOut.forEach(line -> text.append(line).append('\n'));
        return text.toString().stripTrailing();
    }

    private static String speed(Result result) {
        return String.format(
                Locale.ROOT,
                ROW,
                result.name(),
                String.format(Locale.ROOT, "%,.0f", result.figure(Result.PER_SEC)),
                String.format(Locale.ROOT, "%.0f", result.figure("cpu_ns")),
                String.format(Locale.ROOT, "%.2f", result.figure(Result.TIMES_PLAIN)),
                String.format(Locale.ROOT, "%.2f", result.figure(Result.TIMES_DROOLS)),
                result.what());
    }

    private static String other(Result result) {
        StringBuilder line = new StringBuilder(String.format("%-16s", result.name()));
        result.figures()
                .forEach((name, value) -> line.append(' ')
                        .append(name)
                        .append(' ')
                        .append(Result.rounded(value))
                        .append(','));
        return line + " " + result.what() + "\n";
    }
}
