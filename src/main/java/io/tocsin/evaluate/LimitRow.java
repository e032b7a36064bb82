package io.tocsin.evaluate;

import io.tocsin.model.Finding;
import io.tocsin.model.LimitType;
import io.tocsin.model.Reading;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Severity;
import io.tocsin.model.Text;
import java.time.Duration;

/**
 * One row of a table of limits: a figure of the nodes that fit is past a limit.
 *
 * @param rule the row as a rule: its name, its file and its line
 * @param metric the figure, by the name under which trends know it too
 * @param node which nodes
 * @param type which side of the limit is bad
 * @param limit the limit, in the figure's unit; to be at it is well
 * @param clear to be here again ends an open alert; the limit itself where the table says nothing
 * @param hold how long it must be past the limit before anybody is told
 * @param severity how bad
 * @param runbook where to read what to do; null where the table says why there is none
 * @param text the row as it is written, below the names of its columns
 */
record LimitRow(
        RuleRef rule,
        String metric,
        NodePattern node,
        LimitType type,
        double limit,
        double clear,
        Duration hold,
        Severity severity,
        String runbook,
        String text) {

    /** {@code queue_depth_high}: warning and critical rows of a metric are levels of one alert, ceiling and floor are two. */
    String alertType() {
        return metric.replaceAll("[^A-Za-z0-9]", "_") + (type == LimitType.MAX ? "_high" : "_low");
    }

    /** What tells it from every other row. */
    static String name(String metric, String node, LimitType type, Severity severity) {
        return metric + " of " + (node.equals("*") ? "any node" : node) + " is too "
                + (type == LimitType.MAX ? "high" : "low") + ", " + severity.wire();
    }

    /** Whether a figure is on the bad side of the limit; not if there is none. */
    boolean crossed(double figure) {
        return type == LimitType.MAX ? figure > limit : figure < limit;
    }

    /** Whether a figure is back from the bad side and not yet clear. */
    boolean lingers(double figure) {
        return !crossed(figure) && (type == LimitType.MAX ? figure > clear : figure < clear);
    }

    Finding crossing(Reading reading) {
        return finding(reading, "at ", limit).holdFor(Text.duration(hold));
    }

    Finding lingering(Reading reading) {
        return finding(reading, "still at ", clear);
    }

    private Finding finding(Reading reading, String how, double border) {
        Finding finding = Finding.of(alertType(), reading)
                .severity(
                        severity, metric + " " + how + Text.number(reading.figure()) + ", limit " + Text.number(border))
                .value(reading.figure())
                .limit(border, type);
        return runbook == null ? finding : finding.runbook(runbook);
    }
}
