package io.tocsin.cli;

/** Ends a command with a line on stderr and an exit code. */
final class Exit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The answer is no. */
    static final int NO = 1;

    /** Wrong usage, or what is needed cannot be reached. */
    static final int CANNOT = 2;

    private final int code;

    private Exit(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static Exit no(String message) {
        return new Exit(NO, message);
    }

    static Exit cannot(String message) {
        return new Exit(CANNOT, message);
    }

    int code() {
        return code;
    }
}
