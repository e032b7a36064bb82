package io.tocsin.cli.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.bus.Decoded;
import io.tocsin.bus.Limits;
import io.tocsin.bus.TelemetryJson;
import io.tocsin.model.Head;
import io.tocsin.model.Metric;
import io.tocsin.model.Text;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Reads what Prometheus answers to {@code /api/v1/query_range}: each sample becomes a {@code metric} of the node that the label
 * {@code node}, {@code nodename} or {@code instance} names, in the cluster of the label {@code cluster}.
 */
final class PrometheusImport {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> TAKEN = Set.of("__name__", "cluster");
    private static final String ALLOWED = "; allowed: the JSON that Prometheus answers to /api/v1/query_range";

    private final Path file;
    private final Imported imported;
    private long left;
    private int series;

    private PrometheusImport(Path file, Imported imported) {
        this.file = file;
        this.imported = imported;
    }

    static void read(Path file, Imported imported) throws IOException {
        PrometheusImport one = new PrometheusImport(file, imported);
        try (JsonParser json = MAPPER.getFactory().createParser(Files.newBufferedReader(file))) {
            json.nextToken();
            one.document(json);
        } catch (JsonProcessingException fault) {
            throw new ReplayFault(Inputs.name(file) + ":" + fault.getLocation().getLineNr() + ": is no JSON: "
                    + Text.clean(Text.cut(String.valueOf(fault.getOriginalMessage()), 200)) + ALLOWED);
        }
        if (one.left > 0) {
            imported.note(Inputs.name(file) + ": " + one.left + " samples are no finite numbers and were left out");
        }
    }

    private void document(JsonParser json) throws IOException {
        boolean data = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (field.equals("data") && json.currentToken() == JsonToken.START_OBJECT) {
                data = true;
                data(json);
            } else if (field.equals("status") && !"success".equals(json.getText())) {
                throw fault("its status is \"" + Text.clean(Text.cut(json.getText(), 40)) + "\", not success");
            } else {
                json.skipChildren();
            }
        }
        if (!data || series == 0) {
            throw fault(data ? "holds no series" : "has no data");
        }
    }

    private void data(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (field.equals("resultType") && !"matrix".equals(json.getText())) {
                throw fault("its result is a " + Text.clean(Text.cut(json.getText(), 40)) + ", not a matrix");
            } else if (field.equals("result") && json.currentToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    JsonNode one = MAPPER.readTree(json);
                    series(one.path("metric"), one.path("values"));
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private void series(JsonNode labels, JsonNode values) {
        series++;
        if (!values.isArray()) {
            throw fault("series " + series + " has no values");
        }
        Metric like = null;
        for (JsonNode sample : values) {
            Instant at = Instant.ofEpochMilli(Math.round(sample.path(0).asDouble(Double.NaN) * 1000));
            double value = number(sample.path(1).asText());
            if (!sample.path(0).isNumber()) {
                throw fault("series " + series + " has a sample without a time: "
                        + Text.clean(Text.cut(sample.toString(), 60)));
            }
            if (!Double.isFinite(value)) {
                left++;
                continue;
            }
            like = like == null ? first(labels, at, value) : like;
            imported.add(new Metric(head(like.head(), at), like.name(), value), Inputs.name(file));
        }
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.replace("Inf", "Infinity"));
        } catch (NumberFormatException notOne) {
            return Double.NaN;
        }
    }

    /** The first sample of a series is checked as one that was sent; the others differ in time and value only. */
    private Metric first(JsonNode labels, Instant at, double value) {
        String by = labels.has("node") ? "node" : labels.has("nodename") ? "nodename" : "instance";
        JsonObject others = new JsonObject();
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            if (!TAKEN.contains(label.getKey()) && !label.getKey().equals(by)) {
                others.put(label.getKey(), label.getValue().asText());
            }
        }
        JsonObject message = new JsonObject()
                .put("type", Metric.TYPE)
                .put("node", labels.path(by).asText("prometheus"))
                .put("cluster", labels.path("cluster").asText(Head.DEFAULT_CLUSTER))
                .put("name", labels.path("__name__").asText("value"))
                .put("value", value)
                .put("labels", others)
                .put("timestamp", at.toString());
        Decoded decoded = TelemetryJson.decode(message, at, Limits.DEFAULT);
        if (!decoded.rejected().isEmpty()) {
            throw fault("series " + series + ": " + decoded.rejected().get(0).error());
        }
        return (Metric) decoded.accepted().get(0);
    }

    private static Head head(Head like, Instant at) {
        return new Head(like.cluster(), like.node(), at, at, like.labels(), null, true, like.key());
    }

    private ReplayFault fault(String what) {
        return new ReplayFault(Inputs.name(file) + ": " + what + ALLOWED);
    }
}
