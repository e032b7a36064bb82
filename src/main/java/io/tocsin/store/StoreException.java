package io.tocsin.store;

/** The store cannot do what was asked; the message says what, where and what to do. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a message for people and the fault under it. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A fault as a store's; one that is already stays as it is. */
    static StoreException of(String what, Throwable fault) {
        return fault instanceof StoreException ours
                ? ours
                : new StoreException(what + " failed: " + Faults.text(fault), fault);
    }
}
