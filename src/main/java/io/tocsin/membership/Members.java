package io.tocsin.membership;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.LogFamily;
import io.tocsin.model.Text;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process among others: starts Vert.x as the settings say, alone or as a member of a Hazelcast cluster, and ends it. */
public final class Members {
    /** The monitored cluster whose nodes are the members. */
    public static final String CLUSTER = "tocsin";

    private static final Logger log = LoggerFactory.getLogger(Members.class);
    private static final long STOP_SECONDS = 5;

    private final HazelcastSettings settings;
    private final Self self;
    private final VertxOptions options;
    private final MeterRegistry registry;

    private volatile Vertx vertx;
    private volatile HazelcastInstance hazelcast;
    private volatile HazelcastClusterManager manager;
    private volatile String name;
    private volatile Listeners listeners = Listeners.local();
    private volatile Company company;
    private volatile Blocks blocks;
    private volatile Announcement alone;

    /**
     * Nothing is started yet.
     *
     * @param settings whether and with whom to join
     * @param self what this process is to the others
     * @param options how Vert.x runs otherwise; its event bus is bound to the host of the settings
     * @param registry where Vert.x counts
     */
    public Members(HazelcastSettings settings, Self self, VertxOptions options, MeterRegistry registry) {
        this.settings = settings;
        this.self = self;
        this.options = new VertxOptions(options);
        this.registry = registry;
    }

    /**
     * Starts Vert.x. Looks the host up and tries the port first, so it blocks for a moment. If nobody of the member list
     * answers, this process is the first member.
     *
     * @return Vert.x; failed with an {@link IllegalStateException} for people if the address cannot be bound, or if this
     *     process cannot be one of several because its store, or that of another member, is not shared
     */
    public Future<Vertx> start() {
        if (!settings.enabled()) {
            vertx = builder().build();
            alone = Company.announcement(self.name(), self.name(), self);
            return Future.succeededFuture(vertx);
        }
        HazelcastLog.use();
        try {
            String address = BindAddress.of(settings);
            options.getEventBusOptions().setHost(address).setPort(0).setClusterPublicHost(address);
            List<String> list = new ArrayList<>(settings.members());
            list.removeAll(MuteMembers.among(settings.members()));
            // not a chain of Vert.x' own futures: their thread is gone once a member that is refused has left
            CompletableFuture<Vertx> done = new CompletableFuture<>();
            Config config = HazelcastConfig.of(settings, address, list);
            start("tocsin-join", () -> join(config, done));
            return Future.fromCompletionStage(done);
        } catch (IllegalStateException e) {
            return Future.failedFuture(e);
        }
    }

