package io.tocsin.evaluate;

import io.tocsin.model.LimitType;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Severity;
import io.tocsin.model.Text;
import io.tocsin.model.Wire;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The columns of one row of a table, read one by one; every one that is wrong is named. */
final class LimitCells {
    private static final int METRIC = 0;
    private static final int NODE = 1;
    private static final int DIRECTION = 2;
    private static final int LIMIT = 3;
    private static final int CLEAR = 4;
    private static final int HOLD = 5;
    private static final int SEVERITY = 6;
    private static final int RUNBOOK = 7;
    private static final int LONGEST = 200;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:/-]*");
    private static final Pattern NOT_NODE = Pattern.compile("[^\\p{L}\\p{N}_.:/@+~= *?-]");
    private static final Pattern NOT_RUNBOOK = Pattern.compile("[\"\\\\]");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final Pattern NONE = Pattern.compile("none\\b[\\s:,]*(.*)");

    private final CsvLine line;
    private final List<Problem> problems;

    LimitCells(CsvLine line, List<Problem> problems) {
        this.line = line;
        this.problems = problems;
    }

    /** The row; of use only if no problem was added. */
    LimitRow row() {
        String metric = metric();
        String node = node();
        LimitType type = oneOf(DIRECTION, LimitType.values());
        double limit = number(LIMIT);
        double clear = cell(CLEAR).isEmpty() ? limit : number(CLEAR);
        Duration hold = hold();
        Severity severity = oneOf(SEVERITY, Severity.values());
        String runbook = runbook();
        if (type == LimitType.MAX && clear > limit || type == LimitType.MIN && clear < limit) {
            wrong(
                    CLEAR,
                    "clear " + cell(CLEAR) + " is on the bad side of the limit " + cell(LIMIT),
                    type == LimitType.MAX ? "with max it is at or below the limit" : "with min it is at or above it");
        }
        if (type == null || severity == null) {
            return null;
        }
        RuleRef rule = new RuleRef(LimitRow.name(metric, node, type, severity), line.file(), line.number());
        String text = String.join(",", LimitTable.COLUMNS) + '\n' + line.text();
        return new LimitRow(rule, metric, new NodePattern(node), type, limit, clear, hold, severity, runbook, text);
    }

    private String metric() {
        String found = filled(METRIC, "write a figure, such as queue_depth or memory_usage");
        if (!found.isEmpty() && !NAME.matcher(found).matches()) {
            wrong(METRIC, "\"" + found + "\" is no name of a metric", "letters, digits and _ . : / -");
        }
        TreeSet<String> own = LimitDrl.figures();
        if (!own.contains(found)) {
            Facts.nearest(found, own)
                    .filter(near -> found.length() > 4)
                    .ifPresent(near -> problems.add(line.problem(
                                    METRIC,
                                    "no figure of the appliance is called " + found + ", so it is taken for a metric",
                                    "did you mean " + near + "?")
                            .asWarning()));
        }
        return found;
    }

    private String node() {
        String found = filled(NODE, "write * for every node");
        Matcher strange = NOT_NODE.matcher(found);
        if (strange.find()) {
            wrong(NODE, "\"" + strange.group() + "\" in a node pattern", "* is any run of characters, ? any one");
        } else if (found.contains("**")) {
            wrong(NODE, "** in a node pattern", "one * is any run of characters already");
        }
        return found;
    }

    private double number(int column) {
        String found = filled(column, "write a number");
        if (!found.isEmpty() && (!NUMBER.matcher(found).matches() || !Double.isFinite(Double.parseDouble(found)))) {
            wrong(
                    column,
                    LimitTable.COLUMNS.get(column) + " \"" + found + "\" is no number",
                    "write it without a unit, with a decimal point, such as 85 or 0.5");
            return Double.NaN;
        }
        return found.isEmpty() ? Double.NaN : Double.parseDouble(found);
    }

    private Duration hold() {
        try {
            return cell(HOLD).isEmpty() ? Duration.ZERO : Text.duration(cell(HOLD));
        } catch (IllegalArgumentException wrong) {
            wrong(HOLD, "hold " + wrong.getMessage(), "");
            return Duration.ZERO;
        }
    }

    private String runbook() {
        String found = filled(RUNBOOK, "write where to read what to do, or none and why: none: nothing to do at night");
        Matcher none = NONE.matcher(found);
        Matcher strange = NOT_RUNBOOK.matcher(found);
        if (none.matches()) {
            if (none.group(1).isBlank()) {
                wrong(RUNBOOK, "no runbook, and no word why", "write why: none: nothing to do at night");
            }
            return null;
        }
        if (strange.find()) {
            wrong(RUNBOOK, "\"" + strange.group() + "\" in a runbook", "write a path or an address");
        }
        return found;
    }

    private <E extends Wire> E oneOf(int column, E[] allowed) {
        String found = cell(column);
        for (E one : allowed) {
            if (one.wire().equals(found)) {
                return one;
            }
        }
        TreeSet<String> words =
                new TreeSet<>(Arrays.stream(allowed).map(Wire::wire).toList());
        wrong(
                column,
                found.isEmpty()
                        ? LimitTable.COLUMNS.get(column) + " is empty"
                        : "unknown " + LimitTable.COLUMNS.get(column) + " \"" + found + "\"",
                Facts.near(found, words));
        return null;
    }

    private String filled(int column, String hint) {
        String found = cell(column);
        if (found.isEmpty()) {
            wrong(column, LimitTable.COLUMNS.get(column) + " is empty", hint);
        } else if (found.length() > LONGEST) {
            wrong(
                    column,
                    LimitTable.COLUMNS.get(column) + " has " + found.length() + " characters",
                    "at most " + LONGEST);
        }
        return found;
    }

    private String cell(int column) {
        return line.fields().get(column);
    }

    private void wrong(int column, String what, String hint) {
        problems.add(line.problem(column, what, hint));
    }
}
