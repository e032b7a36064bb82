package io.tocsin.membership;

import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What this process is to the others.
 *
 * @param name the host it runs on, for people
 * @param version of Tocsin
 * @param sharedStore whether other members can reach its store; if not, it cannot be one of several
 * @param clock what time it is
 * @param alive the processes that the store knows and that live, this one among them, each life by a name of its own;
 *     empty if that is not known
 */
public record Self(
        String name, String version, boolean sharedStore, Supplier<Instant> clock, Supplier<Set<String>> alive) {
    /** One that knows nothing of others by its store. */
    public Self(String name, String version, boolean sharedStore, Supplier<Instant> clock) {
        this(name, version, sharedStore, clock, Set::of);
    }

    /** The same with what its store knows of others. */
    public Self knowing(Supplier<Set<String>> living) {
        return new Self(name, version, sharedStore, clock, living);
    }

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
