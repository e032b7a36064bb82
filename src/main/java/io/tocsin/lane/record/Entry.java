package io.tocsin.lane.record;

import io.tocsin.model.AlertKey;
import io.tocsin.model.Telemetry;
import io.tocsin.store.Restored;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One thing that happened to a lane. Entries of one lane are in order; lanes know nothing of one another. */
public sealed interface Entry {
    /** The lane. */
    int lane();

    /** When it happened. */
    Instant at();

    /** How much room it takes while it waits, in readings. */
    default int weight() {
        return 1;
    }

    /**
     * A watch over a cluster was opened, or goes on in this file.
     *
     * @param cluster the monitored cluster
     * @param ruleHash the rules it has
     * @param from what was stored, or for one that goes on, what there is
     * @param goesOn whether it was open before this file began
     * @param texts the rules under its alerts as they read then, by {@link #text}
     */
    record Opened(
            int lane,
            Instant at,
            String cluster,
            String ruleHash,
            Restored from,
            boolean goesOn,
            Map<String, String> texts)
            implements Entry {
        public Opened {
            texts = Map.copyOf(texts);
        }

        /** The name in {@link #texts} of a rule of a rule set. */
        public static String text(String ruleHash, String rule) {
            return ruleHash + ' ' + rule;
        }

        @Override
        public int weight() {
            return 1
                    + from.open().size() * 8
                    + from.sources().size()
                    + from.lives().size();
        }
    }

    /** A batch was put to a watch, as it was cut. */
    record Put(int lane, Instant at, String cluster, List<Telemetry> batch) implements Entry {
        public Put {
            batch = List.copyOf(batch);
        }

        @Override
        public int weight() {
            return 1 + batch.size();
        }
    }

    /** The lane looked whether anything was due. */
    record Tick(int lane, Instant at) implements Entry {}

    /**
     * Somebody answered or resolved an alert.
     *
     * @param body the command as the lane got it, JSON
     * @param key what the alert is about; null if there was no such alert
     */
    record Command(int lane, Instant at, String cluster, String body, AlertKey key) implements Entry {}

    /** A watch was closed: the process ended, or the watch failed. */
    record Closed(int lane, Instant at, String cluster) implements Entry {}

    /**
     * Something is missing here.
     *
     * @param entries how many entries
     * @param readings how many readings were in them
     * @param reason why, in words
     */
    record Gap(int lane, Instant at, long entries, long readings, String reason) implements Entry {}
}
