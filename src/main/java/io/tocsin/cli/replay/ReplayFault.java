package io.tocsin.cli.replay;

/** Why nothing can be replayed: where, what was found, what is allowed. */
final class ReplayFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReplayFault(String message) {
        super(message, null, false, false);
    }
}
