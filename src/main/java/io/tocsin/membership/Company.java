package io.tocsin.membership;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.LogFamily;
import io.tocsin.model.Text;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This member among the others, once it has joined: what it says of itself, whom it sees, and what is whose. */
final class Company {
    private static final Logger log = LoggerFactory.getLogger(Members.class);

    /** Members that start together wait so long for one another. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    /** Older processes have so long to say what they are. */
    private static final Duration INTRODUCTION = Duration.ofMillis(600);

    private static final Duration GLANCE = Duration.ofMillis(25);
    private static final long FAREWELL_MS = 500;

    private final HazelcastSettings settings;
    private final Self self;
    private final Vertx vertx;
    private final HazelcastInstance hazelcast;
    private final String place;
    private Map<String, Set<Difference>> differences = Map.of();
    private volatile RollCall roll;
    private volatile SettledOwnership ownership;

    Company(HazelcastSettings settings, Self self, Vertx vertx, HazelcastInstance hazelcast) {
        this.settings = settings;
        this.self = self;
        this.vertx = vertx;
        this.hazelcast = hazelcast;
        this.place = Members.place(hazelcast.getCluster().getLocalMember());
    }

    /** Says hello. Fails with an {@link IllegalStateException} for people if this process cannot be one of several. */
    Future<Void> join(MeterRegistry registry) {
        return vertx.<Void>executeBlocking(() -> {
                    begin(registry);
                    return null;
                })
                .compose(begun -> {
                    Promise<Void> admitted = Promise.promise();
                    long deadline = System.nanoTime() + INTRODUCTION.toNanos();
                    roll.after(GLANCE, () -> admit(admitted, deadline));
                    return admitted.future();
                });
    }

    /** Looks host names up, so it may block. */
    private void begin(MeterRegistry registry) {
        ClockRounds clocks = new ClockRounds(vertx, place, self.clock(), registry);
        roll = new RollCall(hazelcast, new Board(hazelcast, registry), clocks, self);
        boolean others =
                settings.serviceDns() != null || settings.members().stream().anyMatch(member -> !isMe(member));
        ownership = new SettledOwnership(
                place, others ? FIRST : Duration.ZERO, new Retreat(self.alive()), roll::after, System::nanoTime);
        Listed listed = new Listed(
                settings.members().size() > 1 ? settings.members() : List.of(),
                task -> vertx.executeBlocking(Executors.callable(task)));
        MemberReadings readings = new MemberReadings(listed, self.clock().get());
        MemberReports reports = new MemberReports(vertx, ownership, readings, registry);
        ownership.onChange(() -> reports.look(roll.view(), self.clock(), System.nanoTime()));
        MemberMeters.register(registry, roll::view, ownership);
        roll.start(announcement(place, node(), self), view -> {
            ownership.see(view);
            listed.see(view, System.nanoTime());
            reports.look(view, self.clock(), System.nanoTime());
            tell(view);
        });
    }

    static Announcement announcement(String place, String node, Self self) {
        return new Announcement(
                place,
                node,
                self.name(),
                self.version(),
                "none",
                MemberState.STARTING,
                self.sharedStore(),
                self.clock().get().truncatedTo(ChronoUnit.MILLIS));
    }

    /** Who was there before decides; members that know nothing of each other's store must not both write. */
    private void admit(Promise<Void> admitted, long deadline) {
        String refusal = refusal();
        if (refusal != null) {
            Future.fromCompletionStage(roll.withdraw())
                    .timeout(FAREWELL_MS, TimeUnit.MILLISECONDS)
                    .onComplete(any -> admitted.fail(new IllegalStateException(refusal)));
        } else if (roll.everybodyOlderIsKnown() || System.nanoTime() > deadline) {
            admitted.complete();
        } else {
            roll.after(GLANCE, () -> admit(admitted, deadline));
        }
    }

    private String refusal() {
        List<SeenMember> ours = roll.view().ours();
        int me = ours.stream().map(SeenMember::place).toList().indexOf(place);
        List<SeenMember> before = ours.stream()
                .filter(one -> !one.place().equals(place))
                .filter(one -> one.state() == MemberState.READY || ours.indexOf(one) < me)
                .toList();
        if (before.isEmpty()) {
            return null;
        }
        String way = "; give all members one PostgreSQL (store.url: postgresql://…), or start this one apart with"
                + " hazelcast.enabled: false or another hazelcast.cluster_name";
        if (!self.sharedStore()) {
            return "store.url: " + before.get(0).place() + " is in the cluster " + Text.clean(settings.clusterName())
                    + " already, and the store of this member is a file that only one process can use" + way;
        }
        return before.stream()
                .filter(one -> !one.shared())
                .findFirst()
                .map(one -> "store.url: the store of " + one.place() + ", which is in the cluster "
                        + Text.clean(settings.clusterName()) + " already, is a file that only it can use" + way)
                .orElse(null);
    }

    Ownership ownership() {
        return ownership;
    }

    List<SeenMember> seen() {
        return roll.view().all();
    }

    Future<Void> announce(String ruleHash, MemberState state) {
        return Future.fromCompletionStage(roll.announce(ruleHash, state));
    }

    /** Says goodbye, if that has not been said; done at the latest after half a second. */
    Future<Void> leave() {
        if (roll == null) {
            return Future.succeededFuture();
        }
        Announcement mine = roll.mine();
        boolean goodbye = mine != null && (mine.state() == MemberState.READY || mine.state() == MemberState.AILING);
        Future<Void> said =
                goodbye ? announce(mine.ruleHash(), MemberState.DRAINING) : Future.succeededFuture((Void) null);
        return said.timeout(FAREWELL_MS, TimeUnit.MILLISECONDS).onComplete(any -> roll.close());
    }

    /** One line for a member that no longer agrees, or agrees again. */
    private void tell(Roster.View view) {
        Map<String, Set<Difference>> now = new TreeMap<>();
        view.ours().stream()
                .filter(one -> one.state() != MemberState.STARTING)
                .forEach(one -> now.put(one.place(), one.differs()));
        now.forEach((who, what) -> {
            Set<Difference> before = differences.getOrDefault(who, Set.of());
            if (!what.isEmpty() && !what.equals(before)) {
                log.warn(LogFamily.FAILURE, "⚠️ member {} does not agree with the others: {}", who, words(what));
            } else if (what.isEmpty() && !before.isEmpty()) {
                log.info(LogFamily.SUCCESS, "★ member {} agrees with the others again", who);
            }
        });
        differences = now;
    }

    private static String words(Set<Difference> what) {
        return what.stream().map(Difference::wire).sorted().collect(Collectors.joining(", "));
    }

    /** This member as the list of config writes it, so that it is the same node before and after a start. */
    private String node() {
        return settings.members().stream().filter(this::isMe).findFirst().orElse(place);
    }

    private boolean isMe(String member) {
        return Listed.isMe(member, settings, place.substring(0, place.lastIndexOf(':')), self.name());
    }
}
