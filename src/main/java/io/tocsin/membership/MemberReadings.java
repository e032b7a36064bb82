package io.tocsin.membership;

import io.tocsin.model.ComponentHealth;
import io.tocsin.model.Head;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.Metric;
import io.tocsin.model.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members as telemetry of the monitored cluster {@code tocsin}: each is a node with the component {@code member}, and in
 * what it differs from the others is a metric.
 *
 * <p>Healthy: it takes part. Degraded: it is not well, it is leaving, or it left in good order although config lists it. Unhealthy: it is
 * lost, for an hour if config does not list it and else until it is back; or config lists it and it did not come within a
 * minute. A member that config does not list, and that left or is lost for good, has no bearing any longer: healthy.
 */
final class MemberReadings {
    /** A listed member has so long to come. */
    static final Duration GRACE = Duration.ofMinutes(1);

    /** So long after a member was lost it may be this one that is cut off: it loses the others one after the other. */
    static final Duration DOUBT = Duration.ofSeconds(2);

    /** A lost member that config does not list is missed for so long. */
    static final Duration MISSED = Duration.ofHours(1);

    /** Who reports changes with the owner; what was said stands until the next word, and silence says nothing. */
    private static final Duration TTL = Duration.ofHours(24);

    /** A person may resolve what nobody says any longer. */
    private static final Duration UNHEALTHY_TTL = Duration.ofMinutes(1);

    private final Listed listed;
    private final Instant begun;

    /**
     * @param listed the nodes that there should be
     * @param begun since when this member looks
     */
    MemberReadings(Listed listed, Instant begun) {
        this.listed = listed;
        this.begun = begun;
    }

    /**
     * What is so now.
     *
     * @param cutOff whether this member sees too few others to say of anybody that it is gone
     */
    List<Telemetry> of(Roster.View view, boolean cutOff, Instant now) {
        List<Telemetry> readings = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (SeenMember one : named(view.ours())) {
            told.add(one.node());
            if (one.state() != MemberState.STARTING) {
                boolean ready = one.state() == MemberState.READY;
                readings.add(health(one, ready ? HealthStatus.HEALTHY : HealthStatus.DEGRADED, now));
                differences(one, readings, now);
            }
        }
        if (!cutOff) {
            for (SeenMember one : named(view.away())) {
                if (told.add(one.node()) && !doubtful(one, now)) {
                    readings.add(health(one, gone(one, now), now));
                    differences(one, readings, now);
                }
            }
            if (begun.plus(GRACE).isBefore(now)) {
                listed.nodes().stream()
                        .filter(node -> !told.contains(node))
                        .forEach(node -> readings.add(missing(node, now)));
            }
        }
        return readings;
    }

    private List<SeenMember> named(List<SeenMember> members) {
        return members.stream().map(listed::named).flatMap(Optional::stream).toList();
    }

    private static boolean doubtful(SeenMember one, Instant now) {
        return one.state() == MemberState.LOST && one.since().plus(DOUBT).isAfter(now);
    }

    private HealthStatus gone(SeenMember one, Instant now) {
        boolean planned = listed.nodes().contains(one.node());
        if (one.state() == MemberState.LEFT) {
            return planned ? HealthStatus.DEGRADED : HealthStatus.HEALTHY;
        }
        boolean missed = planned || one.since().plus(MISSED).isAfter(now);
        return missed ? HealthStatus.UNHEALTHY : HealthStatus.HEALTHY;
    }

    private static ComponentHealth health(SeenMember one, HealthStatus status, Instant now) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", one.state().wire());
        details.put("host", one.name());
        details.put("version", one.version());
        details.put("rule_hash", one.ruleHash());
        details.put("since", one.since().toString());
        if (one.skew() != null) {
            details.put("clock_skew_ms", one.skew().toMillis());
        }
        return health(one.node(), status, details, now);
    }

    private static ComponentHealth missing(String node, Instant now) {
        return health(node, HealthStatus.UNHEALTHY, Map.of("state", "missing"), now);
    }

    private static ComponentHealth health(String node, HealthStatus status, Map<String, Object> details, Instant now) {
        Duration ttl = status == HealthStatus.UNHEALTHY ? UNHEALTHY_TTL : TTL;
        return new ComponentHealth(Head.of(Members.CLUSTER, node, now, ttl), "member", status, details, now);
    }

    /** All of them, also those that are zero: what somebody said before may be over. */
    private static void differences(SeenMember one, List<Telemetry> readings, Instant now) {
        for (Difference what : Difference.values()) {
            if (what != Difference.CLOCK) {
                Head head = Head.of(Members.CLUSTER, one.node(), now, TTL).labelled(Map.of("what", what.wire()));
                readings.add(new Metric(head, "member_differs", one.differs().contains(what) ? 1 : 0));
            }
        }
        if (!one.present()) {
            // it said so itself while it was there
            readings.add(new Metric(
                    Head.of(Members.CLUSTER, one.node(), now, TTL).labelled(Map.of("what", "bus")),
                    "member_differs",
                    0));
        }
        // what is not known yet, and the clock of one who is gone, is no matter
        boolean known = one.skew() != null || !one.present();
        if (known) {
            double seconds = one.skew() == null ? 0 : one.skew().toMillis() / 1000.0;
            readings.add(new Metric(Head.of(Members.CLUSTER, one.node(), now, TTL), "member_clock_skew", seconds));
        }
    }
}
