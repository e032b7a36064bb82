package io.tocsin.lane;

import io.tocsin.lane.record.Pack;
import io.tocsin.model.Reading;
import io.tocsin.model.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The latest readings of one cluster in blocks, so that few bytes are written for what changed. On one worker at a time. */
final class Mirror {
    /** Series in a block. */
    private static final int BLOCK = 512;

    private final String cluster;
    private final long epoch;
    private final Shelf shelf;
    private final Duration staleAfter;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<Reading> latest = new ArrayList<>();
    private final BitSet changed = new BitSet();

    Mirror(String cluster, long epoch, Shelf shelf, Duration staleAfter) {
        this.cluster = cluster;
        this.epoch = epoch;
        this.shelf = shelf;
        this.staleAfter = staleAfter;
    }

    /** Of the owner that it is written by. */
    long epoch() {
        return epoch;
    }

    void add(List<? extends Telemetry> batch) {
        for (Telemetry message : batch) {
            if (message instanceof Reading reading) {
                add(reading);
            }
        }
    }

    private void add(Reading reading) {
        Integer place = places.putIfAbsent(reading.key(), latest.size());
        if (place == null) {
            changed.set(latest.size() / BLOCK);
            latest.add(reading);
        } else {
            Reading known = latest.get(place);
            if (known == null || !reading.head().order().isBefore(known.head().order())) {
                latest.set(place, reading);
                changed.set(place / BLOCK);
            }
        }
    }

    /** There are these and no others. */
    void only(List<Reading> readings) {
        Set<String> keys = readings.stream().map(Reading::key).collect(Collectors.toSet());
        forget(places.keySet().stream().filter(key -> !keys.contains(key)).toList());
        add(readings);
    }

    /** These series are gone. */
    void forget(List<String> keys) {
        for (String key : keys) {
            Integer place = places.get(key);
            if (place != null) {
                latest.set(place, null);
                changed.set(place / BLOCK);
            }
        }
    }

    /** Writes the blocks that changed; those that could not be written are tried again with the next. */
    void write(Instant now) {
        for (int block = changed.nextSetBit(0); block >= 0; block = changed.nextSetBit(block + 1)) {
            List<Reading> readings = new ArrayList<>(BLOCK);
            for (int i = block * BLOCK; i < Math.min(latest.size(), (block + 1) * BLOCK); i++) {
                Reading reading = latest.get(i);
                if (reading != null && reading.receivedAt().plus(staleAfter).isBefore(now)) {
                    latest.set(i, null);
                } else if (reading != null) {
                    readings.add(reading);
                }
            }
            if (shelf.put(cluster, epoch, block, Pack.of(readings))) {
                changed.clear(block);
            }
        }
    }
}
