package io.tocsin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.model.Text;

/** Reading and writing JSON documents. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** For people and files: indented. */
    static String pretty(JsonNode node) {
        return node.toPrettyString();
    }

    /** For streams: one line. */
    static String line(JsonNode node) {
        return node.toString();
    }

    /** A field as text that is safe on a terminal; empty if it is missing or null. */
    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return Text.clean(value.isValueNode() ? value.asText() : value.toString());
    }
}
