package io.tocsin.cli.scenario;

import io.tocsin.model.Head;
import io.tocsin.model.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads scenario files: every mistake of a file is told at once, with line and column. */
public final class ScenarioReader {
    private static final Set<String> TOP = ordered("description", "cases");
    private static final Set<String> CASE = ordered("name", "clusters", "timeline");
    private static final Set<String> CLUSTER = ordered("nodes", "quorum");

    private final Mistakes mistakes;

    private ScenarioReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /**
     * Reads one file.
     *
     * @throws ScenarioFault if it is no scenario
     */
    public static Scenario read(Path path) throws ScenarioFault {
        String file = Text.clean(path.toString());
        Mistakes mistakes = new Mistakes(file);
        Node.Branch tree = YamlTree.read(path, mistakes);
        Scenario scenario = tree == null ? null : new ScenarioReader(mistakes).scenario(file, tree);
        mistakes.throwIfAny();
        return scenario;
    }

    static Set<String> ordered(String... words) {
        return new LinkedHashSet<>(List.of(words));
    }

    private Scenario scenario(String file, Node.Branch tree) {
        mistakes.unknown(tree, TOP);
        List<Scenario.Case> cases = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        if (!(tree.at("cases") instanceof Node.Items items)) {
            if (tree.at("cases") == null) {
                mistakes.missing(tree, "cases", "a list, each with name and timeline");
            } else {
                mistakes.expected(tree.at("cases"), "cases", "a list, each with name and timeline");
            }
            return null;
        }
        if (items.items().isEmpty()) {
            mistakes.add(items.place(), "cases: expected at least one case, found none", "");
        }
        for (Node item : items.items()) {
            if (item instanceof Node.Branch one) {
                cases.add(oneCase(one, lines));
            } else {
                mistakes.expected(item, "a case", "keys such as name and timeline");
            }
        }
        return new Scenario(file, text(tree, "description", false), cases);
    }

    private Scenario.Case oneCase(Node.Branch tree, Map<String, Integer> lines) {
        mistakes.unknown(tree, CASE);
        String name = text(tree, "name", true);
        int line = tree.place().line();
        Integer before = name.isEmpty() ? null : lines.putIfAbsent(name, line);
        if (before != null) {
            mistakes.add(
                    tree.place("name"), "two cases are called \"" + name + "\"", "the first one is on line " + before);
        }
        Map<String, Scenario.Nodes> clusters = clusters(tree);
        return new Scenario.Case(name, line, clusters, new TimelineReader(mistakes).moments(tree));
    }

    /** A text; empty if it is not there. */
    private String text(Node.Branch tree, String key, boolean required) {
        Node node = tree.at(key);
        if (node == null || node instanceof Node.Leaf leaf && leaf.value() == null) {
            if (required) {
                mistakes.missing(tree, key, "a text that says what the case shows");
            }
            return "";
        }
        if (node instanceof Node.Leaf leaf) {
            String text = Text.clean(String.valueOf(leaf.value()));
            if (required && text.isBlank()) {
                mistakes.expected(node, key, "a text");
            }
            return text;
        }
        mistakes.expected(node, key, "a text");
        return "";
    }

    private Map<String, Scenario.Nodes> clusters(Node.Branch tree) {
        Map<String, Scenario.Nodes> clusters = new LinkedHashMap<>();
        Node node = tree.at("clusters");
        if (node instanceof Node.Branch named) {
            named.fields().forEach((name, field) -> {
                if (field.value() instanceof Node.Branch cluster) {
                    clusters.put(name, nodes(name, cluster));
                } else {
                    mistakes.expected(field.value(), "clusters." + name, "{nodes: [n1, n2, n3], quorum: 2}");
                }
            });
        } else if (node != null) {
            mistakes.expected(node, "clusters", "{" + Head.DEFAULT_CLUSTER + ": {nodes: [n1, n2, n3], quorum: 2}}");
        }
        return clusters;
    }

    private Scenario.Nodes nodes(String name, Node.Branch cluster) {
        String path = "clusters." + Text.clean(name);
        mistakes.unknown(cluster, CLUSTER);
        Set<String> nodes = new LinkedHashSet<>();
        if (cluster.at("nodes") instanceof Node.Items items) {
            for (Node item : items.items()) {
                if (!(item instanceof Node.Leaf leaf)
                        || leaf.value() == null
                        || leaf.value().toString().isBlank()) {
                    mistakes.expected(item, path + ".nodes", "the name of a node");
                } else if (!nodes.add(leaf.value().toString())) {
                    mistakes.add(item.place(), path + ".nodes: " + Mistakes.found(item) + " stands twice", "");
                }
            }
            if (items.items().isEmpty()) {
                mistakes.expected(items, path + ".nodes", "at least one node");
            }
        } else if (cluster.at("nodes") == null) {
            mistakes.missing(cluster, path + ".nodes", "a list of names");
        } else {
            mistakes.expected(cluster.at("nodes"), path + ".nodes", "a list of names");
        }
        return new Scenario.Nodes(List.copyOf(nodes), quorum(path, cluster.at("quorum"), nodes.size()));
    }

    /** More than half of the nodes if it is not said. */
    private int quorum(String path, Node node, int nodes) {
        if (node == null || nodes == 0) {
            return nodes / 2 + 1;
        }
        if (node.plain() instanceof Integer quorum && quorum >= 1 && quorum <= nodes) {
            return quorum;
        }
        mistakes.expected(node, path + ".quorum", "a number from 1 to " + nodes);
        return 1;
    }
}
