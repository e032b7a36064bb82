package io.tocsin.store;

import static io.tocsin.store.Given.T0;
import static io.tocsin.store.Given.change;
import static io.tocsin.store.Given.done;
import static io.tocsin.store.Given.life;
import static io.tocsin.store.Given.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of decisions when the server is killed and comes again, and when the way to it is cut. */
class PostgresOutageTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Integer> out = Collections.synchronizedList(new ArrayList<>());
    private final List<CompletionStage<Void>> commits = Collections.synchronizedList(new ArrayList<>());
    private final FakeCodec codec = new FakeCodec();
    private PostgresServer server;
    private PostgresSettings database;

    @BeforeEach
    void start() {
        server = PostgresServer.in(dir);
        database = server.create("");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private SqlStore open(PostgresSettings where) {
        return SqlStore.open(
                StoreSettings.of(where, dir.resolve("data"), Duration.ofSeconds(1)),
                new FakeCodec(),
                registry,
                Clock.systemUTC());
    }

    private void fire(SqlStore store, long epoch, int number) {
        Life firing = life("main", "n" + number, 1, 1, AlertState.FIRING);
        commits.add(store.commit(
                Given.of(
                        "main",
                        epoch,
                        List.of(change(firing, ChangeKind.FIRED)),
                        List.of(told(firing, "slack", ChangeKind.FIRED, true, T0))),
                () -> out.add(number)));
    }

    private boolean degraded() {
        return registry.get("tocsin_store_degraded").gauge().value() == 1;
    }

    /** As {@code send} of a sender: whatever is due is told, and that is recorded. */
    private static int send(SqlStore store, Set<String> sent) {
        List<Notification> due = done(store.due("slack", T0, 1000, Set.of()));
        List<CompletionStage<Void>> recorded = new ArrayList<>();
        for (Notification n : due) {
            assertThat(sent.add(n.alertId())).as("told once: " + n.alertId()).isTrue();
            recorded.add(
                    store.record(n, new Notification.Attempt(T0, 5, "sent", "ok"), NotificationState.SENT, null, null));
        }
        // until then it is under way, and under way is not due
        recorded.forEach(Given::done);
        return due.size();
    }

    private SqlStore member(String place, SimpleMeterRegistry meters) {
        return SqlStore.among(
                StoreSettings.of(database, dir.resolve(place), Duration.ofSeconds(1)),
                codec,
                meters,
                Clock.systemUTC(),
                Sharing.withOthers(Holder.of(place)));
    }

    @Test
    void ownerTellsByItselfWhatItDecidedMeanwhileAndTheSenderDoesNotRepeatIt() throws Exception {
        try (SqlStore sender = member("sender", new SimpleMeterRegistry());
                SqlStore owner = member("owner", registry)) {
            long epoch = owner.claim("main").epoch();
            done(sender.takeUp("slack"));
            fire(owner, epoch, 1);
            done(commits.get(0));
            assertThat(send(sender, new java.util.HashSet<>())).isEqualTo(1);
            assertThat(owner.owes("slack")).isFalse();

            server.kill();
            fire(owner, epoch, 2);
            fire(owner, epoch, 3);
            await().atMost(LONG).until(() -> owner.owes("slack") && out.size() == 2);
            assertThat(sender.owes("slack")).isFalse();
            assertThat(done(owner.tells("slack"))).isTrue();
            Set<String> sent = new java.util.HashSet<>();
            assertThat(send(owner, sent)).isEqualTo(2);
            assertThat(owner.owes("slack")).as("all is told").isFalse();
            fire(owner, epoch, 4);
            await().atMost(LONG).until(() -> owner.owes("slack"));

            server.start();
            commits.forEach(Given::done);
            assertThat(owner.owes("slack")).as("the rest is the sender's again").isFalse();
            await().atMost(LONG).until(sender::reachable);
            await().atMost(LONG).until(() -> send(sender, sent) == 1);
            assertThat(sent).hasSize(3);
            await().atMost(LONG).until(() -> sender.backlog("slack") == 0);
            for (String alert : sent) {
                assertThat(sender.notifications(alert))
                        .singleElement()
                        .matches(n -> n.state() == NotificationState.SENT)
                        .matches(n -> n.attempts().size() == 1);
            }
        }
    }

    @Test
    void serverThatIsKilledUnderLoadAndStartedAgainLosesNothing() throws Exception {
        try (SqlStore store = open(database)) {
            long epoch = store.claim("main").epoch();
            done(store.takeUp("slack"));
            Set<String> sent = new java.util.HashSet<>();
            CountDownLatch under = new CountDownLatch(500);
            Semaphore pace = new Semaphore(1000);
            Thread lane = new Thread(() -> IntStream.range(0, 4000).forEach(i -> {
                pace.acquireUninterruptibly();
                fire(store, epoch, i);
                under.countDown();
            }));
            lane.start();
            under.await();
            server.kill();
            await().atMost(LONG).until(this::degraded);
            pace.release(1000);
            await().atMost(LONG).until(() -> commits.size() == 2000 && !out.isEmpty());
            assertThat(store.reachable()).isFalse();
            assertThatThrownBy(() -> store.claim("new")).hasMessageContaining("the store is away");
            await().atMost(LONG).until(() -> out.contains(1999));
            int unrecorded = send(store, sent);
            assertThat(unrecorded).isPositive();
            assertThat(store.life(life("main", "n1999", 1, 1, AlertState.FIRING)
                            .alert()
                            .id()))
                    .as("what is not stored can be asked for")
                    .get()
                    .matches(life -> life.alert().degraded());

            server.start();
            pace.release(2000);
            lane.join();
            commits.forEach(Given::done);
            await().atMost(LONG).until(() -> store.reachable() && !degraded());
            await().atMost(LONG).until(() -> {
                send(store, sent);
                return sent.size() == 4000;
            });
            await().atMost(LONG).until(() -> store.backlog("slack") == 0);
            assertThat(store.claim("main").open())
                    .hasSize(4000)
                    .noneMatch(life -> life.alert().degraded());
            assertThat(out).isSorted();
            assertThat(registry.get("tocsin_store_transactions")
                            .tag("outcome", "failed")
                            .counter()
                            .count())
                    .isZero();
        }
    }

    @Test
    void networkThatIsCutIsNoticedWithinSecondsAndUsedAgain() throws Exception {
        try (Cable cable = new Cable(database.port());
                SqlStore store = open(cable.to(database))) {
            long epoch = store.claim("main").epoch();
            fire(store, epoch, 1);
            commits.forEach(Given::done);
            cable.cut();
            long start = System.nanoTime();
            fire(store, epoch, 2);
            await().atMost(LONG).until(() -> out.equals(List.of(2)));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
            assertThat(store.reachable()).isFalse();
            cable.mend();
            commits.forEach(Given::done);
            await().atMost(LONG).until(() -> store.reachable() && !degraded());
            assertThat(store.claim("main").open()).hasSize(2);
        }
    }
}
