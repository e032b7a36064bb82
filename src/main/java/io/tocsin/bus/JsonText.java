package io.tocsin.bus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.tocsin.model.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads JSON text into maps, lists, strings, numbers, booleans and nulls, within bounds. */
final class JsonText {
    /** How deep arrays and objects may lie in one another. */
    static final int MAX_DEPTH = 32;

    /** How long one string or name may be, characters. */
    static final int MAX_STRING = 64 * 1024;

    /** How long one number may be, characters. */
    static final int MAX_NUMBER = 100;

    // NaN is read as a number so that it is one message that is rejected, not the body around it
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(MAX_STRING)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /**
     * A value of a body.
     *
     * @param value the value
     * @param flaw the first thing in it that JSON can say and a message may not: a name that stands twice, a number beyond
     *     a double; null if there is none
     */
    record Item(Object value, Flaw flaw) {}

    /**
     * What is wrong inside a value.
     *
     * @param path the names that lead there, with points between
     * @param text what was found and what is allowed
     */
    record Flaw(String path, String text) {}

    private final JsonParser parser;
    private boolean inArray;
    private Flaw flaw;

    private JsonText(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Hands over each value of an array, or the one value that is no array.
     *
     * @param max how many values there may be
     * @throws InvalidMessage if the text is no JSON within the bounds
     */
    static void each(String text, int max, Consumer<Item> sink) {
        parse(text, true, json -> json.each(max, sink));
    }

    /**
     * Hands over the one value of a line.
     *
     * @throws InvalidMessage if the line is no JSON within the bounds
     */
    static void line(String text, Consumer<Item> sink) {
        parse(text, false, json -> {
            Item item = json.item(json.parser.nextToken());
            json.end("one message a line");
            sink.accept(item);
        });
    }

    private interface Reading {
        void read(JsonText json) throws IOException;
    }

    private static void parse(String text, boolean lines, Reading reading) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            try {
                reading.read(new JsonText(parser));
            } catch (JsonProcessingException e) {
                throw new InvalidMessage(JsonFault.describe(e, parser.currentLocation(), lines));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private void each(int max, Consumer<Item> sink) throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_ARRAY) {
            Item item = item(first);
            end("one message or one array of them; or send one message a line as application/x-ndjson");
            sink.accept(item);
            return;
        }
        inArray = true;
        int count = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (++count > max) {
                throw new InvalidMessage(tooMany(max));
            }
            sink.accept(item(token));
        }
        end("one array");
    }

    static String tooMany(int max) {
        return "body: expected at most " + max + " messages, found more; send several bodies";
    }

    private Item item(JsonToken token) throws IOException {
        flaw = null;
        Object value = value(token);
        return new Item(value, flaw);
    }

    private void end(String expected) throws IOException {
        if (parser.nextToken() != null) {
            throw new InvalidMessage("line " + parser.currentTokenLocation().getLineNr() + " column "
                    + parser.currentTokenLocation().getColumnNr() + ": expected the end after " + expected + ", found "
                    + Text.clean(Text.cut(parser.getText(), 40)));
        }
    }

    // The parser bounds the depth, so recursion is safe
    private Object value(JsonToken token) throws IOException {
        if (token == null) {
            return null;
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> finite(parser.getDoubleValue());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }

    private Map<String, Object> object() throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            int before = map.size();
            map.put(name, value(parser.nextToken()));
            if (map.size() == before) {
                flaw("expected each name once, found it twice");
            }
        }
        return map;
    }

    private List<Object> array() throws IOException {
        List<Object> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(token));
        }
        return list;
    }

    private Number whole() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> parser.getIntValue();
            case LONG -> parser.getLongValue();
            default -> finite(parser.getBigIntegerValue().doubleValue());
        };
    }

    private Double finite(double number) throws IOException {
        if (!Double.isFinite(number)) {
            flaw("expected a finite number, found " + Text.cut(parser.getText(), 40));
        }
        return number;
    }

    private void flaw(String text) {
        if (flaw == null) {
            String path = parser.getParsingContext().pathAsPointer().toString();
            String names = path.replaceFirst(inArray ? "^/\\d+/?" : "^/", "").replace('/', '.');
            flaw = new Flaw(Text.cut(Text.clean(names), 200), text);
        }
    }
}
