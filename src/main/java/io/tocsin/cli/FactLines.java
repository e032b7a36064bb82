package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A fact as names and values, one a line; what says nothing is left out. */
final class FactLines {
    private static final List<String> HEAD = List.of("type", "node", "cluster", "key", "id");
    private static final List<String> TIMES = List.of("timestamp", "received_at", "ttl", "fresh", "fresh_until");

    private final Paint paint;

    FactLines(Paint paint) {
        this.paint = paint;
    }

    /**
     * The lines.
     *
     * @param value the figure of the alert, marked where the fact has it; null for none
     * @param limit what is said beside it; empty for nothing
     */
    List<String> lines(JsonNode fact, Double value, String limit) {
        if (Json.text(fact, "type").equals("value")) {
            return List.of(paint.cyan("counted") + "  " + Json.text(fact, "text"));
        }
        if (!fact.isObject()) {
            return List.of(
                    paint.cyan("matched") + "  " + Text.clean(fact.isValueNode() ? fact.asText() : fact.toString()));
        }
        String node = Json.text(fact, "node");
        List<String> lines = new ArrayList<>();
        lines.add(paint.cyan("matched") + "  " + paint.bold(Json.text(fact, "type"))
                + (node.isEmpty() ? "" : " of " + node) + when(fact));
        for (Map.Entry<String, JsonNode> field : fact.properties()) {
            JsonNode one = field.getValue();
            boolean empty = one.isNull() || one.isContainerNode() && one.isEmpty();
            if (!empty && !HEAD.contains(field.getKey()) && !TIMES.contains(field.getKey())) {
                boolean is = value != null && one.isNumber() && Math.abs(one.asDouble() - value) < 1e-9;
                String shown = Json.text(fact, field.getKey());
                lines.add("  " + Columns.pad(Text.clean(field.getKey()), 18)
                        + (is ? paint.bold(shown) + "  " + paint.amber(limit) : shown));
            }
        }
        return lines;
    }

    private static String when(JsonNode fact) {
        String received = Json.text(fact, "received_at");
        String at = received.isEmpty() ? Json.text(fact, "last_seen") : received;
        String fresh = fact.path("fresh").isBoolean() && !fact.path("fresh").asBoolean() ? ", not fresh" : "";
        return (at.isEmpty() ? "" : (received.isEmpty() ? ", last seen " : ", received ") + at) + fresh;
    }
}
