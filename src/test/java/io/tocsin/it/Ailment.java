package io.tocsin.it;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What may go wrong with a node, in words that its source uses, and what the rules make of each word. */
enum Ailment {
    /** Memory fills up: two limits, holds, and a hysteresis below them. */
    MEMORY(List.of("50", "83", "90", "97")) {
        @Override
        JsonObject message(String node, String word) {
            return Given.memory(node, Double.parseDouble(word));
        }

        @Override
        Map<String, String> alerts(Map<String, String> before, String word) {
            return switch (word) {
                case "97" -> Map.of("memory_usage", "critical");
                case "90" -> Map.of("memory_usage", "warning");
                case "83" -> before.isEmpty() ? Map.of() : Map.of("memory_usage", "warning");
                default -> Map.of();
            };
        }

        @Override
        String blink(Map<String, String> alerts, String word) {
            return alerts.isEmpty() ? "97" : "50";
        }
    },
    /** A component says how it is: one word with a hold, one without. */
    COMPONENT(List.of("healthy", "degraded", "unhealthy")) {
        @Override
        JsonObject message(String node, String word) {
            return Given.component(node, "store", word);
        }

        @Override
        Map<String, String> alerts(Map<String, String> before, String word) {
            return switch (word) {
                case "unhealthy" -> Map.of("component_unhealthy", "critical");
                case "degraded" -> Map.of("component_degraded", "warning");
                default -> Map.of();
            };
        }

        @Override
        String blink(Map<String, String> alerts, String word) {
            return alerts.isEmpty() ? "degraded" : "healthy";
        }
    };

    private final List<String> words;

    Ailment(List<String> words) {
        this.words = words;
    }

    /** The word for all is well. */
    String well() {
        return words.get(0);
    }

    /** Another word than this. */
    String other(String word, Random random) {
        List<String> others = words.stream().filter(one -> !one.equals(word)).toList();
        return others.get(random.nextInt(others.size()));
    }

    /** What a source sends. */
    abstract JsonObject message(String node, String word);

    /** The severity of each alert that stands once a word has stood for long enough, by alert type. */
    abstract Map<String, String> alerts(Map<String, String> before, String word);

    /** A word that changes nothing if it is taken back at once. */
    abstract String blink(Map<String, String> alerts, String word);
}
