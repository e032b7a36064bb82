package io.tocsin.bus;

/** JSON from outside that cannot be taken. The text says where, what was found and what is allowed, and is safe to print. */
public final class InvalidMessage extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Has no stack trace: the fault is the sender's, and there may be many. */
    public InvalidMessage(String text) {
        super(text, null, false, false);
    }
}
