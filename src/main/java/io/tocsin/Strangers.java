package io.tocsin;

import io.tocsin.bus.Address;
import io.tocsin.bus.LogFamily;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.membership.Members;
import io.tocsin.membership.SeenMember;
import io.tocsin.model.Head;
import io.tocsin.model.Metric;
import io.tocsin.model.Text;
import io.tocsin.store.Beat;
import io.vertx.core.eventbus.EventBus;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds processes that use this member's store and live, but are not in its Hazelcast cluster, or are at its own address on
 * another machine. Neither takes a cluster from the other, so nothing is doubled; but whatever arrives at the one and
 * belongs to the other is refused. So it is said in the log, and as the metric {@code member_differs} of this member.
 */
final class Strangers {
    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

    /** One that comes or goes is seen by the store and by the members at different times; a member that starts compiles its rules first. */
    private static final int LOOKS = 20;

    private static final int SAY_EVERY = 20;
    private static final Duration LIVES = Duration.ofSeconds(2);
    private static final Duration TTL = Duration.ofMinutes(2);

    private final EventBus bus;
    private final Clock clock;
    private final Map<String, Integer> looks = new HashMap<>();
    private volatile Set<String> found = Set.of();
    private int silent;

    Strangers(EventBus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** Where they are. */
    Set<String> found() {
        return found;
    }

    /** To be called once a second. */
    void look(List<SeenMember> seen, List<Beat> beats) {
        Set<String> present =
                seen.stream().filter(SeenMember::present).map(SeenMember::place).collect(Collectors.toSet());
        String me =
                beats.stream().filter(Beat::mine).map(Beat::place).findFirst().orElse(null);
        Set<String> now = beats.stream()
                .filter(one -> !one.mine() && one.still().compareTo(LIVES) < 0)
                .map(Beat::place)
                .filter(place -> !present.contains(place) || place.equals(me))
                .collect(Collectors.toSet());
        looks.keySet().retainAll(now);
        now.forEach(place -> looks.merge(place, 1, Integer::sum));
        Set<String> lasting = new TreeSet<>();
        looks.forEach((place, times) -> {
            if (times >= LOOKS) {
                lasting.add(place);
            }
        });
        boolean changed = !lasting.equals(found);
        if (changed) {
            tell(lasting, me);
            found = Set.copyOf(lasting);
        }
        if (changed || !lasting.isEmpty() && ++silent >= SAY_EVERY) {
            silent = 0;
            seen.stream().filter(one -> one.place().equals(me)).findFirst().ifPresent(this::say);
        }
    }

    private static void tell(Set<String> strangers, String me) {
        if (strangers.isEmpty()) {
            LOG.info(LogFamily.SUCCESS, "★ whoever uses this store is a member again, or gone");
        } else if (strangers.contains(me)) {
            LOG.error(
                    LogFamily.FAILURE,
                    "❌ another process uses the same store from an address that is also called {}; give each member a"
                            + " hazelcast.host that the others reach, not a loopback",
                    me);
        } else {
            LOG.error(
                    LogFamily.FAILURE,
                    "❌ {} uses the same store and is not among the members; check hazelcast.members and"
                            + " hazelcast.cluster_name of both, and the network between them",
                    Text.clean(String.join(", ", strangers)));
        }
    }

    private void say(SeenMember me) {
        Head head = Head.of(Members.CLUSTER, me.node(), clock.instant(), TTL).labelled(Map.of("what", "bus"));
        Metric metric = new Metric(head, "member_differs", found.isEmpty() ? 0 : 1);
        // of two that do not see each other one has the cluster, and reports it; what the other says is refused
        bus.request(Address.INTAKE, new TelemetryBatch(List.of(metric)), Address.LOCAL);
    }
}
