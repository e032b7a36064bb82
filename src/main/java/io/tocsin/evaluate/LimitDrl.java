package io.tocsin.evaluate;

import io.tocsin.model.LimitType;
import io.tocsin.model.Percentile;
import io.tocsin.model.ResourceType;
import io.tocsin.model.Text;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tables of limits in the language of rules: the two rules that work on any table, and the rules that one row stands for. */
final class LimitDrl {
    /** The name under which the two {@link #rules} are compiled; no file of a folder can have it. */
    static final String FILE = "(table)";

    static final String CROSSED = "a figure is past the limit of its row";
    static final String LINGERS = "an alert of a row stays until the figure is clear";

    private static final String RULES = """
            package rules;
            import io.tocsin.model.*;
            import io.tocsin.evaluate.LimitGroup;
            import io.tocsin.evaluate.LimitNames;
            rule "%1$s"
            when
                $l : LimitGroup($metric : metric)
                $r : Reading(LimitNames.among(this, "%3$s"), metric == $metric, $l.crossed(this))
            then
                insertLogical($l.crossing($r));
            end
            rule "%2$s"
            when
                $l : LimitGroup(hysteresis, $metric : metric)
                $r : Reading(LimitNames.among(this, "%3$s"), metric == $metric, $l.lingers(this), $s : subject)
                Alert(state != AlertState.PENDING, subject == $s, $l.opened(this))
            then
                insertLogical($l.lingering($r));
            end
            """;

    /** Figures that have a fact of their own; any other is the name of a {@code Metric}. */
    private static final Map<String, Figure> FIGURES = new TreeMap<>();

    static {
        for (ResourceType type : ResourceType.values()) {
            FIGURES.put(
                    type.wire() + "_usage",
                    new Figure("ResourceUsage", "resourceType == ResourceType." + type, "usagePercent"));
        }
        for (Percentile percentile : Percentile.values()) {
            FIGURES.put(
                    "latency_" + percentile.wire(),
                    new Figure("LatencyMetric", "percentile == Percentile." + percentile, "latencyMs"));
        }
        FIGURES.put("throughput", new Figure("ThroughputMetric", "", "ratePerSec"));
        FIGURES.put("check_duration", new Figure("HealthCheck", "", "durationMs"));
    }

    /** Where a figure is found: the fact, what tells it from others of its type, the field. */
    private record Figure(String fact, String which, String field) {
        String pattern() {
            return "    $r : " + fact + "(" + which + (which.isEmpty() ? "" : ", ") + field;
        }
    }

    private LimitDrl() {}

    /** The two rules that work on any table, for tables about these metrics. */
    static String rules(Collection<String> metrics) {
        return RULES.formatted(CROSSED, LINGERS, LimitNames.marks(metrics));
    }

    /** The names of figures that are no {@code Metric}. */
    static TreeSet<String> figures() {
        return new TreeSet<>(FIGURES.keySet());
    }

    /**
     * The rules that a row stands for, as somebody would write them.
     *
     * @param above the rows of the same group above it, whose nodes are not its own
     */
    static String of(LimitRow row, List<LimitRow> above) {
        boolean max = row.type() == LimitType.MAX;
        Figure figure =
                FIGURES.getOrDefault(row.metric(), new Figure("Metric", "name == " + text(row.metric()), "value"));
        String nodes = nodes(row, above);
        String past = max ? " > " : " < ";
        StringBuilder drl = new StringBuilder();
        drl.append("/** Stands for ").append(row.rule().place()).append(". */\n");
        drl.append("rule ").append(text(row.rule().name())).append("\nwhen\n");
        drl.append(figure.pattern())
                .append(past)
                .append(number(row.limit()))
                .append(nodes)
                .append(")\nthen\n");
        finding(drl, row, figure.field(), "at ", row.limit());
        if (!row.hold().isZero()) {
            drl.append("\n        .holdFor(\"")
                    .append(Text.duration(row.hold()))
                    .append("\")");
        }
        runbook(drl, row);
        if (row.clear() != row.limit()) {
            drl.append("\n\nrule ").append(text(row.rule().name() + ", until " + number(row.clear())));
            drl.append("\nwhen\n")
                    .append(figure.pattern())
                    .append(past)
                    .append(number(row.clear()))
                    .append(", ");
            drl.append(figure.field()).append(max ? " <= " : " >= ").append(number(row.limit()));
            drl.append(nodes).append(", $s : subject)\n    Alert(alertType == ").append(text(row.alertType()));
            drl.append(", subject == $s, state != AlertState.PENDING, severity >= Severity.");
            drl.append(row.severity().name()).append(")\nthen\n");
            finding(drl, row, figure.field(), "still at ", row.clear());
            runbook(drl, row);
        }
        return drl.append('\n').toString();
    }

    private static void finding(StringBuilder drl, LimitRow row, String field, String how, double border) {
        drl.append("    insertLogical(Finding.of(")
                .append(text(row.alertType()))
                .append(", $r)\n        .");
        drl.append(row.severity().wire())
                .append("(\"")
                .append(row.metric())
                .append(' ')
                .append(how);
        drl.append("\" + fig($r.").append(field).append("()) + \", limit ").append(Text.number(border));
        drl.append("\")\n        .value($r.")
                .append(field)
                .append("()).")
                .append(row.type().wire())
                .append('(');
        drl.append(number(border)).append(')');
    }

    private static void runbook(StringBuilder drl, LimitRow row) {
        if (row.runbook() != null) {
            drl.append("\n        .runbook(").append(text(row.runbook())).append(')');
        }
        drl.append(");\nend");
    }

    private static String nodes(LimitRow row, List<LimitRow> above) {
        StringBuilder nodes = new StringBuilder();
        if (row.node().exact()) {
            nodes.append(", node == ").append(text(row.node().text()));
        } else if (row.node().text().equals("*")) {
            nodes.append(", node != null");
        } else {
            nodes.append(", node matches ").append(text(row.node().regex()));
        }
        for (LimitRow other : above) {
            nodes.append(
                    other.node().exact()
                            ? ", node != " + text(other.node().text())
                            : ", node not matches " + text(other.node().regex()));
        }
        return nodes.toString();
    }

    /** A number that reads the same and is the same. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** What a table may hold has neither quotes nor backslashes, see {@link LimitTable}. */
    private static String text(String value) {
        return '"' + value + '"';
    }
}
