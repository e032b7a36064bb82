package io.tocsin.api;

/** A request that gets an answer other than the one it asked for; the message is for the caller. */
final class HttpFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    HttpFault(int status, String message) {
        // it stands for an answer, not for a place in the code
        super(message, null, false, false);
        this.status = status;
    }

    static HttpFault invalid(String message) {
        return new HttpFault(400, message);
    }

    static HttpFault notFound(String message) {
        return new HttpFault(404, message);
    }

    static HttpFault busy(String message) {
        return new HttpFault(503, message);
    }

    int status() {
        return status;
    }
}
