package io.tocsin.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When clusters whose watch failed are taken up again: soon, then less and less often, until it works. */
final class Retries {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration HELD = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private record Retry(Instant at, Duration pause) {}

    private final Map<String, Retry> retries = new HashMap<>();

    /** A cluster is to be tried again; returns whether it did not work since it failed before. */
    boolean failed(String cluster, Instant now) {
        Retry last = retries.get(cluster);
        Duration pause = last == null ? FIRST : last.pause.multipliedBy(2);
        Duration bounded = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        retries.put(cluster, new Retry(now.plus(bounded), bounded));
        return last != null && !last.at.equals(Instant.MAX);
    }

    /** Another process holds the cluster still: it is asked for again soon. Returns whether that is news. */
    boolean held(String cluster, Instant now) {
        Retry last = retries.put(cluster, new Retry(now.plus(HELD), HELD));
        return last == null || last.at.equals(Instant.MAX);
    }

    /** Whether a cluster is to be tried again later. */
    boolean waits(String cluster) {
        Retry retry = retries.get(cluster);
        return retry != null && !retry.at.equals(Instant.MAX);
    }

    /** The cluster is another member's: nothing is tried any more. */
    void forget(String cluster) {
        retries.remove(cluster);
    }

    /** The cluster is watched again; the pause grows on if it fails again within it. */
    void worked(String cluster) {
        retries.computeIfPresent(cluster, (name, retry) -> new Retry(Instant.MAX, retry.pause));
    }

    /** Clusters that should be tried now. */
    List<String> due(Instant now) {
        List<String> due = new ArrayList<>();
        retries.forEach((cluster, retry) -> {
            if (!retry.at.isAfter(now)) {
                due.add(cluster);
            }
        });
        return due;
    }
}
