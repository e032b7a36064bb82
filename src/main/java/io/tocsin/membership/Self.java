package io.tocsin.membership;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * What this process is to the others.
 *
 * @param name the host it runs on, for people
 * @param version of Tocsin
 * @param sharedStore whether other members can reach its store; if not, it cannot be one of several
 * @param clock what time it is
 */
public record Self(String name, String version, boolean sharedStore, Supplier<Instant> clock) {
    /** A name and a clock, the version that was built, and a store of its own. */
    public static Self alone(String name, Supplier<Instant> clock) {
        return of(name, false, clock);
    }

    /** The version that was built. */
    public static Self of(String name, boolean sharedStore, Supplier<Instant> clock) {
        String version = Self.class.getPackage().getImplementationVersion();
        return new Self(name, version == null ? "dev" : version, sharedStore, clock);
    }
}
