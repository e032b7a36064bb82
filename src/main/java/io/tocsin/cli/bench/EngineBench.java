package io.tocsin.cli.bench;

import io.tocsin.cli.Parts;
import io.tocsin.cli.Terminal;

/** Measures the engine. */
public final class EngineBench {
    private EngineBench() {}

    /** Measures and prints. */
    public static int run(int seconds, int series, Terminal terminal, Parts.Look look) {
        throw new UnsupportedOperationException("being written");
    }
}
