package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.FakeSlack;
import io.tocsin.store.PostgresServer;
import io.tocsin.store.PostgresSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two members stay; a third joins and leaves, joins and is killed, again and again, at the same place or at one that
 * nobody knows, while readings flow and nodes fall ill and recover. Nothing is lost, and nothing of those who went stays
 * in those who stayed. {@code -Dtocsin.churn=50} goes on for longer.
 */
class ChurnIT {
    private static final int JOINS = Integer.getInteger("tocsin.churn", 5);
    /** Until all that is made when it is first needed is there. */
    private static final int WARM_UP = 2;

    /** Fewer than the joins, so that one thread for each of them is too many. */
    private static final int MORE_THREADS = 4;

    private static final double MORE_HEAP = 4e6;
    private static final int READINGS = 40;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeSlack slack = FakeSlack.start(vertx);
    private final FakePagerDuty pagerDuty = FakePagerDuty.start(vertx);
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final PostgresSettings database = PostgresServer.emptyDatabase();
    private final List<ProcessAppliance> there = new CopyOnWriteArrayList<>();
    private final List<ProcessAppliance> all = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicLong taken = new AtomicLong();
    private List<ProcessAppliance> listed;

    @AfterEach
    void stop() {
        clock.shutdownNow();
        all.forEach(ProcessAppliance::close);
        vertx.close().await();
    }

    /** What one that stays has of each. */
    private record Figures(long threads, double heap, Set<String> meters) {
        static Figures of(ProcessAppliance member) {
            double heap = Double.MAX_VALUE;
            for (int i = 0; i < 3; i++) {
                member.ask("GC.run");
                heap = Math.min(heap, member.figure("jvm_memory_used_bytes{area=\"heap\""));
            }
            Set<String> meters = member.metrics().stream()
                    .map(line -> line.substring(0, line.lastIndexOf(' ')))
                    .collect(Collectors.toSet());
            return new Figures((long) member.figure("jvm_threads_live_threads"), heap, meters);
        }

        @Override
        public String toString() {
            return String.format("%d threads, %.2f MB of heap, %d meters", threads, heap / 1e6, meters.size());
        }
    }