    private void join(Config config, CompletableFuture<Vertx> done) {
        try {
            hazelcast = HazelcastStart.start(config);
        } catch (RuntimeException e) {
            done.completeExceptionally(explained(e));
            return;
        }
        manager = new HazelcastClusterManager(hazelcast);
        builder()
                .withClusterManager(manager)
                .buildClustered()
                .onSuccess(clustered -> joined(clustered, done))
                .onFailure(failure -> {
                    hazelcast.getLifecycleService().terminate();
                    done.completeExceptionally(explained(failure));
                });
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** {@code host:port} of this member, such as {@code 127.0.0.1:5701}; null if the bus is local. */
    public String name() {
        return name;
    }

    /** Whether this process is part of its cluster; a local bus always is. */
    public boolean joined() {
        return !settings.enabled() || (manager != null && manager.isActive());
    }

    /** How many processes are in the cluster, foreign applications included; 1 on a local bus. */
    public int size() {
        return hazelcast == null || manager == null || !manager.isActive()
                ? 1
                : hazelcast.getCluster().getMembers().size();
    }

    /** Where things belong; may be asked once {@link #start} is done. Until this member is ready it owns nothing. */
    public Ownership ownership() {
        Company joined = company;
        return joined == null ? Ownership.alone(name) : joined.ownership();
    }

    /**
     * Says how this member stands. A member that is {@link MemberState#READY} may own what its rules allow, and tells the
     * appliance how its members are; one that is {@link MemberState#DRAINING} gives away what it owns.
     *
     * @param ruleHash the rules in force here
     * @return done once the others can read it
     */
    public Future<Void> announce(String ruleHash, MemberState state) {
        Company joined = company;
        if (joined == null) {
            alone = alone.with(ruleHash, state);
            return Future.succeededFuture();
        }
        return joined.announce(ruleHash, state);
    }

    /** Everybody: members the oldest first, this one among them; then other applications; then who is away. */
    public List<SeenMember> seen() {
        Company joined = company;
        return joined == null ? List.of(SeenMember.of(alone)) : joined.seen();
    }

    /** What members keep for one another in memory; null on a local bus. */
    public Blocks blocks() {
        return blocks;
    }

    /** Who listens on the bus. */
    public Listeners listeners() {
        return listeners;
    }

    /**
     * Closes Vert.x with all that runs on it, then leaves the cluster. Takes at most a few seconds: a member that hangs
     * is cut off.
     */
    public Future<Void> stop() {
        if (vertx == null) {
            return Future.succeededFuture();
        }
        CompletableFuture<Void> closed = farewell()
                .compose(any -> vertx.close())
                .toCompletionStage()
                .toCompletableFuture()
                .thenCompose(any -> leave())
                .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                .handle((done, failure) -> {
                    if (failure != null) {
                        cutOff(failure);
                    }
                    return null;
                });
        return Future.fromCompletionStage(closed);
    }

    /** Once Vert.x is closed, so that nobody's calls fail; not on its threads, which are gone then. */
    private CompletableFuture<Void> leave() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        if (hazelcast == null) {
            left.complete(null);
            return left;
        }
        start("tocsin-leave", () -> {
            hazelcast.shutdown();
            left.complete(null);
        });
        return left;
    }

    /** The others should know that this is no loss; but nothing may keep this member. */
    private Future<Void> farewell() {
        Company joined = company;
        return joined == null ? Future.succeededFuture() : joined.leave().otherwiseEmpty();
    }

    private VertxBuilder builder() {
        // a name of its own: Vert.x keeps registries by name for the whole process. The default labels have few values
        // each; addresses, paths and remotes would not.
        options.setMetricsOptions(new MicrometerMetricsOptions()
                .setRegistryName("tocsin-" + UUID.randomUUID())
                .setEnabled(true));
        return Vertx.builder().with(options).withMetrics(new MicrometerMetricsFactory(registry));
    }

    private void joined(Vertx clustered, CompletableFuture<Vertx> done) {
        vertx = clustered;
        name = place(hazelcast.getCluster().getLocalMember());
        listeners = Listeners.clustered(clustered, manager);
        List<String> present =
                hazelcast.getCluster().getMembers().stream().map(Members::place).toList();
        hazelcast.getCluster().addMembershipListener(new MembershipLog());
        log.info(
                LogFamily.SUCCESS,
                "★ member {} is active\n    cluster  {}\n    members  {}",
                name,
                Text.clean(settings.clusterName()),
                present.size() > 1 ? present.size() + ": " + String.join(", ", present) : alone());
        blocks = new Blocks(hazelcast);
        company = new Company(settings, self, clustered, hazelcast);
        company.join(registry)
                .onSuccess(admitted -> done.complete(clustered))
                .onFailure(refused -> stop().onComplete(left -> done.completeExceptionally(refused)));
    }

    private String alone() {
        String others = settings.members().stream()
                .filter(member -> !member.equals(name) && !member.equals(settings.host() + ":" + settings.port()))
                .map(Text::clean)
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "1: the first" : "1: nobody answers at " + others + ", so it starts alone";
    }

    static String place(com.hazelcast.cluster.Member member) {
        return member.getAddress().getHost() + ":" + member.getAddress().getPort();
    }

    private IllegalStateException explained(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new IllegalStateException(
                "hazelcast: no member could be started at " + Text.clean(settings.host()) + ":" + settings.port() + ": "
                        + Text.clean(root.getMessage()),
                failure);
    }

    private void cutOff(Throwable failure) {
        log.warn(
                LogFamily.FAILURE,
                "❌ member {} did not stop in {} s and is cut off: {}",
                name,
                STOP_SECONDS,
                Text.clean(failure.toString()));
        if (hazelcast != null) {
            start("tocsin-cut-off", () -> hazelcast.getLifecycleService().terminate());
        }
    }
}
