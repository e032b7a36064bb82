package io.tocsin.cli.scenario;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tocsin.model.Text;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads scenario files; an unknown key is an error. */
public final class ScenarioReader {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());
    private static final int MOST_MOMENTS = 200_000;

    private final String file;

    private ScenarioReader(String file) {
        this.file = file;
    }

    /**
     * Reads one file.
     *
     * @throws ScenarioFault if it is no scenario
     */
    public static Scenario read(Path path) throws ScenarioFault {
        try (JsonParser parser = YAML.createParser(Files.readString(path))) {
            Map<String, Object> tree = YAML.readValue(parser, new TypeReference<>() {});
            return new ScenarioReader(path.toString()).scenario(tree == null ? Map.of() : tree);
        } catch (JacksonException fault) {
            var at = fault.getLocation();
            throw new ScenarioFault(path + ":" + (at == null ? 1 : at.getLineNr()) + ":"
                    + (at == null ? 1 : at.getColumnNr()) + ": " + fault.getOriginalMessage());
        } catch (IOException fault) {
            throw new ScenarioFault(path + ": cannot be read: " + fault.getMessage());
        }
    }

    private Scenario scenario(Map<String, Object> tree) throws ScenarioFault {
        known("", tree, Set.of("description", "cases"));
        List<Scenario.Case> cases = new ArrayList<>();
        for (Object one : list("cases", tree.get("cases"))) {
            cases.add(oneCase(map("cases[" + cases.size() + "]", one)));
        }
        if (cases.isEmpty()) {
            throw new ScenarioFault(file + ": cases: expected at least one case, found none");
        }
        return new Scenario(file, String.valueOf(tree.getOrDefault("description", "")), cases);
    }

    private Scenario.Case oneCase(Map<String, Object> tree) throws ScenarioFault {
        String name = String.valueOf(tree.get("name"));
        known(name, tree, Set.of("name", "clusters", "timeline"));
        Map<String, Scenario.Nodes> clusters = new LinkedHashMap<>();
        for (var entry :
                map(name + ".clusters", tree.getOrDefault("clusters", Map.of())).entrySet()) {
            Map<String, Object> cluster = map(name + ".clusters." + entry.getKey(), entry.getValue());
            List<String> nodes = list(name + ".clusters.nodes", cluster.get("nodes")).stream()
                    .map(String::valueOf)
                    .toList();
            Object quorum = cluster.get("quorum");
            clusters.put(
                    entry.getKey(),
                    new Scenario.Nodes(nodes, quorum instanceof Number n ? n.intValue() : nodes.size() / 2 + 1));
        }
        List<Scenario.Moment> moments = new ArrayList<>();
        List<?> timeline = list(name + ".timeline", tree.get("timeline"));
        for (int i = 0; i < timeline.size(); i++) {
            String where = name + ".timeline[" + i + "]";
            moment(where, map(where, timeline.get(i)), moments);
        }
        if (moments.size() > MOST_MOMENTS) {
            throw new ScenarioFault(
                    file + ": " + name + ": " + moments.size() + " moments; at most " + MOST_MOMENTS + " are allowed");
        }
        moments.sort(
                java.util.Comparator.comparing(Scenario.Moment::at).thenComparing(moment -> rank(moment.action())));
        return new Scenario.Case(name, clusters, moments);
    }

    private static int rank(Scenario.Action action) {
        return action instanceof Scenario.Send ? 0 : action instanceof Scenario.Expect ? 2 : 1;
    }

    private void moment(String where, Map<String, Object> tree, List<Scenario.Moment> moments) throws ScenarioFault {
        known(where, tree, Set.of("at", "send", "every", "expect", "ack", "resolve", "restart"));
        Duration at = duration(where + ".at", tree.get("at"));
        if (tree.containsKey("send")) {
            moments.add(new Scenario.Moment(at, new Scenario.Send(messages(where + ".send", tree.get("send")))));
        }
        if (tree.containsKey("every")) {
            every(where + ".every", map(where + ".every", tree.get("every")), moments);
        }
        if (tree.containsKey("ack")) {
            Map<String, Object> ack = map(where + ".ack", tree.get("ack"));
            Duration lasts = ack.containsKey("for") ? duration(where + ".ack.for", ack.get("for")) : null;
            moments.add(new Scenario.Moment(
                    at,
                    new Scenario.AckIt(
                            without(ack, Set.of("by", "message", "for")),
                            String.valueOf(ack.getOrDefault("by", "somebody")),
                            String.valueOf(ack.getOrDefault("message", "")),
                            lasts)));
        }
        if (tree.containsKey("resolve")) {
            Map<String, Object> resolve = map(where + ".resolve", tree.get("resolve"));
            moments.add(new Scenario.Moment(
                    at,
                    new Scenario.ResolveIt(
                            without(resolve, Set.of("by")), String.valueOf(resolve.getOrDefault("by", "somebody")))));
        }
        if (Boolean.TRUE.equals(tree.get("restart"))) {
            moments.add(new Scenario.Moment(at, new Scenario.Restart()));
        }
        if (tree.containsKey("expect")) {
            Map<String, Object> expect = map(where + ".expect", tree.get("expect"));
            known(where + ".expect", expect, Set.of("alerts", "notifications", "escalations"));
            moments.add(new Scenario.Moment(
                    at,
                    new Scenario.Expect(
                            maps(where, expect, "alerts"),
                            maps(where, expect, "notifications"),
                            maps(where, expect, "escalations"))));
        }
    }

    private void every(String where, Map<String, Object> tree, List<Scenario.Moment> moments) throws ScenarioFault {
        known(where, tree, Set.of("from", "to", "step", "send"));
        Duration step = duration(where + ".step", tree.get("step"));
        Duration to = duration(where + ".to", tree.get("to"));
        if (step.isZero()) {
            throw new ScenarioFault(file + ": " + where + ".step: expected more than 0s");
        }
        Scenario.Send send = new Scenario.Send(messages(where + ".send", tree.get("send")));
        for (Duration at = duration(where + ".from", tree.get("from"));
                at.compareTo(to) <= 0 && moments.size() <= MOST_MOMENTS;
                at = at.plus(step)) {
            moments.add(new Scenario.Moment(at, send));
        }
    }

    private List<JsonObject> messages(String where, Object value) throws ScenarioFault {
        List<JsonObject> messages = new ArrayList<>();
        for (Object one : value instanceof List<?> many ? many : Collections.singletonList(value)) {
            messages.add(new JsonObject(map(where, one)));
        }
        return messages;
    }

    private List<Map<String, Object>> maps(String where, Map<String, Object> tree, String key) throws ScenarioFault {
        if (!tree.containsKey(key)) {
            return null;
        }
        List<Map<String, Object>> maps = new ArrayList<>();
        for (Object one : list(where + ".expect." + key, tree.get(key))) {
            maps.add(map(where + ".expect." + key, one));
        }
        return maps;
    }

    private static Map<String, Object> without(Map<String, Object> tree, Set<String> keys) {
        Map<String, Object> rest = new LinkedHashMap<>(tree);
        rest.keySet().removeAll(keys);
        return rest;
    }

    private void known(String where, Map<String, Object> tree, Set<String> keys) throws ScenarioFault {
        for (String key : tree.keySet()) {
            if (!keys.contains(key)) {
                throw new ScenarioFault(file + ": " + where + ": unknown key \"" + Text.clean(key) + "\"; there are "
                        + new TreeSet<>(keys));
            }
        }
    }

    private Duration duration(String where, Object value) throws ScenarioFault {
        try {
            return Text.duration(value == null ? "" : value.toString());
        } catch (IllegalArgumentException fault) {
            throw new ScenarioFault(file + ": " + where + ": " + fault.getMessage());
        }
    }

    private List<?> list(String where, Object value) throws ScenarioFault {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new ScenarioFault(
                file + ": " + where + ": expected a list, found " + Text.clean(Text.cut(value.toString(), 40)));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> map(String where, Object value) throws ScenarioFault {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new ScenarioFault(file + ": " + where + ": expected {key: value, …}, found "
                + Text.clean(Text.cut(String.valueOf(value), 40)));
    }
}
