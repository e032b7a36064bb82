package io.tocsin.cli.replay;

import io.tocsin.model.Reading;
import io.tocsin.model.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Messages from files of others. Each series gets a time to live that suits how often it reports, unless it says one. */
final class Imported {
    /** More would not fit into a usual heap. */
    static final int MOST = 10_000_000;

    private static final int TIMES = 3;
    private static final Duration LEAST = Duration.ofSeconds(60);
    private static final int LOOKED_AT = 1000;

    private final List<Telemetry> messages = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    void add(Telemetry message, String file) {
        if (messages.size() == MOST) {
            throw new ReplayFault(file + ": there are more than " + MOST + " readings; replay fewer at a time");
        }
        messages.add(message);
    }

    void note(String note) {
        notes.add(note);
    }

    List<String> notes() {
        return notes;
    }

    Set<String> clusters() {
        Set<String> clusters = new TreeSet<>();
        messages.forEach(message -> clusters.add(message.cluster()));
        return clusters;
    }

    /** All messages in the order of their time. */
    List<Telemetry> inOrder() {
        messages.sort(Comparator.comparing(Telemetry::timestamp));
        Map<String, List<Instant>> times = new HashMap<>();
        for (Telemetry message : messages) {
            if (message instanceof Reading reading && reading.head().ttl() == null) {
                List<Instant> seen = times.computeIfAbsent(reading.key(), key -> new ArrayList<>());
                if (seen.size() < LOOKED_AT) {
                    seen.add(reading.timestamp());
                }
            }
        }
        Map<String, Duration> ttls = new HashMap<>();
        times.forEach((key, seen) -> ttls.put(key, ttl(seen)));
        messages.replaceAll(
                message -> message instanceof Reading reading && reading.head().ttl() == null
                        ? living(reading, ttls.get(reading.key()))
                        : message);
        return messages;
    }

    private static Reading living(Reading reading, Duration ttl) {
        var head = reading.head();
        return reading.with(new io.tocsin.model.Head(
                head.cluster(),
                head.node(),
                head.timestamp(),
                head.receivedAt(),
                head.labels(),
                ttl,
                head.fresh(),
                head.key()));
    }

    /** Three times the usual distance between two readings. */
    private static Duration ttl(List<Instant> seen) {
        if (seen.size() < 2) {
            return LEAST;
        }
        long[] gaps = new long[seen.size() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = Duration.between(seen.get(i), seen.get(i + 1)).toMillis();
        }
        Arrays.sort(gaps);
        Duration usual = Duration.ofMillis(gaps[gaps.length / 2] * TIMES);
        return usual.compareTo(LEAST) < 0 ? LEAST : usual;
    }
}
