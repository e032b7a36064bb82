package io.tocsin.collect.http;

/** A request whose body is not even looked at. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String reason;

    /**
     * @param status the HTTP status
     * @param reason one word for the counter
     * @param text where, what was found and what is allowed
     */
    Refusal(int status, String reason, String text) {
        super(text, null, false, false);
        this.status = status;
        this.reason = reason;
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }
}
