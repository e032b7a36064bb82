package io.tocsin.fake;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The limits and escapes that a message to Slack has to keep. */
final class SlackContract {
    private static final Pattern BARE_AMPERSAND = Pattern.compile("&(?!(amp|lt|gt);)");
    private static final Pattern OPENING = Pattern.compile("<(?!https?://[^|<>\\s]+(\\|[^<>|]*)?>)");
    private static final int ALL_BLOCKS = 13_200;

    private final List<String> wrong = new ArrayList<>();

    private SlackContract() {}

    /** Everything that is wrong with a message. */
    static List<String> check(JsonObject message) {
        SlackContract contract = new SlackContract();
        contract.length("text", message.getValue("text"), 1, 40_000);
        contract.blocks(message.getJsonArray("blocks"));
        JsonArray attachments = message.getJsonArray("attachments", new JsonArray());
        contract.count("attachments", attachments, 20);
        for (int i = 0; i < attachments.size(); i++) {
            contract.blocks(attachments.getJsonObject(i).getJsonArray("blocks"));
        }
        contract.escapes("", message);
        return contract.wrong;
    }

    private void blocks(JsonArray blocks) {
        if (blocks == null) {
            return;
        }
        count("blocks", blocks, 50);
        if (blocks.encode().length() > 2 * ALL_BLOCKS || textIn(blocks) > ALL_BLOCKS) {
            wrong.add("blocks with " + textIn(blocks) + " characters of text");
        }
        for (int i = 0; i < blocks.size(); i++) {
            block(blocks.getJsonObject(i));
        }
    }

    private void block(JsonObject block) {
        length("block_id", block.getString("block_id", ""), 0, 255);
        switch (block.getString("type", "")) {
            case "header" -> {
                text("header", block.getJsonObject("text"), 150);
                if (!"plain_text".equals(block.getJsonObject("text").getString("type"))) {
                    wrong.add("header is no plain_text");
                }
            }
            case "section" -> {
                JsonArray fields = block.getJsonArray("fields", new JsonArray());
                count("fields", fields, 10);
                fields.forEach(field -> text("field", (JsonObject) field, 2000));
                if (block.containsKey("text")) {
                    text("section", block.getJsonObject("text"), 3000);
                } else if (fields.isEmpty()) {
                    wrong.add("section without text and fields");
                }
            }
            case "context" -> {
                JsonArray elements = block.getJsonArray("elements", new JsonArray());
                count("elements", elements, 10);
                elements.forEach(element -> text("context", (JsonObject) element, 3000));
            }
            case "divider" -> {}
            default -> wrong.add("block of type " + block.getString("type"));
        }
    }

    private void text(String where, JsonObject text, int most) {
        String type = text.getString("type", "");
        if (!type.equals("plain_text") && !type.equals("mrkdwn")) {
            wrong.add(where + " of type " + type);
        }
        if (type.equals("plain_text") == text.containsKey("verbatim")) {
            wrong.add(where + ": verbatim belongs to mrkdwn, and there it is needed");
        }
        length(where, text.getValue("text"), 1, most);
    }

    private void escapes(String where, Object value) {
        if (value instanceof JsonObject object) {
            for (Map.Entry<String, Object> entry : object) {
                escapes(where + "." + entry.getKey(), entry.getValue());
            }
        } else if (value instanceof JsonArray array) {
            array.forEach(item -> escapes(where, item));
        } else if (value instanceof String text) {
            if (text.contains("<!") || OPENING.matcher(text).find()) {
                wrong.add("security: unescaped < in " + where);
            }
            if (BARE_AMPERSAND.matcher(text).find()) {
                wrong.add("broken entity in " + where);
            }
        }
    }

    private void length(String where, Object value, int least, int most) {
        int length = value instanceof String text ? text.length() : -1;
        if (length < least || length > most) {
            wrong.add(where + " has " + length + " characters, allowed are " + least + " to " + most);
        }
    }

    private void count(String where, JsonArray array, int most) {
        if (array.size() > most) {
            wrong.add(array.size() + " " + where + ", allowed are " + most);
        }
    }

    private static int textIn(Object value) {
        if (value instanceof JsonObject object) {
            return object.stream().mapToInt(entry -> textIn(entry.getValue())).sum();
        }
        if (value instanceof JsonArray array) {
            return array.stream().mapToInt(SlackContract::textIn).sum();
        }
        return value instanceof String text ? text.length() : 0;
    }
}
