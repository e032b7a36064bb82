package io.tocsin.cli.scenario;

/** A scenario file cannot be read; the message says where, what was found and what is allowed. */
public final class ScenarioFault extends Exception {
    private static final long serialVersionUID = 1;

    ScenarioFault(String message) {
        super(message);
    }
}
