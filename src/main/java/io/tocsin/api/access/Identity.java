package io.tocsin.api.access;

import java.time.Instant;

/**
 * Who sends a request.
 *
 * @param name the account's; null for nobody in particular
 * @param role what it may do
 * @param kind how it said so
 * @param session the id of the session; null if it is none
 * @param until when this ends by itself; null for never
 */
public record Identity(String name, Role role, Kind kind, String session, Instant until) {
    /** Everybody, where there are no accounts. */
    public static final Identity ANYBODY = new Identity(null, Role.ADMIN, Kind.ANYBODY, null, null);

    /** How somebody says who they are. */
    public enum Kind {
        /** Not at all, as there are no accounts. */
        ANYBODY,
        /** By the cookie of a log-in. */
        SESSION,
        /** By a token. */
        TOKEN
    }
}
