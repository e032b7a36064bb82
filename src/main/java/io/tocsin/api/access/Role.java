package io.tocsin.api.access;

import io.tocsin.model.Wire;
import java.util.Arrays;
import java.util.List;

/** What an account may do. */
public enum Role implements Wire {
    /** Send telemetry, and nothing else. */
    INGEST,
    /** Read everything but the record of actions. */
    VIEWER,
    /** Read, acknowledge and resolve. */
    RESPONDER,
    /** Everything. */
    ADMIN;

    /** The words, in the order of the constants. */
    public static final List<String> WORDS =
            Arrays.stream(values()).map(Role::wire).toList();

    /** Whether somebody with this role may do what needs another. */
    public boolean covers(Role needed) {
        return this == needed || this == ADMIN || (needed == VIEWER && this == RESPONDER);
    }

    /**
     * The role that a word names.
     *
     * @throws IllegalArgumentException naming what was found and what is allowed
     */
    public static Role of(String word) {
        int index = WORDS.indexOf(word);
        if (index < 0) {
            throw new IllegalArgumentException(
                    AccountNames.quoted(word) + " is no role; allowed: " + String.join(", ", WORDS));
        }
        return values()[index];
    }
}
