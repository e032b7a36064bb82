package io.tocsin.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.LocalCodec;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.Metric;
import io.tocsin.model.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several members in one process, each with its own Hazelcast. */
@Timeout(120)
class MembersTogetherTest {
    private static final List<String> CLUSTERS =
            IntStream.range(0, 60).mapToObj(number -> "c" + number).toList();

    private final String name = "together-" + System.nanoTime();
    private final List<Members> started = new ArrayList<>();
    private final List<Vertx> others = new ArrayList<>();
    private final Map<Members, SimpleMeterRegistry> registries = new ConcurrentHashMap<>();
    private final Map<Members, Map<String, Telemetry>> reports = new ConcurrentHashMap<>();

    @AfterEach
    void stop() throws Exception {
        for (Vertx other : others) {
            of(other.close());
        }
        for (Members members : started) {
            of(members.stop());
        }
    }

    @Test
    void threeMembersAgreeAndShare() throws Exception {
        List<Members> three = three();

        await().untilAsserted(() -> assertThat(owners(three.get(0)))
                .isEqualTo(owners(three.get(1)))
                .isEqualTo(owners(three.get(2)))
                .contains(three.get(0).name(), three.get(1).name(), three.get(2).name()));
        assertThat(CLUSTERS)
                .allSatisfy(cluster -> assertThat(three)
                        .filteredOn(member -> member.ownership().mine(cluster))
                        .hasSize(1));
        assertThat(three)
                .allSatisfy(member -> assertThat(member.seen())
                        .extracting(SeenMember::place)
                        .containsExactly(
                                three.get(0).name(),
                                three.get(1).name(),
                                three.get(2).name()));
    }

