package io.tocsin.store;

import io.tocsin.model.Text;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** Whether writing works, and the log lines about it: when it stops, when alerts go out unrecorded, when it works again. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);
    private static final Marker FAILURE = MarkerFactory.getMarker("FAILURE");
    private static final Marker SUCCESS = MarkerFactory.getMarker("SUCCESS");

    private final String store;
    private final Clock clock;
    private volatile Instant since;
    /** When the outage began during which alerts went out unrecorded; null when all of them are written. */
    private Instant unrecordedSince;

    Outage(String store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    boolean lasts() {
        return since != null;
    }

    /** Whether it has lasted for so long by now. */
    boolean lasts(Duration atLeast) {
        Instant start = since;
        return start != null && !clock.instant().isBefore(start.plus(atLeast));
    }

    /** An attempt that was begun at an instant failed; returns whether that is news. */
    boolean noticed(Exception fault, Instant begun, int waiting) {
        if (since != null) {
            return false;
        }
        since = begun;
        LOG.error(
                FAILURE,
                "❌ store {} cannot be written: {}; {} transactions wait, it is tried again until it works{}",
                store,
                Faults.text(fault),
                waiting,
                Faults.damaged(fault) ? "; it is damaged: stop, and restore a backup" : "");
        return true;
    }

    void over() {
        Instant start = since;
        if (start != null) {
            since = null;
            if (unrecordedSince == null) {
                LOG.info(SUCCESS, "★ store {} is written again after {}", store, lasted(start));
            }
        }
    }

    /** From now on alerts go out unrecorded. */
    void unrecorded(int waiting) {
        Instant start = since;
        if (unrecordedSince == null && start != null) {
            unrecordedSince = start;
            LOG.error(
                    FAILURE,
                    "❌ store {} away for {}: alerts go out unrecorded, marked degraded; {} transactions wait; at most"
                            + " {} are kept, and lost if this process ends first",
                    store,
                    lasted(start),
                    waiting,
                    WorkQueue.CAPACITY);
        }
    }

    /** All that went out unrecorded is written by now. */
    void reconciled(long written, long sent) {
        if (unrecordedSince != null) {
            LOG.info(
                    SUCCESS,
                    "✅ store {} back after {}: {} transactions written, {} notifications had gone out unrecorded",
                    store,
                    lasted(unrecordedSince),
                    written,
                    sent);
            unrecordedSince = null;
        }
    }

    /** Some of what went out unrecorded cannot be written any more. */
    void lost(String cluster, int transactions, String why, String sent) {
        LOG.error(
                FAILURE,
                "❌ store {}: {} transactions of cluster {} that went out unrecorded are not written ({}); sent of them: {}",
                store,
                transactions,
                Text.clean(cluster),
                Text.clean(why),
                Text.clean(sent));
    }

    private String lasted(Instant start) {
        return Text.duration(Duration.between(start, clock.instant()));
    }

    /** One piece of work cannot be written as it is; the others can. */
    void refused(Work work, Exception fault) {
        String what = "a transaction";
        if (work instanceof Work.Commit commit) {
            what = "a transaction of cluster " + commit.transaction().cluster();
        } else if (work instanceof Work.Mark mark) {
            what = "the outcome of a notification of " + mark.notification().alertId() + " to "
                    + mark.notification().receiver();
        }
        LOG.error(FAILURE, "❌ store {} refuses {}: {}", store, Text.clean(what), Faults.text(fault));
    }
}
