package io.tocsin.evaluate;

import io.tocsin.model.Alert;
import io.tocsin.model.Finding;
import io.tocsin.model.Metric;
import io.tocsin.model.MetricAlert;
import io.tocsin.model.Reading;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kie.api.runtime.rule.Match;

/**
 * The rows of a table for one metric, one side and one severity: a fact that the two rules of every table match. Of
 * several rows that fit a node the first one counts, so that an exception stands above the general row. Readings are
 * joined by the name of the metric, so that rows about other metrics cost nothing; rows that name one node are found by it.
 */
public final class LimitGroup {
    private final List<LimitRow> patterns = new ArrayList<>();
    private final Map<String, LimitRow> exact = new HashMap<>();
    private final LimitRow first;
    private final boolean plain;
    private boolean hysteresis;

    LimitGroup(LimitRow first) {
        this.first = first;
        this.plain = !LimitDrl.figures().contains(first.metric());
    }

    void add(LimitRow row) {
        hysteresis |= row.clear() != row.limit();
        if (row.node().exact()) {
            exact.putIfAbsent(row.node().text(), row);
        } else {
            patterns.add(row);
        }
    }

    /** What its rows have in common. */
    static List<Object> key(LimitRow row) {
        return List.of(row.metric(), row.type(), row.severity());
    }

    /** The metric of the readings it is about. */
    public String metric() {
        return first.metric();
    }

    /** The type of the alerts it opens. */
    public String alertType() {
        return first.alertType();
    }

    /** Whether any of its rows ends elsewhere than it begins. */
    public boolean hysteresis() {
        return hysteresis;
    }

    /** Whether a reading is past the limit of the row that counts for its node. */
    public boolean crossed(Reading reading) {
        LimitRow row = row(reading);
        return row != null && row.crossed(reading.figure());
    }

    /** Whether a reading is back from its limit and not yet clear. */
    public boolean lingers(Reading reading) {
        LimitRow row = row(reading);
        return row != null && row.lingers(reading.figure());
    }

    /** Whether an alert is one that rows of this severity, or a worse one, have opened. */
    public boolean opened(Alert alert) {
        Severity severity = first.severity();
        return alert.alertType().equals(alertType()) && alert.severity().compareTo(severity) >= 0;
    }

    /** That the limit is crossed. */
    public Finding crossing(Reading reading) {
        return row(reading).crossing(reading);
    }

    /** That an open alert stays. */
    public Finding lingering(Reading reading) {
        return row(reading).lingering(reading);
    }

    /** The row behind a match of the rules of tables; empty if it is of another rule. */
    static Optional<RuleRef> rule(Match match) {
        String name = match.getRule().getName();
        if (!name.equals(LimitDrl.CROSSED) && !name.equals(LimitDrl.LINGERS)) {
            return Optional.empty();
        }
        LimitGroup group = null;
        Reading reading = null;
        for (Object fact : match.getObjects()) {
            group = fact instanceof LimitGroup one ? one : group;
            reading = fact instanceof Reading one ? one : reading;
        }
        LimitRow row = group == null || reading == null ? null : group.row(reading);
        return Optional.ofNullable(row).map(LimitRow::rule);
    }

    /** The row that counts for a reading; null if none does. */
    LimitRow row(Reading reading) {
        String node = reading.node();
        if (node == null || !about(reading)) {
            return null;
        }
        LimitRow row = exact.get(node);
        for (LimitRow one : patterns) {
            if (row != null && row.rule().line() < one.rule().line()) {
                return row;
            }
            if (one.node().fits(node)) {
                return one;
            }
        }
        return row;
    }

    /** A name that the appliance gives stands for its own figure only; what others say of a limit is no figure. */
    private boolean about(Reading reading) {
        return !(reading instanceof MetricAlert) && reading instanceof Metric == plain;
    }
}
