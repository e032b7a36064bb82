package io.tocsin.config;

import java.nio.file.Path;

/**
 * What the command line has options of its own for; stronger than everything else.
 *
 * @param rules the rules folder; null if not given
 * @param data the folder for everything written; null for {@code data}
 */
public record Overrides(Path rules, Path data) {
    /** Nothing was given. */
    public static final Overrides NONE = new Overrides(null, null);
}