    @Test
    void membersThatComeAndGoLeaveNothingBehindAndTakeNothingAlong() throws Exception {
        Path rules = Policy.only(
                        folder.resolve("rules"),
                        "threshold/memory",
                        "threshold/component",
                        "escalation/ladder_critical",
                        "routing/log",
                        "routing/slack",
                        "routing/pagerduty")
                .hasty()
                .folder();
        listed = IntStream.range(0, 3)
                .mapToObj(i -> member("m" + i, rules, List.of()))
                .toList();
        List<Integer> ports = listed.stream().map(ProcessAppliance::busPort).toList();
        listed.forEach(one -> join(one, ports));
        List<ProcessAppliance> staying = listed.subList(0, 2);
        staying.forEach(ProcessAppliance::launch);
        staying.forEach(ProcessAppliance::awaitReady);
        there.addAll(staying);
        clock.scheduleWithFixedDelay(this::readings, 0, 100, TimeUnit.MILLISECONDS);
        List<StoryOfANode> stories = IntStream.range(0, JOINS * 2)
                .mapToObj(i -> new StoryOfANode(this::door, "n" + i, Duration.ofMillis(3500L * i)))
                .toList();
        clock.scheduleWithFixedDelay(() -> stories.forEach(StoryOfANode::step), 0, 100, TimeUnit.MILLISECONDS);

        int kills = 0;
        List<Figures> before = List.of();
        for (int join = 0; join < WARM_UP + JOINS; join++) {
            if (join == WARM_UP) {
                before = figures(staying);
            }
            boolean known = join % 3 > 0;
            kills += comeAndGo(known ? listed.get(2) : member("new" + join, rules, ports), join % 3 == 1);
        }
        Aftermath aftermath = new Aftermath(staying.get(0).http(), pagerDuty);
        aftermath.endWell(stories);
        List<Figures> calm = before;
        List<Figures> after = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> figures(staying),
                        now -> IntStream.range(0, now.size())
                                .noneMatch(i -> namesMembers(more(calm.get(i), now.get(i)))));
        new Views(database).areTheDatabase(staying);
        System.out.println("ChurnIT " + JOINS + " joins, " + kills + " kills, " + taken + " readings; before " + before
                + ", after " + after);
        Aftermath.repeated(
                "PagerDuty", pagerDuty.events().stream().map(Aftermath::event).toList(), kills);
        Aftermath.repeated(
                "Slack",
                slack.messages().stream().map(one -> one.getString("text")).toList(),
                kills);
        for (int i = 0; i < staying.size(); i++) {
            leftNothing(before.get(i), after.get(i));
        }
    }

    private ProcessAppliance member(String name, Path rules, List<Integer> ports) {
        ProcessAppliance member =
                new ProcessAppliance(folder.resolve(name), rules).receivers(slack.url(), pagerDuty.url());
        all.add(member);
        if (!ports.isEmpty()) {
            join(member, ports);
        }
        return member;
    }

    private void join(ProcessAppliance member, List<Integer> ports) {
        member.joining(Views.url(database), ports).set("hazelcast.cluster_name=churn-" + ports.get(0));
    }

    /** One joins, takes part and goes; 1 if it is killed. */
    private int comeAndGo(ProcessAppliance member, boolean killed) {
        member.start();
        there.add(member);
        long then = taken.get();
        await().atMost(Duration.ofSeconds(40)).until(() -> ready(3) && taken.get() > then + 3 * READINGS);
        if (killed) {
            member.kill();
        } else {
            assertThat(member.terminate()).as(member.said()).isZero();
        }
        there.remove(member);
        await().atMost(Duration.ofSeconds(40)).until(() -> ready(2));
        return killed ? 1 : 0;
    }

    private boolean ready(int members) {
        return listed.subList(0, 2).stream().allMatch(one -> one.figure("tocsin_members{state=\"ready\"}") == members);
    }

    private static List<Figures> figures(List<ProcessAppliance> members) {
        return members.stream().map(Figures::of).toList();
    }

    private void leftNothing(Figures before, Figures after) {
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + MORE_THREADS);
        assertThat(after.heap()).isLessThanOrEqualTo(before.heap() + MORE_HEAP);
        Set<String> more = more(before, after);
        // there is no more of a meter with each member, whatever it is about; there are only so many rules
        assertThat(more.stream()
                        .filter(meter -> !meter.contains("rule=\""))
                        .collect(Collectors.groupingBy(meter -> meter.replaceAll("\\{.*", ""), Collectors.counting())))
                .as("how many of a meter were not there")
                .allSatisfy((meter, rows) -> assertThat(rows).as(meter).isLessThan(JOINS));
    }

    private static Set<String> more(Figures before, Figures after) {
        Set<String> more = new HashSet<>(after.meters());
        more.removeAll(before.meters());
        return more;
    }

    /** Of those that have left; they are forgotten within moments. */
    private boolean namesMembers(Set<String> meters) {
        return meters.stream()
                .anyMatch(meter -> all.stream().anyMatch(one -> meter.contains(Integer.toString(one.busPort()))));
    }

    /** A member that is there, another one each time. */
    private Http door() {
        List<ProcessAppliance> now = List.copyOf(there);
        return now.get(Math.floorMod(turn.getAndIncrement(), now.size())).http();
    }

    /** Readings of three more clusters, all is well there; said again next time if nobody took them. */
    private void readings() {
        JsonArray batch = new JsonArray();
        for (int i = 0; i < READINGS; i++) {
            batch.add(Given.memory("calm" + i, 20 + i % 50).put("cluster", "calm" + i % 3));
        }
        try {
            if (door().post("/api/v1/telemetry", "application/json", batch.encode())
                            .status()
                    == 202) {
                taken.addAndGet(READINGS);
            }
        } catch (UncheckedIOException gone) {
            // whoever it was has left
        }
    }
}
