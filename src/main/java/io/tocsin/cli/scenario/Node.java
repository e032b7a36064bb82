package io.tocsin.cli.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a scenario file that still knows where it was written. */
sealed interface Node {
    /** Where it begins. */
    Place place();

    /** The same as maps, lists and values. */
    Object plain();

    /** A line and a column, both from 1. */
    record Place(int line, int column) {}

    /**
     * A key with what is written after it.
     *
     * @param key where the key stands
     * @param value what follows it
     */
    record Field(Place key, Node value) {}

    /** Keys with what is below them, in the order written. */
    record Branch(Place place, Map<String, Field> fields) implements Node {
        @Override
        public Map<String, Object> plain() {
            Map<String, Object> plain = new LinkedHashMap<>();
            fields.forEach((name, field) -> plain.put(name, field.value().plain()));
            return plain;
        }

        /** What stands after a key; null if the key is not there. */
        Node at(String name) {
            Field field = fields.get(name);
            return field == null ? null : field.value();
        }

        /** Where a key stands; where the branch begins if the key is not there. */
        Place place(String name) {
            Field field = fields.get(name);
            return field == null ? place : field.key();
        }
    }

    /** A list. */
    record Items(Place place, List<Node> items) implements Node {
        @Override
        public List<Object> plain() {
            List<Object> plain = new ArrayList<>();
            items.forEach(item -> plain.add(item.plain()));
            return plain;
        }
    }

    /** A single value: text, number, true or false; null where nothing is written. */
    record Leaf(Place place, Object value) implements Node {
        @Override
        public Object plain() {
            return value;
        }
    }
}
