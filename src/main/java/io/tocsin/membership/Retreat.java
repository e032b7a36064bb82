package io.tocsin.membership;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether this member steps back, so that others go on: it no longer sees most of the members, but the store shows that
 * those live. So the network has fallen apart, and as long as this member shows by the store that it lives, nobody could
 * take over from it what telemetry no longer reaches. It steps back for a while only: what nobody has taken by then, as all
 * are cut off from all, goes on here. One thread.
 */
final class Retreat {
    /** Long enough for the others, who notice later and have to read what they take over. */
    static final Duration LASTS = Duration.ofSeconds(15);

    private final Supplier<Set<String>> alive;
    /** Who lived while most members were in sight; one that starts later has yet to come. */
    private Set<String> companions = Set.of();

    private boolean outnumbered;
    private boolean begun;
    private long since;

    /** By what the store knows; it says nobody if it does not know. */
    Retreat(Supplier<Set<String>> alive) {
        this.alive = alive;
    }

    /**
     * A new view.
     *
     * @param minority whether this member sees less than half of the members
     * @param present how many it sees, itself included
     * @param nanos monotonic time
     * @return whether it steps back
     */
    boolean see(boolean minority, int present, long nanos) {
        Set<String> living = alive.get();
        if (!minority) {
            companions = living;
            outnumbered = false;
            begun = false;
            return false;
        }
        if (!living.isEmpty()) {
            Set<String> known = new HashSet<>(companions);
            known.retainAll(living);
            outnumbered = known.size() - present > present;
        }
        if (outnumbered && !begun) {
            begun = true;
            since = nanos;
        }
        return outnumbered && nanos - since < LASTS.toNanos();
    }
}
