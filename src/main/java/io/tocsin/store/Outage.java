package io.tocsin.store;

import io.tocsin.model.Text;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** Whether writing works, and the two log lines about it: one when it stops, one when it works again. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);
    private static final Marker FAILURE = MarkerFactory.getMarker("FAILURE");
    private static final Marker SUCCESS = MarkerFactory.getMarker("SUCCESS");

    private final String store;
    private final Clock clock;
    private volatile Instant since;

    Outage(String store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    boolean lasts() {
        return since != null;
    }

    void noticed(Exception fault, int waiting) {
        if (since == null) {
            since = clock.instant();
            LOG.error(
                    FAILURE,
                    "❌ store {} cannot be written: {}; {} transactions wait, it is tried again until it works",
                    store,
                    Faults.text(fault),
                    waiting);
        }
    }

    void over() {
        Instant start = since;
        if (start != null) {
            since = null;
            Duration away = Duration.between(start, clock.instant());
            LOG.info(SUCCESS, "★ store {} is written again after {}", store, Text.duration(away));
        }
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
