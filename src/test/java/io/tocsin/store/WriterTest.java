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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How a store writes: in groups, through faults, within bounds, for several callers. */
@ParameterizedClass
@EnumSource
class WriterTest {
    private static final String EARLIER =
            "an earlier decision of cluster main could not be stored; it must be taken up again";

    @Parameter
    Backing backing;

    @TempDir
    Path dir;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FakeCodec codec = new FakeCodec(800);
    private SqlStore store;

    @BeforeEach
    void open() {
        store = backing.open(dir, codec, registry);
        done(store.takeUp("slack"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Connection somebodyElse() throws SQLException {
        return backing.somebodyElse(dir);
    }

    @Test
    void commitWaitsOutALockAndReachableTells() throws Exception {
        long epoch = store.claim("main").epoch();
        Life firing = life("main", "n1", 1, 2, AlertState.FIRING);
        CompletionStage<Void> commit;
        try (Connection other = somebodyElse()) {
            commit = store.commit(Given.of("main", epoch, change(firing)));
            await().atMost(Duration.ofSeconds(10)).until(() -> !store.reachable());
            assertThat(commit.toCompletableFuture()).isNotDone();
            assertThat(store.life(firing.alert().id())).isEmpty();
            other.rollback();
        }
        done(commit);
        assertThat(store.reachable()).isTrue();
        assertThat(store.life(firing.alert().id())).contains(firing);
    }

    @Test
    void idleStoreNoticesThatItWorksAgain() throws Exception {
        try (Connection other = somebodyElse()) {
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                assertThatThrownBy(() -> done(store.release("main", 1)))
                        .isInstanceOf(StoreException.class)
                        .hasMessageMatching(".*(lock|the store is away).*");
                return !store.reachable();
            });
            other.rollback();
        }
        await().atMost(Duration.ofSeconds(10)).until(store::reachable);
    }

    @Test
    void fullQueueRefusesAtOnceAndIsCounted() throws Exception {
        long epoch = store.claim("main").epoch();
        List<CompletionStage<Void>> taken = new ArrayList<>();
        try (Connection other = somebodyElse()) {
            for (int i = 0; i < WorkQueue.CAPACITY; i++) {
                taken.add(store.commit(Given.of("main", epoch, change(life("main", "n1", 1, i, AlertState.FIRING)))));
            }
            assertThatThrownBy(() -> done(store.commit(Given.of("main", epoch))))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("store queue is full");
            assertThat(registry.get("tocsin_store_transactions")
                            .tag("outcome", "refused")
                            .counter()
                            .count())
                    .isEqualTo(1);
            other.rollback();
        }
        taken.forEach(Given::done);
        assertThatThrownBy(() -> done(store.commit(Given.of("main", epoch))))
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(FencedException.class)
                .hasMessage(EARLIER);
        done(store.commit(Given.of("other", store.claim("other").epoch())));
        done(store.commit(Given.of("main", store.claim("main").epoch())));
    }

    @Test
    void closeWhileAwayFailsWhatWaitsWithinSeconds() throws Exception {
        long epoch = store.claim("main").epoch();
        try (Connection other = somebodyElse()) {
            CompletionStage<Void> commit = store.commit(Given.of("main", epoch));
            await().atMost(Duration.ofSeconds(10)).until(() -> !store.reachable());
            store.close();
            assertThatThrownBy(() -> done(commit))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("closed");
            other.rollback();
        }
    }

    @Test
    void badTransactionFailsAloneAndTheOthersAreCommittedInOrder() throws Exception {
        long epoch = store.claim("main").epoch();
        long broken = store.claim("bad").epoch();
        List<Integer> completed = Collections.synchronizedList(new ArrayList<>());
        List<CompletionStage<Void>> bad = new ArrayList<>();
        List<Integer> good = new ArrayList<>();
        try (Connection other = somebodyElse()) {
            for (int i = 0; i < 300; i++) {
                int number = i;
                if (i % 100 == 50) {
                    Life one = life("bad", "n" + i, 1, 1, AlertState.FIRING, T0, FakeCodec.UNWRITABLE);
                    bad.add(store.commit(Given.of("bad", broken, change(one))));
                } else {
                    Life one = life("main", "n" + i, 1, 1, AlertState.FIRING);
                    CompletionStage<Void> commit = store.commit(Given.of("main", epoch, change(one)));
                    good.add(i);
                    commit.thenRun(() -> completed.add(number));
                }
            }
            other.rollback();
        }
        done(store.commit(Given.of("main", epoch)));
        assertThat(bad).hasSize(3);
        assertThatThrownBy(() -> done(bad.get(0)))
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(FencedException.class)
                .hasMessageContaining("this alert cannot be written");
        assertThat(completed).isEqualTo(good);
        assertThat(store.claim("main").open()).hasSize(297);
        assertThat(store.reachable()).isTrue();
    }

    @Test
    void nothingOfAnOwnerIsWrittenAfterADecisionThatCouldNotBeStored() throws Exception {
        long epoch = store.claim("main").epoch();
        long other = store.claim("other").epoch();
        List<CompletionStage<Void>> commits = new ArrayList<>();
        List<CompletionStage<Void>> others = new ArrayList<>();
        try (Connection lock = somebodyElse()) {
            for (int i = 0; i < 20; i++) {
                String message = i == 7 ? FakeCodec.UNWRITABLE : "m";
                Life one = life("main", "n" + i, 1, 1, AlertState.FIRING, T0, message);
                commits.add(store.commit(Given.of("main", epoch, change(one))));
                others.add(store.commit(
                        Given.of("other", other, change(life("other", "n" + i, 1, 1, AlertState.FIRING)))));
            }
            lock.rollback();
        }
        others.forEach(Given::done);
        commits.subList(0, 7).forEach(Given::done);
        assertThatThrownBy(() -> done(commits.get(7))).hasMessageContaining("this alert cannot be written");
        commits.add(store.commit(Given.of("main", epoch)));
        assertThat(commits.subList(8, 21))
                .allSatisfy(commit -> assertThatThrownBy(() -> done(commit))
                        .isInstanceOf(StoreException.class)
                        .isNotInstanceOf(FencedException.class)
                        .hasMessage(EARLIER));
        Restored again = store.claim("main");
        assertThat(again.open()).hasSize(7);
        done(store.commit(Given.of("main", again.epoch())));
    }

    @Test
    void rowThatTheSchemaRefusesFailsItsOwnersOnly() {
        long epoch = store.claim("main").epoch();
        long other = store.claim("other").epoch();
        Life firing = life("main", "n1", 1, 1, AlertState.FIRING);
        var broken = new Transaction.SourceSeen(null, "ping", T0, false, 1);
        CompletionStage<Void> bad = store.commit(Given.seen("other", other, List.of(broken), List.of()));
        done(store.commit(Given.of("main", epoch, change(firing))));
        assertThatThrownBy(() -> done(bad))
                .isInstanceOf(StoreException.class)
                .hasMessageMatching("(?s).*(NOT NULL|not-null).*");
        assertThat(store.life(firing.alert().id())).contains(firing);
    }

    @Test
    void twoOwnersWriteAtTheSameTime() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> owners = new ArrayList<>();
        for (String cluster : List.of("one", "two")) {
            long epoch = store.claim(cluster).epoch();
            Thread owner = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException stopped) {
                    throw new AssertionError(stopped);
                }
                CompletionStage<Void> last = null;
                for (int i = 1; i <= 2000; i++) {
                    last = store.commit(
                            Given.of(cluster, epoch, change(life(cluster, "n" + i % 50, 1, i, AlertState.FIRING))));
                }
                done(last);
            });
            owners.add(owner);
            owner.start();
        }
        start.countDown();
        for (Thread owner : owners) {
            owner.join();
        }
        for (String cluster : List.of("one", "two")) {
            assertThat(store.claim(cluster).open())
                    .hasSize(50)
                    .allMatch(life -> life.alert().revision() > 1950);
        }
        double groups = registry.get("tocsin_store_commit").timer().count();
        assertThat(groups).isLessThan(4000);
    }

    @Test
    void notificationThatCannotBeReadDoesNotHoldUpTheRest() {
        long epoch = store.claim("main").epoch();
        Life first = life("main", "n1", 1, 1, AlertState.FIRING);
        tell(epoch, first);
        codec.forget();
        Life second = life("main", "n2", 1, 1, AlertState.FIRING);
        tell(epoch, second);
        assertThat(done(store.due("slack", T0, 10, Set.of())))
                .extracting(Notification::alertId)
                .containsExactly(second.alert().id());
        await().atMost(Duration.ofSeconds(10)).until(() -> store.backlog("slack") == 1);
    }

    private void tell(long epoch, Life life) {
        done(store.commit(Given.of(
                "main", epoch, List.of(change(life)), List.of(told(life, "slack", ChangeKind.FIRED, true, T0)))));
    }

    /** Prints what it measures; the machine decides the figures. */
    @Test
    void hundredThousandNotificationsThroughTheOutbox() {
        long epoch = store.claim("main").epoch();
        int many = 100_000;
        long start = System.nanoTime();
        CompletionStage<Void> last = null;
        for (int i = 0; i < many; ) {
            List<Transaction.Change> changes = new ArrayList<>();
            List<Notification> told = new ArrayList<>();
            for (int j = 0; j < 50; j++, i++) {
                Life life = life("main", "n" + i, 1, 1, AlertState.FIRING);
                changes.add(change(life, ChangeKind.FIRED));
                told.add(told(life, "slack", ChangeKind.FIRED, true, T0));
            }
            last = store.commit(Given.of("main", epoch, changes, told));
        }
        done(last);
        print("alert, transition and notification written", many, start);
        assertThat(store.backlog("slack")).isEqualTo(many);

        long takeUp = System.nanoTime();
        done(store.takeUp("slack"));
        print("taken up by a sender", many, takeUp);

        long reads = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThat(done(store.due("slack", T0, 20, Set.of()))).hasSize(20);
        }
        print("due with a backlog of " + many, 200, reads);

        long marks = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            CompletionStage<Void> mark = null;
            for (Notification n : done(store.due("slack", T0, 1000, Set.of()))) {
                mark = store.record(
                        n, new Notification.Attempt(T0, 5, "sent", "ok"), NotificationState.SENT, null, null);
            }
            done(mark);
        }
        print("due and sent", 20_000, marks);
        assertThat(store.backlog("slack")).isEqualTo(many - 20_000);

        long single = System.nanoTime();
        for (int i = 1; i <= 500; i++) {
            done(store.commit(Given.of("main", epoch, change(life("main", "n1", 1, i, AlertState.FIRING)))));
        }
        print("durable commits, one after the other", 500, single);

        long claim = System.nanoTime();
        assertThat(store.claim("main").open()).hasSize(many);
        print("open alerts taken over", many, claim);
    }

    private static void print(String what, int count, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%s: %.0f a second (%.1f µs each)%n", what, count / seconds, seconds * 1e6 / count);
    }
}
