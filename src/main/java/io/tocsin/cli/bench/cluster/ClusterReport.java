package io.tocsin.cli.bench.cluster;

import io.tocsin.cli.Paint;
import io.tocsin.cli.bench.Machine;
import io.tocsin.cli.bench.Result;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was measured, for people and for programs.
 *
 * @param machine where
 * @param database the version of PostgreSQL
 * @param rows what, and what it should come to
 */
record ClusterReport(Machine machine, String database, List<Row> rows) {
    /** How often something happened. */
    static final String COUNT = "count";

    private static final String LATE = "%-11s %10s %10s %10s  %s  %s%n";
    private static final String OTHER = "%-11s %-32s  %s  %s%n";
    private static final int TARGET = 18;

    String json() {
        return new JsonObject()
                .put("bench", "cluster")
                .put("machine", machine.json().put("postgresql", database))
                .put("results", new JsonArray(rows.stream().map(Row::json).toList()))
                .encodePrettily();
    }

    String table(Paint paint) {
        StringBuilder text = new StringBuilder(machine.line())
                .append(", PostgreSQL ")
                .append(database)
                .append("\n");
        List<Row> late = rows.stream().filter(ClusterReport::late).toList();
        if (!late.isEmpty()) {
            text.append('\n')
                    .append(paint.bold(String.format(LATE, "", "median", "99 %", "longest", pad("target"), "")
                            .stripTrailing()))
                    .append('\n');
        }
        late.forEach(row -> text.append(String.format(
                LATE,
                row.result().name(),
                millis(row, Quantiles.P50),
                millis(row, Quantiles.P99),
                millis(row, Quantiles.MAX),
                target(row, paint),
                what(row))));
        if (late.size() < rows.size()) {
            text.append('\n');
        }
        rows.stream()
                .filter(row -> !late(row))
                .forEach(row -> text.append(String.format(
                        OTHER, row.result().name(), figures(row.result()), target(row, paint), what(row))));
        return text.toString().stripTrailing();
    }

    private static boolean late(Row row) {
        return row.result().figures().containsKey(Quantiles.P50);
    }

    private static String millis(Row row, String figure) {
        return String.format(Locale.ROOT, "%,.0f ms", row.result().figure(figure));
    }

    private static String what(Row row) {
        String times = row.result().figures().entrySet().stream()
                .filter(figure -> late(row) && figure.getKey().matches("kills|freezes|stops"))
                .map(figure -> ", " + times(figure.getValue().intValue()))
                .collect(Collectors.joining());
        return row.result().what() + times;
    }

    private static String times(int number) {
        return number == 1 ? "once" : number == 2 ? "twice" : number + " times";
    }

    private static String figures(Result result) {
        Map<String, Double> figures = result.figures();
        if (figures.containsKey(Throughput.SHARE)) {
            return String.format(
                    Locale.ROOT,
                    "%.0f %%: %,.0f ns, else %,.0f ns",
                    100 * result.figure(Throughput.SHARE),
                    result.figure("forwarded_cpu_ns"),
                    result.figure("local_cpu_ns"));
        }
        if (figures.containsKey(Result.PER_SEC)) {
            String times = figures.containsKey(Throughput.TIMES_ALONE)
                    ? String.format(Locale.ROOT, ", %.2f × one", result.figure(Throughput.TIMES_ALONE))
                    : "";
            return String.format(Locale.ROOT, "%,.0f readings/s", result.figure(Result.PER_SEC)) + times;
        }
        return String.format(Locale.ROOT, "%.0f of %.0f", result.figure(COUNT), result.figure("accepted"));
    }

    private static String target(Row row, Paint paint) {
        if (!row.judged()) {
            return pad("");
        }
        String limit = switch (row.figure()) {
            case Quantiles.P99, Quantiles.MAX -> String.format(Locale.ROOT, "%,.0f ms", row.target());
            case Throughput.SHARE -> String.format(Locale.ROOT, "%.0f %%", 100 * row.target());
            default ->
                row.target() == Math.rint(row.target())
                        ? String.format(Locale.ROOT, "%.0f", row.target())
                        : String.format(Locale.ROOT, "%.1f", row.target());
        };
        String text = pad((row.most() ? "≤ " : "≥ ") + limit + (row.met() ? " met" : " MISSED"));
        return row.met() ? paint.green(text) : paint.red(text);
    }

    private static String pad(String text) {
        return String.format("%-" + TARGET + "s", text);
    }
}
