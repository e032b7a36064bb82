package io.tocsin.lane;

import io.tocsin.evaluate.Put;
import io.tocsin.model.ChangeKind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a watch has counted since it began; nothing is dropped that is not counted here with its reason. */
public final class Tally {
    private final long[] puts = new long[Put.values().length];
    private final EnumMap<ChangeKind, Long> transitions = new EnumMap<>(ChangeKind.class);
    private final Map<String, String> faults = new LinkedHashMap<>();
    private long events;
    private long refusedTimings;

    void count(Put put) {
        puts[put.ordinal()]++;
    }

    void event() {
        events++;
    }

    void transition(ChangeKind kind) {
        transitions.merge(kind, 1L, Long::sum);
    }

    void fault(Set<String> rules, String reason) {
        rules.forEach(rule -> faults.put(rule, reason));
        if (rules.isEmpty()) {
            faults.put("unknown", reason);
        }
    }

    /** Every rule has a new chance. */
    void forgetFaults() {
        faults.clear();
    }

    void refusedTiming() {
        refusedTimings++;
    }

    /** How many raw timings were not counted, as too many operations report them. */
    public long refusedTimings() {
        return refusedTimings;
    }

    /** How many readings ended so. */
    public long puts(Put put) {
        return puts[put.ordinal()];
    }

    /** How many events, timings included, came in. */
    public long events() {
        return events;
    }

    /** How often alerts changed so. */
    public long transitions(ChangeKind kind) {
        return transitions.getOrDefault(kind, 0L);
    }

    /** Rules that failed, with the reason. */
    public Map<String, String> faults() {
        return Map.copyOf(faults);
    }
}
