package io.tocsin.evaluate;

import io.tocsin.model.RuleInfo;
import io.tocsin.model.RuleRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of limits, which is a CSV file among the rules: one row, one rule. Checked as strictly as a rule file. */
final class LimitTable {
    static final List<String> COLUMNS =
            List.of("metric", "node", "direction", "limit", "clear", "hold", "severity", "runbook");
    private static final int MOST_ROWS = 20_000;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, LimitRow> rows = new LinkedHashMap<>();
    private final Map<List<Object>, List<LimitRow>> groups = new LinkedHashMap<>();
    private boolean header;

    LimitTable(String file, String text) {
        this.file = file;
        int line = 0;
        for (String written : text.split("\n", -1)) {
            line++;
            if (!written.isBlank() && !written.startsWith("#")) {
                line(new CsvLine(file, line, written));
            }
            if (rows.size() > MOST_ROWS) {
                problems.add(Problem.error(
                        file, line, 1, "more than " + MOST_ROWS + " rows", "give several nodes one row: node web-*"));
                break;
            }
        }
        if (!header) {
            problems.add(Problem.error(
                    file, 1, 1, "the table has no header row", "its first row is " + String.join(",", COLUMNS)));
        }
    }

    private void line(CsvLine line) {
        if (line.problem() != null) {
            header = true;
            problems.add(line.problem());
        } else if (!header) {
            header = true;
            header(line);
        } else if (line.fields().size() != COLUMNS.size()) {
            ragged(line);
        } else {
            List<Problem> wrong = new ArrayList<>();
            LimitRow row = new LimitCells(line, wrong).row();
            problems.addAll(wrong);
            if (wrong.stream().allMatch(Problem::warning)) {
                add(row, line);
            }
        }
    }

    private void header(CsvLine line) {
        for (int i = 0; i < COLUMNS.size(); i++) {
            String found = i < line.fields().size() ? line.fields().get(i) : "";
            if (!found.equals(COLUMNS.get(i))) {
                String hint = "the header row is " + String.join(",", COLUMNS);
                problems.add(line.problem(
                        i,
                        "column " + (i + 1) + " is " + (found.isEmpty() ? "missing" : "\"" + found + "\""),
                        found.indexOf(';') >= 0 ? "separate columns by commas: " + hint : hint));
                return;
            }
        }
        if (line.fields().size() > COLUMNS.size()) {
            problems.add(line.problem(COLUMNS.size(), "there is a ninth column", "the last one is runbook"));
        }
    }

    private void ragged(CsvLine line) {
        int found = line.fields().size();
        String hint = found > COLUMNS.size()
                ? "write a decimal point, and put a text with a comma into quotes"
                : "a column that is not needed stays empty between its commas";
        problems.add(line.problem(
                Math.min(found, COLUMNS.size()),
                "the row has " + found + (found == 1 ? " column" : " columns") + ", it needs " + COLUMNS.size(),
                hint));
    }

    private void add(LimitRow row, CsvLine line) {
        LimitRow twin = rows.putIfAbsent(row.rule().name(), row);
        if (twin != null) {
            problems.add(line.problem(
                    0,
                    "the row stands twice: " + row.rule().name(),
                    "the first is in line " + twin.rule().line()));
            return;
        }
        List<LimitRow> group = groups.computeIfAbsent(LimitGroup.key(row), key -> new ArrayList<>());
        group.stream()
                .filter(above -> above.node().covers(row.node()))
                .findFirst()
                .ifPresent(above -> problems.add(line.problem(
                        1,
                        "the row never counts, as line " + above.rule().line() + " fits all its nodes",
                        "write the exception above the general row")));
        group.add(row);
        order(row, line);
    }

    /** A warning that is only reached behind the critical limit is never seen. */
    private void order(LimitRow row, CsvLine line) {
        for (LimitRow other : rows.values()) {
            int worse = other.severity().compareTo(row.severity());
            if (worse != 0
                    && other.metric().equals(row.metric())
                    && other.type() == row.type()
                    && other.node().equals(row.node())) {
                LimitRow bad = worse > 0 ? other : row;
                LimitRow mild = worse > 0 ? row : other;
                if (bad.crossed(mild.limit()) || bad.limit() == mild.limit()) {
                    problems.add(line.problem(
                            3,
                            mild.severity().wire() + " " + LimitDrl.number(mild.limit()) + " is not before "
                                    + bad.severity().wire() + " " + LimitDrl.number(bad.limit()),
                            "the other row is line " + other.rule().line()));
                }
            }
        }
    }

    /** What is wrong, row by row. */
    List<Problem> problems() {
        return problems;
    }

    /** The good rows, as facts. */
    List<LimitGroup> groups() {
        return groups.values().stream()
                .map(rows -> {
                    LimitGroup group = new LimitGroup(rows.get(0));
                    rows.forEach(group::add);
                    return group;
                })
                .toList();
    }

    /** The good rows, as rules; their text is the row below the names of its columns. */
    List<RuleInfo> rules() {
        int slash = file.indexOf('/');
        return rows.values().stream()
                .map(row -> new RuleInfo(row.rule(), slash < 0 ? "" : file.substring(0, slash), "", row.text()))
                .toList();
    }

    /** The rules that each row stands for, by the name of the row. */
    Map<String, String> drl() {
        Map<String, String> drl = new HashMap<>();
        groups.values()
                .forEach(group -> group.forEach(row ->
                        drl.put(row.rule().name(), LimitDrl.of(row, group.subList(0, group.indexOf(row))))));
        return drl;
    }

    /** The types of the alerts that rows open, each with the first row that does. */
    Map<String, RuleRef> alertTypes() {
        Map<String, RuleRef> types = new LinkedHashMap<>();
        rows.values().forEach(row -> types.putIfAbsent(row.alertType(), row.rule()));
        return types;
    }

    /** The runbooks that rows name. */
    List<Mention> mentions() {
        return rows.values().stream()
                .filter(row -> row.runbook() != null)
                .map(row -> new Mention(
                        Mention.Kind.RUNBOOK,
                        row.runbook(),
                        file,
                        row.rule().line(),
                        column(row.text(), row.runbook())))
                .toList();
    }

    private static int column(String text, String word) {
        return Math.max(1, text.lastIndexOf(word) - text.indexOf('\n'));
    }
}
