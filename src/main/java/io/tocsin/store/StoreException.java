package io.tocsin.store;

/** The store cannot do what was asked; the message says what, where and what to do. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a message for people and the fault under it. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