    @Test
    void aMemberOwnsNothingBeforeItIsReadyAndNothingWhileItDrains() throws Exception {
        Members first = ready(member(freePort(), List.of()));
        Members second = member(freePort(), List.of(first.name()));
        await().until(() -> first.seen().size() == 2);
        assertThat(owners(first)).containsOnly(first.name());
        assertThat(owners(second)).doesNotContain(second.name());

        ready(second);
        await().until(() -> owners(first).contains(second.name()));
        of(first.announce("h", MemberState.DRAINING));
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() ->
                        assertThat(owners(first)).isEqualTo(owners(second)).containsOnly(second.name()));
        assertThat(first.ownership().sends("slack")).isFalse();
    }

    @Test
    void whoLeavesInGoodOrderHasLeftAndWhoIsKilledIsLost() throws Exception {
        List<Members> three = three();
        of(three.get(2).stop());
        await().until(() -> state(three.get(0), three.get(2)) == MemberState.LEFT);
        await().until(() -> state(three.get(1), three.get(2)) == MemberState.LEFT);

        kill(three.get(0));
        await().atMost(Duration.ofSeconds(2)).until(() -> state(three.get(1), three.get(0)) == MemberState.LOST);
        await().untilAsserted(() ->
                assertThat(owners(three.get(1))).containsOnly(three.get(1).name()));
        assertThat(three.get(1).ownership().minority())
                .as("one of the two that did not leave")
                .isFalse();

        Members newcomer = ready(member(freePort(), List.of(three.get(1).name())));
        await().untilAsserted(() -> assertThat(state(newcomer, three.get(0))).isEqualTo(MemberState.LOST));
    }

    @Test
    void whoLosesMostOthersAtOnceIsCutOff() throws Exception {
        List<Members> three = three();
        kill(three.get(0));
        kill(three.get(1));
        await().until(() -> three.get(2).ownership().minority());
    }

    @Test
    void theOwnerTellsTheApplianceHowItsMembersAre() throws Exception {
        List<Members> three = three();
        String owner = three.get(0).ownership().ownerOf("tocsin");
        Members killed = three.stream()
                .filter(member -> !member.name().equals(owner))
                .findFirst()
                .orElseThrow();
        Members reporter = three.stream()
                .filter(member -> member.name().equals(owner))
                .findFirst()
                .orElseThrow();
        await().untilAsserted(() -> assertThat(three)
                .allSatisfy(member -> assertThat(health(reporter, member)).isEqualTo(HealthStatus.HEALTHY)));

        kill(killed);
        await().until(() -> state(reporter, killed) == MemberState.LOST);
        await().atMost(Duration.ofSeconds(4)).until(() -> health(reporter, killed) == HealthStatus.UNHEALTHY);
    }

    @Test
    void membersThatAreListedByNameAreNodesByTheseNamesOnly() throws Exception {
        List<String> list = List.of("localhost:" + freePort(), "localhost:" + freePort());
        List<Members> two = new ArrayList<>();
        for (String entry : list) {
            two.add(ready(member(Integer.parseInt(entry.substring(entry.indexOf(':') + 1)), list)));
        }
        assertThat(two).extracting(Members::name).allMatch(place -> place.startsWith("127.0.0.1:"));
        await().untilAsserted(() -> assertThat(two.stream()
                        .flatMap(one -> reports.get(one).values().stream())
                        .map(Telemetry::node)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(list));
        assertThat(two.get(0).seen()).extracting(SeenMember::node).containsExactlyElementsOf(list);
    }

    @Test
    void membersOnSeveralAddressesFindOneAnotherByName() throws Exception {
        int port = freePort();
        Members first = ready(member(port, List.of("localhost:" + port)));
        Members second = new Members(
                new HazelcastSettings(true, name, "127.0.0.2", freePort(), List.of("localhost:" + port)),
                self("b", true),
                new VertxOptions(),
                new SimpleMeterRegistry());
        started.add(second);
        of(second.start());
        assertThat(second.name()).startsWith("127.0.0.2:");
        assertThat(second.size()).isEqualTo(2);
        await().until(() -> first.seen().size() == 2);
    }

    @Test
    void whenTheReporterIsKilledTheNextOneReportsIt() throws Exception {
        List<Members> three = three();
        String owner = three.get(0).ownership().ownerOf("tocsin");
        Members killed = three.stream()
                .filter(member -> member.name().equals(owner))
                .findFirst()
                .orElseThrow();
        kill(killed);
        await().atMost(Duration.ofSeconds(6))
                .untilAsserted(() -> assertThat(three)
                        .filteredOn(member -> member != killed)
                        .anyMatch(member -> health(member, killed) == HealthStatus.UNHEALTHY));
    }

    @Test
    void membersWithStoresOfTheirOwnAreRefused() throws Exception {
        Members first = ready(member(freePort(), List.of()));
        assertThatThrownBy(() -> of(members(freePort(), List.of(first.name()), self("b", false))
                        .start()))
                .hasMessageContaining("store.url: " + first.name() + " is in the cluster")
                .hasMessageContaining("postgresql://");
        assertThat(first.ownership().mine("main")).isTrue();
        await().untilAsserted(() ->
                assertThat(first.seen()).extracting(SeenMember::place).containsExactly(first.name()));
    }

    @Test
    void nobodyJoinsAMemberWithAStoreOfItsOwn() throws Exception {
        Members first = members(freePort(), List.of(), self("a", false));
        of(start(first));
        ready(first);
        assertThatThrownBy(() -> of(members(freePort(), List.of(first.name()), self("b", true))
                        .start()))
                .hasMessageContaining("store.url: the store of " + first.name());
    }

    @Test
    void otherRulesAnotherVersionAndAClockAnHourOffAreShownAndNotRefused() throws Exception {
        Members first = ready(member(freePort(), List.of()));
        Self odd = new Self("b", "0.9", true, () -> Instant.now().plusSeconds(3600));
        Members second = members(freePort(), List.of(first.name()), odd);
        of(start(second));
        of(second.announce("other", MemberState.READY));

        await().untilAsserted(() -> {
            SeenMember seen = seen(first, second);
            assertThat(seen.differs()).contains(Difference.RULES, Difference.VERSION, Difference.CLOCK);
            assertThat(seen.skew()).isBetween(Duration.ofSeconds(3598), Duration.ofSeconds(3602));
        });
        assertThat(seen(first, first).differs()).isEmpty();
        assertThat(owners(first)).as("the group of the oldest member").containsOnly(first.name());
        await().untilAsserted(() -> assertThat(
                        reports.get(first).values().stream().filter(Metric.class::isInstance))
                .anyMatch(one -> ((Metric) one).name().equals("member_clock_skew")
                        && one.node().equals(second.name())
                        && ((Metric) one).value() > 3590));
        assertThat(registries
                        .get(first)
                        .get("tocsin_members_differ")
                        .tag("reason", "clock")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void foreignMembersThatWriteGarbageAreIgnoredAndCounted() throws Exception {
        Members first = ready(member(freePort(), List.of()));
        await().until(() -> first.ownership().mine("main"));
        HazelcastInstance foreign = foreign(first.name());
        var map = foreign.getReplicatedMap("tocsin.members");
        String id = foreign.getCluster().getLocalMember().getAttribute(RollCall.ID);
        for (Object garbage : List.of(
                42,
                "not json",
                "[]",
                "{\"place\":7}",
                "{\"place\":\"" + first.name() + "\",\"state\":\"ready\"}",
                "x".repeat(2_000_000),
                Map.of("place", "nowhere"))) {
            map.put(id, garbage);
            map.put(garbage, garbage);
            map.put("away", garbage);
        }
        foreign.getMap("__anything").put(1, 2);

        await().untilAsserted(() -> assertThat(registries
                        .get(first)
                        .find("tocsin_members_ignored_total")
                        .counters())
                .isNotEmpty());
        Members second = ready(member(freePort(), List.of(first.name())));
        await().until(() -> owners(first).contains(second.name()));
        assertThat(owners(first)).containsOnly(first.name(), second.name());
        assertThat(first.seen()).filteredOn(SeenMember::foreign).hasSize(1);
        assertThat(first.ownership().minority()).isFalse();
        others.remove(0).close().await(30, TimeUnit.SECONDS);
        await().until(() -> first.seen().size() == 2);
        assertThat(first.ownership().minority()).isFalse();
    }

    @Test
    void twoClustersThatFindEachOtherAreOneWithinSeconds() throws Exception {
        int port = freePort();
        int other = freePort();
        // nobody listens at the other port yet, and the other one has never heard of this one
        Members first = ready(member(port, List.of("127.0.0.1:" + port, "127.0.0.1:" + other)));
        Members second = ready(member(other, List.of()));
        long from = System.nanoTime();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(owners(first)).isEqualTo(owners(second)).containsOnly(first.name(), second.name()));
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(12));
        assertThat(first.seen()).hasSize(2);
        assertThat(second.seen()).hasSize(2);
    }

    @Test
    void membersFindEachOtherByTheNameOfAService() throws Exception {
        int port = freePort();
        HazelcastSettings pod = new HazelcastSettings(true, name, "127.0.0.1", port, List.of(), "localhost");
        Members first = new Members(pod, self("pod", true), new VertxOptions(), new SimpleMeterRegistry());
        started.add(first);
        of(first.start());

        // in a service all are at one port of several addresses; here is one address, so the second one moves
        var config = HazelcastConfig.of(pod, "127.0.0.1", List.of());
        config.getNetworkConfig().setPort(freePort());
        HazelcastInstance second = Hazelcast.newHazelcastInstance(config);
        try {
            assertThat(second.getCluster().getMembers()).hasSize(2);
            await().until(() -> first.seen().size() == 2);
        } finally {
            second.shutdown();
        }
    }

    private List<Members> three() throws Exception {
        Members first = ready(member(freePort(), List.of()));
        Members second = ready(member(freePort(), List.of(first.name())));
        Members third = ready(member(freePort(), List.of(first.name())));
        List<Members> three = List.of(first, second, third);
        await().untilAsserted(() -> assertThat(three)
                .allSatisfy(
                        member -> assertThat(owners(member).stream().distinct()).hasSize(3)));
        return three;
    }

    private static List<String> owners(Members members) {
        return CLUSTERS.stream().map(members.ownership()::ownerOf).toList();
    }

    private static SeenMember seen(Members by, Members whom) {
        return by.seen().stream()
                .filter(one -> one.place().equals(whom.name()))
                .findFirst()
                .orElse(null);
    }

    private static MemberState state(Members by, Members whom) {
        SeenMember seen = seen(by, whom);
        return seen == null ? null : seen.state();
    }

    private HealthStatus health(Members by, Members whom) {
        return reports.get(by).get(whom.name()) instanceof ComponentHealth health ? health.status() : null;
    }

    private static void kill(Members members) {
        Hazelcast.getAllHazelcastInstances().stream()
                .filter(one -> Members.place(one.getCluster().getLocalMember()).equals(members.name()))
                .forEach(one -> one.getLifecycleService().terminate());
    }

    private static Members ready(Members members) throws TimeoutException {
        of(members.announce("h", MemberState.READY));
        return members;
    }

    private Members member(int port, List<String> list) throws Exception {
        Members members = members(port, list, self("here", true));
        of(start(members));
        return members;
    }

    private Future<Vertx> start(Members members) {
        return members.start().onSuccess(vertx -> intake(members, vertx));
    }

    private Members members(int port, List<String> list, Self self) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Members members = new Members(
                new HazelcastSettings(true, name, "127.0.0.1", port, list), self, new VertxOptions(), registry);
        registries.put(members, registry);
        reports.put(members, new ConcurrentHashMap<>());
        started.add(members);
        return members;
    }

    private void intake(Members members, Vertx vertx) {
        vertx.eventBus().registerDefaultCodec(TelemetryBatch.class, new LocalCodec<>(TelemetryBatch.class));
        vertx.eventBus().<TelemetryBatch>localConsumer(Address.INTAKE, message -> {
            for (Telemetry one : message.body().messages()) {
                String key = one instanceof ComponentHealth ? one.node() : ((Metric) one).key();
                reports.get(members).put(key, one);
            }
            message.reply(null);
        });
    }

    private static Self self(String name, boolean shared) {
        return new Self(name, "1", shared, Instant::now);
    }

    private HazelcastInstance foreign(String member) throws Exception {
        var config = ConfigUtil.loadConfig();
        config.setClusterName(name);
        config.getNetworkConfig().setPort(freePort());
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).addMember(member);
        HazelcastClusterManager manager = new HazelcastClusterManager(config);
        others.add(of(Vertx.builder().withClusterManager(manager).buildClustered()));
        return manager.getHazelcastInstance();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static <T> T of(Future<T> future) throws TimeoutException {
        return future.await(60, TimeUnit.SECONDS);
    }
}
