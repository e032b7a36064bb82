package io.tocsin.membership;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells whether this member is cut off: whether it sees less than half of the members that there were. Who leaves in good
 * order is no longer counted. Who is lost counts for five minutes more: so long nobody can say whether it died or whether
 * this member is the one that others miss.
 */
final class Electorate {
    /** How long a lost member counts. */
    static final Duration MEMORY = Duration.ofMinutes(5);

    private final Map<String, Long> lost = new HashMap<>();
    private Set<String> present = Set.of();
    private boolean minority;

    /**
     * A new view.
     *
     * @param now the places of members that take part, this one always among them
     * @param left those of the others that went in good order
     * @param nanos monotonic time
     */
    void see(Set<String> now, Collection<String> left, long nanos) {
        present.stream().filter(place -> !now.contains(place)).forEach(place -> lost.putIfAbsent(place, nanos));
        lost.keySet().removeAll(now);
        lost.keySet().removeAll(left);
        lost.values().removeIf(since -> nanos - since > MEMORY.toNanos());
        present = Set.copyOf(now);
        minority = present.size() * 2 < present.size() + lost.size();
    }

    /** Whether this member sees less than half. */
    boolean minority() {
        return minority;
    }
}
