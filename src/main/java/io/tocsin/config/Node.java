package io.tocsin.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of configuration that still knows where it was written. */
sealed interface Node {
    /** Where its key (or, in a list, the value itself) stands. */
    Place place();

    /** Keys with what is below them, in the order written. */
    record Branch(Place place, Map<String, Node> children) implements Node {
        Branch(Place place) {
            this(place, new LinkedHashMap<>());
        }
    }

    /** A list. */
    record Items(Place place, List<Node> items) implements Node {}

    /** A single value as text; null where nothing is written after the key. */
    record Leaf(Place place, String text) implements Node {}
}
