package io.tocsin.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.instance.BuildInfoProvider;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.bus.Address;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(90)
class MembersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Members> started = new ArrayList<>();
    private final List<Vertx> others = new ArrayList<>();

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
    void anotherVertxApplicationConsumesAlertsAndAcknowledges() throws Exception {
        Members members = members(freePort(), List.of());
        Vertx ours = of(members.start());
        ours.eventBus()
                .<JsonObject>consumer(
                        Address.COMMAND_ACK,
                        message -> message.reply(new JsonObject()
                                .put("id", message.body().getString("alert_id"))
                                .put("state", "acknowledged")));

        Vertx theirs = plainApplication(members.name());
        Queue<JsonObject> heard = new ConcurrentLinkedQueue<>();
        of(theirs.eventBus()
                .<JsonObject>consumer("tocsin.alerts", message -> heard.add(message.body()))
                .completion());

        await().untilAsserted(() -> {
            ours.eventBus().publish(Address.ALERTS, new JsonObject().put("id", "0123456789ab-1"));
            assertThat(heard).isNotEmpty();
        });
        assertThat(heard.peek()).isEqualTo(new JsonObject().put("id", "0123456789ab-1"));

        JsonObject command = new JsonObject()
                .put("alert_id", "0123456789ab-1")
                .put("acknowledged_by", "ann")
                .put("ack_message", "on it");
        JsonObject reply = of(theirs.eventBus().<JsonObject>request("tocsin.command.ack", command))
                .body();
        assertThat(reply.getString("state")).isEqualTo("acknowledged");
    }

    @Test
    void anotherApplicationMayUseSharedMapsAndCounters() throws Exception {
        Members members = members(freePort(), List.of());
        Vertx ours = of(members.start());
        Vertx theirs = plainApplication(members.name());

        var written = of(theirs.sharedData().<String, JsonObject>getClusterWideMap("theirs"));
        of(written.put("a", new JsonObject().put("b", 1)));
        var read = of(ours.sharedData().<String, JsonObject>getClusterWideMap("theirs"));
        assertThat(of(read.get("a"))).isEqualTo(new JsonObject().put("b", 1));

        var counter = of(theirs.sharedData().getCounter("count"));
        of(counter.addAndGet(41));
        assertThat(of(of(ours.sharedData().getCounter("count")).incrementAndGet()))
                .isEqualTo(42);
    }

    @Test
    void listenersInOtherMembersAreSeenAndForgotten() throws Exception {
        Members members = members(freePort(), List.of());
        Vertx ours = of(members.start());
        Listeners listeners = members.listeners();

        assertThat(listeners.anybodyListens(Address.METRIC))
                .as("before it is known")
                .isTrue();
        await().untilAsserted(() ->
                assertThat(listeners.anybodyListens(Address.METRIC)).isFalse());

        Vertx theirs = plainApplication(members.name());
        var consumer = theirs.eventBus().consumer(Address.METRIC, message -> {});
        await().untilAsserted(() ->
                assertThat(listeners.anybodyListens(Address.METRIC)).isTrue());
        of(consumer.unregister());
        await().untilAsserted(() ->
                assertThat(listeners.anybodyListens(Address.METRIC)).isFalse());

        ours.eventBus().localConsumer(Address.METRIC, message -> {});
        await().untilAsserted(() ->
                assertThat(listeners.anybodyListens(Address.METRIC)).isTrue());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void nothingListensBeyondTheGivenHost() throws Exception {
        Members members = members(freePort(), List.of());
        of(members.start());

        assertThat(members.name()).startsWith("127.0.0.1:");
        assertThat(listeningBeyondLoopback()).isEmpty();
    }

    @Test
    void aMemberListInWhichNobodyAnswersStartsAlone() throws Exception {
        // accepts connections and never says a word
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            long before = System.nanoTime();
            Members members = members(freePort(), List.of("127.0.0.1:" + mute.getLocalPort(), "127.0.0.1:1"));
            of(members.start());

            assertThat(members.joined()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(12));
        }
    }

    @Test
    void aListedMemberWhosePortHangsUpIsFoundWhenItStarts() throws Exception {
        // none that the system gives to clients
        int port = 19_000 + ThreadLocalRandom.current().nextInt(1000);
        Members first;
        CompletableFuture<Void> hangsUp;
        try (ServerSocket passesOn = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"))) {
            hangsUp = CompletableFuture.runAsync(() -> hangUp(passesOn));
            first = members(freePort(), List.of("127.0.0.1:" + port));
            of(first.start());
            assertThat(first.size()).isEqualTo(1);
        }
        hangsUp.join();
        Members second = members(port, List.of());
        of(second.start());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(second.size()).isEqualTo(2));
    }

    private static void hangUp(ServerSocket passesOn) {
        try {
            while (true) {
                passesOn.accept().close();
            }
        } catch (IOException closed) {
            return;
        }
    }

    @Test
    void membersOfOneListFindEachOther() throws Exception {
        Members first = members(freePort(), List.of());
        of(first.start());
        Members second = members(freePort(), List.of(first.name()));
        Vertx vertx = of(second.start());

        await().untilAsserted(() -> assertThat(second.size()).isEqualTo(2));
        assertThat(vertx.isClustered()).isTrue();
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Members members = members(taken.getLocalPort(), List.of());

            assertThatThrownBy(() -> of(members.start()))
                    .hasMessageContaining("hazelcast.port: 127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("hazelcast.enabled: false");
        }
    }

    @Test
    void aWildcardOrForeignOrUnknownHostIsRefused() {
        assertThatThrownBy(() -> of(at("0.0.0.0").start())).hasMessageContaining("hazelcast.host: 0.0.0.0");
        assertThatThrownBy(() -> of(at("192.0.2.1").start())).hasMessageContaining("no address of this host");
        assertThatThrownBy(() -> of(at("no.such.host.invalid").start())).hasMessageContaining("is unknown");
    }

    @Test
    void disabledHazelcastGivesALocalBusWhereEverybodyMayListen() throws Exception {
        Members members = new Members(
                new HazelcastSettings(false, "x", "127.0.0.1", 1, List.of()), self(), new VertxOptions(), registry);
        started.add(members);
        Vertx vertx = of(members.start());

        assertThat(vertx.isClustered()).isFalse();
        assertThat(members.name()).isNull();
        assertThat(members.joined()).isTrue();
        assertThat(members.listeners().anybodyListens("nowhere")).isTrue();
    }

    @Test
    void stoppingLeavesTheClusterWithinSecondsAndFreesThePort() throws Exception {
        int port = freePort();
        Members first = members(port, List.of());
        of(first.start());
        long before = System.nanoTime();
        of(first.stop());
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(6));
        assertThat(first.joined()).isFalse();

        of(members(port, List.of()).start());
    }

    @Test
    void aMemberThatHangsIsCutOff() throws Exception {
        int port = freePort();
        Members hanging = members(port, List.of());
        Vertx vertx = of(hanging.start());
        of(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> stop() {
                return Promise.promise().future();
            }
        }));
        started.remove(hanging);

        of(hanging.stop());
        await().untilAsserted(() -> of(members(port, List.of()).start()));
    }

    @Test
    void vertxCountsIntoTheGivenRegistry() throws Exception {
        Members members = new Members(
                new HazelcastSettings(false, "x", "127.0.0.1", 1, List.of()), self(), new VertxOptions(), registry);
        started.add(members);
        Vertx vertx = of(members.start());
        vertx.eventBus().consumer("somewhere", message -> message.reply("yes"));
        of(vertx.eventBus().request("somewhere", "?"));

        assertThat(registry.getMeters())
                .anyMatch(meter -> meter.getId().getName().startsWith("vertx.eventbus"));
        assertThat(registry.getMeters())
                .allMatch(meter ->
                        meter.getId().getTag("address") == null && meter.getId().getTag("path") == null);
    }

    @Test
    void hazelcastIsAVersionWithItsSecurityFixes() {
        String[] version = BuildInfoProvider.getBuildInfo().getVersion().split("[.-]");
        assertThat(Integer.parseInt(version[0]) * 1000 + Integer.parseInt(version[1]))
                .isGreaterThanOrEqualTo(5007);
    }

    /** What any Vert.x application does that wants to hear of alerts; knows an address and a cluster name only. */
    private Vertx plainApplication(String member) throws Exception {
        Config config = ConfigUtil.loadConfig();
        config.setClusterName("tocsin");
        config.getNetworkConfig().setPort(freePort());
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).addMember(member);
        Vertx vertx = of(Vertx.builder()
                .withClusterManager(new HazelcastClusterManager(config))
                .buildClustered());
        others.add(vertx);
        return vertx;
    }

    private static Self self() {
        return new Self("here", "1", true, Instant::now);
    }

    private Members at(String host) {
        return new Members(
                new HazelcastSettings(true, "tocsin", host, 1, List.of()), self(), new VertxOptions(), registry);
    }

    private Members members(int port, List<String> list) {
        Members members = new Members(
                new HazelcastSettings(true, "tocsin", "127.0.0.1", port, list), self(), new VertxOptions(), registry);
        started.add(members);
        return members;
    }

    private static List<String> listeningBeyondLoopback() throws Exception {
        List<String> found = new ArrayList<>();
        List<String> inodes = new ArrayList<>();
        try (var files = java.nio.file.Files.list(java.nio.file.Path.of("/proc/self/fd"))) {
            for (var file : files.toList()) {
                try {
                    inodes.add(java.nio.file.Files.readSymbolicLink(file).toString());
                } catch (java.io.IOException gone) {
                    continue;
                }
            }
        }
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : java.nio.file.Files.readAllLines(java.nio.file.Path.of(table))) {
                String[] cells = line.trim().split("\\s+");
                boolean listens = cells.length > 9 && cells[3].equals("0A");
                if (listens
                        && inodes.contains("socket:[" + cells[9] + "]")
                        && !cells[1].startsWith("0100007F")
                        && !cells[1].startsWith("0000000000000000FFFF00000100007F")) {
                    found.add(cells[1]);
                }
            }
        }
        return found;
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
