package io.tocsin.config;

import java.util.List;

/**
 * A configuration that can be used.
 *
 * @param settings the settings
 * @param warnings what is allowed but worth a look
 * @param values every key with the value in force, secrets as stars, in the order of the schema
 */
public record Loaded(Settings settings, List<Problem> warnings, List<Value> values) {
    public Loaded {
        warnings = List.copyOf(warnings);
        values = List.copyOf(values);
    }

    /**
     * One value in force.
     *
     * @param key the dotted key
     * @param shown the value as it may be shown
     * @param from where it was written, {@code default} if nowhere
     */
    public record Value(String key, String shown, String from) {}
}
