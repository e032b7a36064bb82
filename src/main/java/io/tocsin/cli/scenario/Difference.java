package io.tocsin.cli.scenario;

import io.tocsin.model.Text;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One thing in which a case went otherwise than expected.
 *
 * @param at when, after the beginning of the case
 * @param line the line in the scenario file
 * @param list alerts, notifications or escalations; ack, resolve or rule where no list was compared
 * @param expected what an entry names; null if nothing was expected
 * @param got the document nearest to it; null if nothing came
 * @param why lines that explain it
 */
public record Difference(
        Duration at, int line, String list, Map<String, Object> expected, JsonObject got, List<String> why) {
    private static final List<String> BRIEF =
            List.of("receiver", "change", "level", "to", "alert_type", "subject", "state", "severity");

    public Difference {
        why = List.copyOf(why);
    }

    /** Something that failed without being compared. */
    static Difference failed(Duration at, int line, String what, String why) {
        return new Difference(at, line, what, null, null, List.of(why));
    }

    /** A row of the table that stands expected and got side by side. */
    record Row(String field, String expected, String got, boolean same) {}

    /** Expected and got, field by field; what was not expected shows what names it. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        if (expected != null) {
            expected.forEach((field, value) -> rows.add(new Row(
                    field,
                    FactText.value(value),
                    got == null ? "" : FactText.value(got.getValue(field)),
                    got != null && Comparison.same(value, got.getValue(field)))));
        } else if (got != null) {
            for (String field : BRIEF) {
                if (got.getValue(field) != null && (!field.equals("level") || list.equals("escalations"))) {
                    rows.add(new Row(field, "", FactText.value(got.getValue(field)), false));
                }
            }
        }
        return rows;
    }

    /** In one line. */
    @Override
    public String toString() {
        String where = "line " + line + ", at " + Text.duration(at) + ": ";
        if (expected == null && got == null) {
            return where + list + ": " + String.join("; ", why);
        }
        StringBuilder wanted = new StringBuilder();
        StringBuilder found = new StringBuilder();
        for (Row row : rows()) {
            wanted.append(' ').append(row.field()).append('=').append(row.expected());
            found.append(' ').append(row.field()).append('=').append(row.got());
        }
        return where + list + ": expected" + (expected == null ? " nothing" : wanted) + ", got"
                + (got == null ? " nothing" : found);
    }
}
