package io.tocsin.lane;

import io.tocsin.bus.LogFamily;
import io.tocsin.model.Text;
import java.time.Duration;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said of lanes whose thread does not come back. */
final class LanesLog {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    private final Duration limit;

    LanesLog(Duration limit) {
        this.limit = limit;
    }

    /** The rules with where they stand. */
    static String named(Overdue.Stuck stuck) {
        return stuck.rules().stream()
                .map(rule -> "rule \"" + Text.clean(rule) + "\" ("
                        + Text.clean(stuck.work().book().ref(rule).place()) + ")")
                .collect(Collectors.joining(" or "));
    }

    void replaces(int lane, Overdue.Stuck stuck) {
        LOG.error(
                LogFamily.FAILURE,
                "❌ {} did not return within {} on lane {}: another thread takes the lane over, cluster {} without the rule",
                named(stuck),
                Text.duration(limit),
                lane,
                Text.clean(stuck.work().about()));
    }

    void goesOn(Shift shift) {
        if (!shift.first()) {
            LOG.info(LogFamily.SUCCESS, "★ lane {} goes on, on another thread", shift.lane());
        }
    }

    void givesUp(int lane, int times, Overdue.Stuck stuck) {
        LOG.error(
                LogFamily.FAILURE,
                "💀 {} did not return within {} on lane {}, which has lost {} threads within an hour: its clusters are not"
                        + " watched, /-/healthy says so, start this process anew",
                named(stuck),
                Text.duration(limit),
                lane,
                times);
    }

    void givesAway(int lane, String cluster, String owner) {
        LOG.warn(
                LogFamily.FAILURE,
                "💀 cluster {} is given back for lane {}, whose thread does not come back: {} takes it over",
                Text.clean(cluster),
                lane,
                owner == null ? "whoever may" : owner);
    }

    void stuckElsewhere(int lane, Overdue.Stuck stuck) {
        LOG.error(
                LogFamily.FAILURE,
                "❌ lane {} has been at cluster {} for more than {}, in no rule, so nothing is done about it: {}",
                lane,
                Text.clean(stuck.work().about()),
                Text.duration(limit),
                Text.clean(stuck.frames()));
    }

    void notTakenUp(int lane, Throwable fault) {
        LOG.error(
                LogFamily.FAILURE,
                "❌ lane {} cannot be taken up by another thread: {}; tried again until it works",
                lane,
                Text.clean(String.valueOf(fault.getMessage())));
    }
}
