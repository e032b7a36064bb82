package io.tocsin.api.access;

/** Accounts cannot be read or changed; the message is for people and says where, what was found and what is allowed. */
public class AccountException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AccountException(String message) {
        super(message, null, false, false);
    }

    /** There is no such file. */
    static final class Missing extends AccountException {
        private static final long serialVersionUID = 1;

        Missing(String message) {
            super(message);
        }
    }
}
