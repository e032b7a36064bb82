package io.tocsin.bus;

/** Codes with which a request on the bus fails; those of HTTP, so that the API passes them on. */
public final class Failure {
    private Failure() {}

    /** The message is wrong; the text says where. */
    public static final int INVALID = 400;

    /** There is no such alert, cluster or rule. */
    public static final int NOT_FOUND = 404;

    /** The alert's state does not allow it; the text says why. */
    public static final int CONFLICT = 409;

    /** Another member has it, or nobody yet: ask again. */
    public static final int ELSEWHERE = 421;

    /** What was named is there and cannot be used; the text says why. */
    public static final int UNPROCESSABLE = 422;

    /** Too much waits, or the store is away: try again in a second. */
    public static final int BUSY = 503;
}
