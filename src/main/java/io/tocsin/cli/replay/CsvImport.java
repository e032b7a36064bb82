package io.tocsin.cli.replay;

import io.tocsin.bus.Decoded;
import io.tocsin.bus.Limits;
import io.tocsin.bus.TelemetryJson;
import io.tocsin.model.Head;
import io.tocsin.model.Reading;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a table of messages. Its first line names the columns: {@code timestamp}, {@code type}, {@code node} and any field of
 * the message types; {@code labels.x} and {@code details.x} reach into those. An empty value is a field that is not there.
 */
final class CsvImport {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern EPOCH = Pattern.compile("\\d{9,13}(\\.\\d+)?");
    private static final long FIRST_MILLIS = 100_000_000_000L;
    private static final Set<String> NUMBERS = Set.of(
            "usage_percent",
            "total_available",
            "current_used",
            "value",
            "latency_ms",
            "sample_count",
            "count",
            "duration_ms",
            "rate_per_sec",
            "current_value",
            "threshold_value",
            "healthy_nodes",
            "total_nodes");

    private final Path file;
    private final Imported imported;
    private List<String> columns;

    private CsvImport(Path file, Imported imported) {
        this.file = file;
        this.imported = imported;
    }

    static void read(Path file, Imported imported) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            new CsvImport(file, imported).read(new CsvRows(in));
        } catch (CharacterCodingException fault) {
            throw new ReplayFault(Inputs.name(file) + ": is not UTF-8 text; save it as UTF-8");
        }
    }

    private void read(CsvRows rows) throws IOException {
        try {
            columns = rows.next().stream().map(CsvImport::plain).toList();
            checkColumns();
            for (List<String> row = rows.next(); row != null; row = rows.next()) {
                if (row.size() != columns.size()) {
                    throw fault(
                            rows.line(),
                            "has " + row.size() + (row.size() == 1 ? " value" : " values") + ", the first line names "
                                    + columns.size() + " columns: " + String.join(", ", columns));
                }
                imported.add(message(row, rows.line()), Inputs.name(file));
            }
        } catch (IllegalArgumentException fault) {
            throw fault(rows.line(), fault.getMessage());
        }
    }

    private static String plain(String column) {
        return Text.clean(column.startsWith("\ufeff") ? column.substring(1) : column);
    }

    private void checkColumns() {
        for (String needed : List.of("timestamp", "type")) {
            if (!columns.contains(needed)) {
                throw fault(
                        1,
                        "names no column " + needed + "; needed are timestamp and type, found: "
                                + String.join(", ", columns));
            }
        }
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (column.isEmpty() || !seen.add(column)) {
                throw fault(
                        1, column.isEmpty() ? "has a column without a name" : "names the column " + column + " twice");
            }
        }
    }

    private Telemetry message(List<String> row, int line) {
        JsonObject json = new JsonObject();
        Instant at = null;
        for (int i = 0; i < row.size(); i++) {
            String column = columns.get(i);
            String value = row.get(i);
            if (column.equals("timestamp")) {
                at = time(value, line);
                json.put("timestamp", at.toString());
            } else if (!value.isEmpty()) {
                put(json, column, value);
            }
        }
        Decoded decoded = TelemetryJson.decode(json, at, Limits.DEFAULT);
        if (!decoded.rejected().isEmpty()) {
            throw fault(line, decoded.rejected().get(0).error());
        }
        Telemetry message = decoded.accepted().get(0);
        return json.containsKey("ttl") || !(message instanceof Reading reading)
                ? message
                : reading.with(endless(reading));
    }

    /** Without a time to live; how often its series reports gives it one. */
    private static Head endless(Reading reading) {
        Head head = reading.head();
        return new Head(
                head.cluster(),
                head.node(),
                head.timestamp(),
                head.receivedAt(),
                head.labels(),
                null,
                head.fresh(),
                head.key());
    }

    private static void put(JsonObject json, String column, String value) {
        int dot = column.indexOf('.');
        if (dot < 0) {
            json.put(column, NUMBERS.contains(column) ? free(value) : value);
            return;
        }
        String outer = column.substring(0, dot);
        JsonObject inner = json.getJsonObject(outer, new JsonObject());
        inner.put(column.substring(dot + 1), outer.equals("labels") ? value : free(value));
        json.put(outer, inner);
    }

    private static Object free(String value) {
        if (WHOLE.matcher(value).matches()) {
            return Long.valueOf(value);
        }
        if (NUMBER.matcher(value).matches()) {
            return Double.valueOf(value);
        }
        return value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : value;
    }

    private Instant time(String value, int line) {
        if (EPOCH.matcher(value).matches()) {
            double number = Double.parseDouble(value);
            return Instant.ofEpochMilli(Math.round(number >= FIRST_MILLIS ? number : number * 1000));
        }
        try {
            return java.time.OffsetDateTime.parse(value.replace(' ', 'T')).toInstant();
        } catch (DateTimeParseException fault) {
            throw fault(
                    line,
                    "timestamp: expected a time such as 2026-01-05T03:00:00Z, or seconds or milliseconds since"
                            + " 1970, found \"" + Text.clean(Text.cut(value, 40)) + "\"");
        }
    }

    private ReplayFault fault(int line, String what) {
        return new ReplayFault(Inputs.name(file) + ":" + line + ": " + what);
    }
}
