package io.tocsin.it;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Three members of one cluster, each a process, on one store. */
final class Trio implements AutoCloseable {
    private static final int MEMBERS = 3;

    private final List<ProcessAppliance> members = new ArrayList<>();
    private volatile ProcessAppliance avoided;
    private final AtomicInteger turn = new AtomicInteger();

    Trio(Path folder, Path rules, String store, String slack, String pagerDuty) {
        for (int i = 0; i < MEMBERS; i++) {
            members.add(new ProcessAppliance(folder.resolve("m" + i), rules).receivers(slack, pagerDuty));
        }
        List<Integer> ports = members.stream().map(ProcessAppliance::busPort).toList();
        members.forEach(one -> one.joining(store, ports).set("hazelcast.cluster_name=trio-" + ports.get(0)));
    }

    List<ProcessAppliance> members() {
        return members;
    }

    /** All at once, until each is ready and all see one another. */
    Trio start() {
        members.forEach(ProcessAppliance::launch);
        members.forEach(ProcessAppliance::awaitReady);
        await().atMost(Duration.ofSeconds(30)).until(() -> owner("tocsin").isPresent());
        return this;
    }

    /** From now on nobody comes to the door of this member; null: of any. */
    void avoid(ProcessAppliance member) {
        avoided = member;
    }

    /** A member that is there, another one each time. */
    Http door() {
        for (int i = 0; i < MEMBERS; i++) {
            ProcessAppliance next = members.get(Math.floorMod(turn.getAndIncrement(), MEMBERS));
            if (next.alive() && !next.frozen() && next != avoided) {
                return next.http();
            }
        }
        return members.get(0).http();
    }

    /** The member that says, by any member, that it owns a cluster. */
    Optional<ProcessAppliance> owner(String cluster) {
        try {
            return door().get("/api/v1/clusters").array().stream()
                    .map(JsonObject.class::cast)
                    .filter(one -> cluster.equals(one.getString("cluster")))
                    .flatMap(one -> members.stream()
                            .filter(member -> ("127.0.0.1:" + member.busPort()).equals(one.getString("owner"))))
                    .findFirst();
        } catch (UncheckedIOException away) {
            return Optional.empty();
        }
    }

    /** The same, as soon as there is one. */
    ProcessAppliance ownerOf(String cluster) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> owner(cluster), Optional::isPresent)
                .orElseThrow();
    }

    /** All that was said by all. */
    String said() {
        StringBuilder said = new StringBuilder();
        members.forEach(
                one -> said.append("--- ").append(one.busPort()).append('\n').append(one.said()));
        return said.toString();
    }

    @Override
    public void close() {
        members.forEach(ProcessAppliance::close);
    }
}
