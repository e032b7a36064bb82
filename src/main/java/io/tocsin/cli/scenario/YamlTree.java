package io.tocsin.cli.scenario;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.tocsin.model.Text;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a YAML file into nodes that know their line and column; every mistake is noted. */
final class YamlTree {
    private static final long LARGEST_FILE = 1 << 20;
    private static final int DEEPEST = 64;
    private static final Node.Place TOP = new Node.Place(1, 1);
    private static final Pattern PLACE = Pattern.compile("line (\\d{1,7}), column (\\d{1,7})");
    private static final YAMLFactory YAML = new YAMLFactory();

    private final Mistakes mistakes;
    private final YAMLParser parser;
    private int depth;

    private YamlTree(Mistakes mistakes, YAMLParser parser) {
        this.mistakes = mistakes;
        this.parser = parser;
    }

    /** What the file holds; null, and a mistake, if it cannot be read at all. */
    static Node.Branch read(Path path, Mistakes mistakes) {
        try {
            if (!Files.isRegularFile(path)) {
                mistakes.add(TOP, Files.exists(path) ? "is no file" : "there is no such file", "");
                return null;
            }
            if (Files.size(path) > LARGEST_FILE) {
                mistakes.add(TOP, "has " + Files.size(path) + " bytes", "at most " + LARGEST_FILE + " are allowed");
                return null;
            }
            return parse(Files.readString(path), mistakes);
        } catch (NoSuchFileException gone) {
            mistakes.add(TOP, "there is no such file", "");
        } catch (CharacterCodingException notText) {
            mistakes.add(TOP, "is not UTF-8 text", "save it as UTF-8");
        } catch (IOException fault) {
            mistakes.add(TOP, "cannot be read: " + Text.clean(fault.getMessage()), "");
        }
        return null;
    }

    static Node.Branch parse(String text, Mistakes mistakes) throws IOException {
        try (YAMLParser parser = YAML.createParser(text)) {
            return new YamlTree(mistakes, parser).document();
        } catch (JsonProcessingException fault) {
            // what was being read, where, what is wrong: the last is what helps
            List<String> lines = String.valueOf(fault.getOriginalMessage())
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith(" "))
                    .limit(2)
                    .toList();
            String first = lines.isEmpty() ? "" : lines.get(lines.size() - 1).replaceFirst("[.] [(].*", "");
            mistakes.add(
                    place(fault),
                    "is not valid YAML here" + (first.isBlank() ? "" : ": " + Text.clean(Text.cut(first, 120))),
                    "check indentation, colons and quotes");
            return null;
        } catch (IllegalArgumentException | IndexOutOfBoundsException fault) {
            mistakes.add(TOP, "is not valid YAML: " + Text.clean(Text.cut(fault.getMessage(), 120)), "");
            return null;
        }
    }

    private Node.Branch document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            mistakes.add(
                    first == null ? TOP : here(),
                    first == null || first == JsonToken.VALUE_NULL ? "is empty" : "expected keys",
                    "a scenario has description and cases");
            return null;
        }
        Node.Branch root = branch(here());
        if (parser.nextToken() != null) {
            mistakes.add(here(), "a second document begins here", "write one only");
        }
        return root;
    }

    private Node.Branch branch(Node.Place place) throws IOException {
        Map<String, Node.Field> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            Node.Place at = here();
            parser.nextToken();
            Node.Field before = fields.putIfAbsent(key, new Node.Field(at, value()));
            if (before != null) {
                mistakes.add(
                        at,
                        "\"" + Text.clean(key) + "\" is written twice",
                        "the first one is on line " + before.key().line());
            }
        }
        return new Node.Branch(place, fields);
    }

    private Node value() throws IOException {
        Node.Place place = here();
        if (++depth > DEEPEST) {
            throw new com.fasterxml.jackson.core.JsonParseException(
                    parser, "nested deeper than " + DEEPEST + " levels");
        }
        Node node = switch (parser.currentToken()) {
            case START_OBJECT -> branch(place);
            case START_ARRAY -> {
                List<Node> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value());
                }
                yield new Node.Items(place, items);
            }
            case VALUE_NULL -> new Node.Leaf(place, null);
            case VALUE_TRUE -> new Node.Leaf(place, true);
            case VALUE_FALSE -> new Node.Leaf(place, false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Leaf(place, parser.getNumberValue());
            default -> text(place);
        };
        depth--;
        return node;
    }

    /** Jackson hands an alias over as the text of its name. */
    private Node text(Node.Place place) throws IOException {
        if (parser.isCurrentAlias()) {
            mistakes.add(place, "YAML aliases (*name) are not supported", "write the value out");
            return new Node.Leaf(place, null);
        }
        return new Node.Leaf(place, parser.getText());
    }

    /** The last place that the message names is that of the problem, the one before where its context began. */
    private static Node.Place place(JsonProcessingException fault) {
        Node.Place place = place(fault.getLocation());
        Matcher named = PLACE.matcher(String.valueOf(fault.getOriginalMessage()));
        while (named.find()) {
            place = new Node.Place(Integer.parseInt(named.group(1)), Integer.parseInt(named.group(2)));
        }
        return place;
    }

    private Node.Place here() {
        return place(parser.currentTokenLocation());
    }

    private static Node.Place place(JsonLocation at) {
        return at == null ? TOP : new Node.Place(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }
}
