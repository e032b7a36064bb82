package io.tocsin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The API's description, to hold answers against. Stricter than it says: a field that it does not name is a fault. */
final class Contract {
    private static final Set<String> PARTS = Set.of("allOf", "oneOf", "anyOf");
    private static final JsonSchemaOptions OPTIONS = new JsonSchemaOptions()
            .setBaseUri("app://tocsin")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic);

    private final JsonObject document;
    private final JsonObject open = new JsonObject();
    private final JsonObject strict = new JsonObject();

    Contract(JsonObject document) {
        this.document = document;
        JsonObject schemas = document.getJsonObject("components").getJsonObject("schemas");
        for (String name : schemas.fieldNames()) {
            open.put(name, schemas.getJsonObject(name));
            strict.put(name, strict(schemas.getJsonObject(name), true));
        }
    }

    /** {@code GET /api/v1/alerts} and what it may be given. */
    Map<String, JsonObject> operations() {
        Map<String, JsonObject> operations = new TreeMap<>();
        JsonObject paths = document.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject item = paths.getJsonObject(path);
            for (String method : item.fieldNames()) {
                if (!method.equals("parameters")) {
                    operations.put(method.toUpperCase(java.util.Locale.ROOT) + " " + path, item.getJsonObject(method));
                }
            }
        }
        return operations;
    }

    Set<String> paths() {
        return new TreeSet<>(document.getJsonObject("paths").fieldNames());
    }

    /** What is wrong with an answer; empty if nothing is. */
    String problem(String operation, int status, String type, String body) {
        JsonObject described = response(operation, status);
        if (described == null) {
            return operation + " may not answer " + status + ": " + body;
        }
        String media = type == null ? "" : type.replaceFirst(";.*", "");
        JsonObject content = described.getJsonObject("content").getJsonObject(media);
        if (content == null) {
            return operation + " " + status + " may not be " + type;
        }
        return media.equals("application/json")
                ? problem(content.getJsonObject("schema"), io.vertx.core.json.Json.decodeValue(body))
                : "";
    }

    private JsonObject response(String operation, int status) {
        JsonObject found =
                operations().get(operation).getJsonObject("responses").getJsonObject(Integer.toString(status));
        if (found == null || !found.containsKey("$ref")) {
            return found;
        }
        String name = found.getString("$ref").substring("#/components/responses/".length());
        return document.getJsonObject("components").getJsonObject("responses").getJsonObject(name);
    }

    /** What is wrong with the data of an event of the stream. */
    String eventProblem(String event, Object data) {
        JsonObject events = operations().get("GET /api/v1/stream").getJsonObject("x-events");
        return events.containsKey(event)
                ? problem(events.getJsonObject(event), data)
                : "there is no event " + event + " in the description";
    }

    /** What is wrong with something that the server gave. */
    String problem(JsonObject schema, Object value) {
        return problem(strict(schema, false), strict, value);
    }

    /** What is wrong with something that the server is given, which may have more than is described. */
    String givenProblem(JsonObject schema, Object value) {
        return problem(schema, open, value);
    }

    private static String problem(JsonObject schema, JsonObject schemas, Object value) {
        String root = schema.copy().put("$defs", schemas).encode().replace("#/components/schemas/", "#/$defs/");
        OutputUnit result =
                Validator.create(JsonSchema.of(new JsonObject(root)), OPTIONS).validate(value);
        return Boolean.TRUE.equals(result.getValid())
                ? ""
                : result.getErrors().stream()
                                .map(error -> error.getInstanceLocation() + " " + error.getError())
                                .collect(Collectors.joining("; "))
                        + " in " + value;
    }

    /** The same schema, with nothing allowed beyond what it and its parts name. */
    private static JsonObject strict(JsonObject schema, boolean part) {
        JsonObject strict = new JsonObject();
        boolean fields = false;
        for (String name : schema.fieldNames()) {
            Object value = schema.getValue(name);
            fields |= name.equals("properties") || name.equals("$ref") || PARTS.contains(name);
            if (name.equals("properties")) {
                JsonObject properties = new JsonObject();
                ((JsonObject) value)
                        .forEach(field -> properties.put(field.getKey(), strict((JsonObject) field.getValue(), false)));
                value = properties;
            } else if (PARTS.contains(name)) {
                JsonArray all = new JsonArray();
                ((JsonArray) value).forEach(one -> all.add(strict((JsonObject) one, true)));
                value = all;
            } else if (value instanceof JsonObject inner
                    && (name.equals("items") || name.equals("additionalProperties"))) {
                value = strict(inner, false);
            }
            strict.put(name, value);
        }
        if (fields && !part && !schema.containsKey("additionalProperties")) {
            strict.put("unevaluatedProperties", false);
        }
        return strict;
    }
}
