package io.tocsin.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.LogFamily;
import io.tocsin.model.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a lane says of its watches in the log, and counts of those that failed. */
final class LaneLog {
    private static final Logger LOG = LoggerFactory.getLogger(LaneVerticle.class);

    private final int lane;
    private final MeterRegistry registry;

    LaneLog(int lane, MeterRegistry registry) {
        this.lane = lane;
        this.registry = registry;
    }

    void watching(ClusterWatch watch) {
        LOG.info(
                LogFamily.SUCCESS,
                "★ watching cluster {} on lane {}: {} open alert(s), epoch {}",
                Text.clean(watch.cluster()),
                lane,
                watch.alerts().size(),
                watch.epoch());
    }

    void gaveUp(String cluster, Throwable fault) {
        registry.counter("tocsin_watch_failures_total").increment();
        LOG.error(
                LogFamily.FAILURE,
                "❌ cluster {} failed on lane {} and is taken up again from the store",
                Text.clean(cluster),
                lane,
                fault);
    }

    /** Nobody takes a cluster up without the store; said once, tried again until it works. */
    void notTakenUp(String cluster, boolean again, Throwable fault) {
        registry.counter("tocsin_watch_claims_failed_total").increment();
        if (!again) {
            LOG.error(
                    LogFamily.FAILURE,
                    "❌ cluster {} cannot be taken up on lane {}: {}; tried again until it works",
                    Text.clean(cluster),
                    lane,
                    Text.clean(fault.getMessage()));
        }
    }

    void held(String cluster, Throwable held) {
        LOG.info(
                LogFamily.ACTION,
                "📡 cluster {} comes to lane {}: waiting, {}",
                Text.clean(cluster),
                lane,
                Text.clean(held.getMessage()));
    }

    void givenBack(String cluster, String owner) {
        LOG.info(
                LogFamily.ACTION,
                "📡 cluster {} is handed over to {}; its session on lane {} ends",
                Text.clean(cluster),
                owner == null ? "whoever comes next" : Text.clean(owner),
                lane);
    }

    void silence(String cluster, boolean counts) {
        LOG.warn(
                LogFamily.HEALTH,
                counts
                        ? "📈 cluster {} on lane {}: what is silent counts as silent again"
                        : "📈 cluster {} on lane {}: nothing counts as silent while most members are out of sight",
                Text.clean(cluster),
                lane);
    }

    void notGivenBack(String cluster, Throwable fault) {
        LOG.warn(
                LogFamily.FAILURE,
                "❌ cluster {} cannot be given to the next member yet: {}; tried again until it works",
                Text.clean(cluster),
                Text.clean(fault.getMessage()));
    }

    void takenOver(String cluster) {
        LOG.warn(
                LogFamily.FAILURE,
                "💀 cluster {} was taken over by another owner; its session on lane {} ends",
                Text.clean(cluster),
                lane);
    }
}
