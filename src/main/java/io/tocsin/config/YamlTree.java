package io.tocsin.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a YAML file into nodes that know their line and column. */
final class YamlTree {
    private final String file;
    private final Report report;
    private final YAMLParser parser;

    private YamlTree(String file, Report report, YAMLParser parser) {
        this.file = file;
        this.report = report;
        this.parser = parser;
    }

    /** The file's keys; an empty branch, and problems in the report, for a file that cannot be read. */
    static Node.Branch read(Path path, Report report) {
        String file = path.toString();
        Node.Branch nothing = new Node.Branch(Place.file(file, 1, 1));
        try (YAMLParser parser = new YAMLFactory().createParser(Files.readString(path))) {
            return new YamlTree(file, report, parser).document();
        } catch (NoSuchFileException e) {
            report.problem(Place.file(file, 1, 1), "", "there is no such file; name one with --config");
        } catch (CharacterCodingException e) {
            report.problem(Place.file(file, 1, 1), "", "is not UTF-8 text");
        } catch (JsonProcessingException e) {
            // the parser's own message may quote a line with a secret in it
            report.problem(place(file, e.getLocation()), "", "is not valid YAML here: " + reason(e));
        } catch (IOException e) {
            report.problem(Place.file(file, 1, 1), "", "cannot be read: " + e.getMessage());
        }
        return nothing;
    }

    private Node.Branch document() throws IOException {
        Place top = Place.file(file, 1, 1);
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return new Node.Branch(top);
        }
        if (first != JsonToken.START_OBJECT) {
            report.problem(
                    place(file, parser.currentTokenLocation()), "", "expected keys such as http: and receivers:");
            return new Node.Branch(top);
        }
        Node.Branch root = branch(top, "");
        if (parser.nextToken() != null) {
            report.problem(
                    place(file, parser.currentTokenLocation()), "", "a second document begins here; write one only");
        }
        return root;
    }

    private Node.Branch branch(Place place, String path) throws IOException {
        Node.Branch branch = new Node.Branch(place);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            Place here = place(file, parser.currentTokenLocation());
            String full = path.isEmpty() ? key : path + "." + key;
            parser.nextToken();
            Node before = branch.children().putIfAbsent(key, value(here, full));
            if (before != null) {
                report.problem(
                        here,
                        full,
                        "is written twice; the first one is at "
                                + before.place().text());
            }
        }
        return branch;
    }

    private Node value(Place place, String path) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> branch(place, path);
            case START_ARRAY -> {
                List<Node> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(place(file, parser.currentTokenLocation()), path));
                }
                yield new Node.Items(place, items);
            }
            case VALUE_NULL -> new Node.Leaf(place, null);
            default -> {
                boolean alias = parser.isCurrentAlias();
                if (alias) {
                    report.problem(place, path, "YAML aliases (*name) are not supported; write the value out");
                }
                yield new Node.Leaf(place, alias ? null : parser.getText());
            }
        };
    }

    private static Place place(String file, JsonLocation at) {
        return at == null ? Place.file(file, 1, 1) : Place.file(file, at.getLineNr(), at.getColumnNr());
    }

    private static String reason(JsonProcessingException e) {
        String first =
                String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
        return first.isBlank()
                ? "check indentation, colons and quotes"
                : first + "; check indentation, colons and quotes";
    }
}
