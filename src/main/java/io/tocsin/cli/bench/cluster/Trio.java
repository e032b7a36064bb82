package io.tocsin.cli.bench.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Three members on one database, and the monitored clusters that they share. */
final class Trio implements AutoCloseable {
    static final int MEMBERS = 3;
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration SETTLE = Duration.ofSeconds(60);

    /** Below those that a system gives to outgoing connections. */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 32_000;
    private static final int LEAST_OWNED = 2;
    private static final int FEWEST_CLUSTERS = 12;

    private final List<Member> members = new ArrayList<>();
    private final Doors doors;
    /** Who owns each cluster while all are there. */
    private Map<String, String> home = Map.of();

    /**
     * What members run on.
     *
     * @param folder where their folders are made, beside their {@code rules}
     * @param environment by which they find their database
     * @param pager where whoever is told listens; null for nobody
     * @param java how they are started
     */
    record Site(Path folder, Map<String, String> environment, String pager, Java java) {}

    /** Not started yet. */
    Trio(Vertx vertx, Guard guard, Site site) throws IOException {
        Set<Integer> ports = new HashSet<>();
        List<Member.Ports> all = IntStream.range(0, MEMBERS)
                .mapToObj(any -> new Member.Ports(freePort(ports), freePort(ports)))
                .toList();
        for (int i = 0; i < MEMBERS; i++) {
            Path home = Files.createDirectories(site.folder().resolve("member-" + (i + 1)));
            Files.writeString(
                    home.resolve("tocsin.yaml"), config(all, i, site.pager()).encodePrettily());
            List<String> command = site.java().run(home, site.folder().resolve("rules"));
            members.add(new Member(home, all.get(i), command, site.environment(), guard));
        }
        doors = new Doors(vertx, members);
    }

    /** JSON is YAML. */
    private static JsonObject config(List<Member.Ports> all, int number, String pager) {
        JsonArray places = new JsonArray();
        all.forEach(one -> places.add("127.0.0.1:" + one.bus()));
        Member.Ports mine = all.get(number);
        JsonObject receivers = new JsonObject().put("log", new JsonObject().put("type", "log"));
        for (int i = 0; pager != null && i < Policy.PAGERS; i++) {
            receivers.put(
                    "pager-" + i,
                    new JsonObject().put("type", "pagerduty").put("url", pager).put("routing_key", "b".repeat(32)));
        }
        return new JsonObject()
                .put("http", new JsonObject().put("port", mine.http()))
                .put(
                        "hazelcast",
                        new JsonObject()
                                .put(
                                        "cluster_name",
                                        "tocsin-bench-" + all.get(0).bus())
                                .put("port", mine.bus())
                                .put("members", places))
                .put("collect", new JsonObject().put("host", new JsonObject().put("enabled", false)))
                .put("rehearse", false)
                .put("receivers", receivers);
    }

    private static int freePort(Set<Integer> taken) {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            if (!taken.add(port)) {
                continue;
            }
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException used) {
                continue;
            }
        }
    }

    /** Starts all at once, until each is ready and each owns some clusters. */
    Trio start() {
        members.forEach(Member::launch);
        members.forEach(this::awaitReady);
        Waits.until("the members see one another", SETTLE, () -> owners().containsKey("tocsin"));
        Map<String, String> found = Map.of();
        for (int clusters = 0; clusters < FEWEST_CLUSTERS || !shared(found); clusters++) {
            String cluster = String.format("bench-%02d", clusters);
            Set<String> expected = new HashSet<>(found.keySet());
            expected.add(cluster);
            await(doors.until202(Readings.component(cluster, "first", Policy.component(0), "healthy")));
            Waits.until(
                    cluster + " has an owner", SETTLE, () -> owners().keySet().containsAll(expected));
            found = owners();
        }
        home = found;
        return this;
    }

    private boolean shared(Map<String, String> found) {
        return members.stream()
                .allMatch(one -> found.entrySet().stream()
                                .filter(each -> each.getKey().startsWith("bench-")
                                        && each.getValue().equals(one.place()))
                                .count()
                        >= LEAST_OWNED);
    }

    private static void await(io.vertx.core.Future<?> done) {
        try {
            done.await(SETTLE.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new ClusterFault("no member accepts telemetry within " + SETTLE.toSeconds() + " s");
        }
    }

    void awaitReady(Member member) {
        Waits.until("a member is ready", START, () -> {
            String ended = member.lastWords();
            if (ended != null) {
                throw new ClusterFault(ended);
            }
            return doors.ready(member);
        });
    }

    /** Until everybody is there and has again what was its own. */
    void awaitHome() {
        Waits.until("every cluster is back with its owner", SETTLE, () -> owners().equals(home));
    }

    private Map<String, String> owners() {
        Map<String, String> owners = new TreeMap<>();
        JsonArray all = doors.get(doors.next(), "/api/v1/clusters");
        for (Object each : all == null ? List.of() : all) {
            JsonObject one = (JsonObject) each;
            if (one.getString("owner") != null) {
                owners.put(one.getString("cluster"), one.getString("owner"));
            }
        }
        return owners;
    }

    /** The clusters of the bench, in order. */
    List<String> clusters() {
        return home.keySet().stream().filter(one -> one.startsWith("bench-")).toList();
    }

    /** Those of one member, while all are there. */
    List<String> clustersOf(Member member) {
        return clusters().stream()
                .filter(one -> home.get(one).equals(member.place()))
                .toList();
    }

    List<Member> members() {
        return members;
    }

    Doors doors() {
        return doors;
    }

    @Override
    public void close() {
        doors.close();
        members.forEach(Member::end);
        members.forEach(Member::ended);
    }
}
