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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may take over what another process holds, and when. */
@ParameterizedClass
@EnumSource
class TakeoverTest {
    private static final Duration SETTLE = Sharing.SETTLE;

    @Parameter
    Backing backing;

    @TempDir
    Path dir;

    private final FakeCodec codec = new FakeCodec();
    private Peer a;
    private Peer b;

    @BeforeEach
    void open() {
        a = peer("a:1");
        b = peer("b:2");
        b.tick();
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    private Peer peer(String place) {
        return new Peer(place, backing, dir, codec, SETTLE);
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = backing.connect(dir);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void clusterIsTakenOverOnlyAfterItsHolderStoodStillForTheSettleTime() {
        long epoch = a.claim("main");
        Life firing = life("main", "n1", 1, 1, AlertState.FIRING);
        done(a.store.commit(Given.of("main", epoch, change(firing, ChangeKind.FIRED))));
        b.tick();
        b.lives(SETTLE.minusMillis(250));
        assertThatThrownBy(() -> b.claim("main"))
                .isInstanceOf(HeldException.class)
                .hasMessage("cluster main is held by a:1");
        b.lives(Duration.ofMillis(250));
        Restored taken = b.store.claim("main");
        assertThat(taken.epoch()).isEqualTo(epoch + 1);
        assertThat(taken.open()).containsExactly(firing);
    }

    @Test
    void holderThatBeatsIsNeverTakenOver() {
        a.claim("main");
        for (int i = 0; i < 20; i++) {
            a.tick();
            b.lives(Duration.ofMillis(500));
            assertThatThrownBy(() -> b.claim("main")).isInstanceOf(HeldException.class);
        }
    }

    @Test
    void whatWasGivenBackIsTakenAtOnce() {
        long epoch = a.claim("main");
        done(a.store.release("main", epoch));
        assertThat(b.claim("main")).isEqualTo(epoch + 1);
        assertThatThrownBy(() -> a.claim("main")).isInstanceOf(HeldException.class);
    }

    @Test
    void givingBackAtAnOldEpochGivesNothingAway() {
        long old = a.claim("main");
        a.claim("main");
        done(a.store.release("main", old));
        assertThatThrownBy(() -> b.claim("main")).isInstanceOf(HeldException.class);
    }

    @Test
    void sameProcessClaimsAgainAtOnce() {
        long epoch = a.claim("main");
        assertThat(a.claim("main")).isEqualTo(epoch + 1);
        a.waits(Duration.ofHours(1));
        assertThat(a.claim("main")).isEqualTo(epoch + 2);
    }

    @Test
    void processThatEndsInOrderLeavesNothingHeld() {
        long epoch = a.claim("main");
        a.close();
        b.tick();
        assertThat(b.claim("main")).isEqualTo(epoch + 1);
    }

    @Test
    void nextLifeOfAProcessIsAnotherOne() {
        a.claim("main");
        try (Peer again = peer("a:1")) {
            assertThatThrownBy(() -> again.claim("main")).isInstanceOf(HeldException.class);
            again.lives(SETTLE);
            assertThat(again.claim("main")).isEqualTo(2);
        }
    }

    @Test
    void ofTwoRacersOneWins() throws Exception {
        for (int i = 0; i < 20; i++) {
            a.claim("c" + i);
        }
        try (Peer c = peer("c:3")) {
            b.lives(SETTLE.plus(SETTLE));
            c.lives(SETTLE);
            CyclicBarrier start = new CyclicBarrier(2);
            for (int i = 0; i < 20; i++) {
                String cluster = "c" + i;
                List<CompletableFuture<Boolean>> racers = Stream.of(b, c)
                        .map(racer -> CompletableFuture.supplyAsync(() -> wins(racer, cluster, start)))
                        .toList();
                assertThat(racers.stream().filter(CompletableFuture::join)).hasSize(1);
                assertThat(count("SELECT epoch FROM owner WHERE cluster = '" + cluster + "'"))
                        .isEqualTo(2);
            }
        }
    }

    private static boolean wins(Peer racer, String cluster, CyclicBarrier start) {
        try {
            start.await();
            racer.claim(cluster);
            return true;
        } catch (HeldException slower) {
            return false;
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void holderThatThawsJustInTimeKeepsItsCluster() {
        long epoch = a.claim("main");
        b.lives(SETTLE.plus(SETTLE));
        a.tick();
        assertThatThrownBy(() -> b.claim("main")).isInstanceOf(HeldException.class);
        done(a.store.commit(Given.of("main", epoch)));
    }

    @Test
    void holderThatThawsTooLateIsFenced() {
        long epoch = a.claim("main");
        b.lives(SETTLE.plus(SETTLE));
        b.claim("main");
        a.tick();
        Life late = life("main", "n1", 1, 1, AlertState.FIRING);
        assertThatThrownBy(() -> done(a.store.commit(Given.of("main", epoch, change(late)))))
                .isInstanceOf(FencedException.class);
        assertThat(b.store.life(late.alert().id())).isEmpty();
        assertThatThrownBy(() -> a.claim("main")).isInstanceOf(HeldException.class);
    }

    @Test
    void whileNobodyLookedNothingIsProved() {
        a.claim("main");
        b.tick();
        b.waits(Duration.ofMinutes(1));
        assertThatThrownBy(() -> b.claim("main")).isInstanceOf(HeldException.class);
        b.tick();
        assertThatThrownBy(() -> b.claim("main")).isInstanceOf(HeldException.class);
        b.lives(Duration.ofMillis(500));
        assertThat(b.claim("main")).isEqualTo(2);
    }

    @Test
    void rowOfAProcessThatIsGoneIsKeptForADay() throws SQLException {
        a.claim("main");
        b.lives(SETTLE);
        b.now.set(T0.plus(Beats.KEPT));
        b.tick();
        assertThat(count("SELECT COUNT(*) FROM holder")).isEqualTo(2);
        b.now.set(T0.plus(Beats.KEPT).plusSeconds(1));
        b.tick();
        assertThat(count("SELECT COUNT(*) FROM holder")).isEqualTo(1);
        b.tick();
        assertThat(b.claim("main")).isEqualTo(2);
        a.tick();
        assertThat(count("SELECT COUNT(*) FROM holder")).isEqualTo(2);
        assertThatThrownBy(() -> done(a.store.commit(Given.of("main", 1)))).isInstanceOf(FencedException.class);
    }

    @Test
    void rowOfALiveProcessStaysHoweverWrongItsClockIs() throws SQLException {
        a.now.set(T0.minus(Duration.ofDays(400)));
        for (int i = 0; i < 10; i++) {
            a.tick();
            b.lives(Duration.ofMillis(250));
        }
        assertThat(count("SELECT COUNT(*) FROM holder")).isEqualTo(2);
    }

    @Test
    void othersSeeWhoHoldsACluster() {
        a.claim("main");
        b.claim("other");
        a.lives(SETTLE);
        b.lives(SETTLE);
        await().untilAsserted(() -> assertThat(b.store.holders())
                .containsEntry("main", new Held("a:1", 1))
                .containsEntry("other", new Held("b:2", 1)));
        b.lives(SETTLE);
        assertThat(b.store.holders()).containsEntry("main", new Held(null, 1));
    }

    @Test
    void openTransactionOfAFrozenOwnerDoesNotBlockTheTakeoverForLong() throws SQLException {
        Assumptions.assumeTrue(backing == Backing.POSTGRESQL, "SQLite has no second process");
        long epoch = a.claim("main");
        b.lives(SETTLE);
        try (Connection frozen = Database.of(backing.settings(dir)).writer()) {
            assertThat(Batch.once(frozen, GroupWriter.FENCE, "main", epoch)).isEqualTo(1);
            long start = System.nanoTime();
            assertThatThrownBy(() -> b.claim("main")).isInstanceOf(HeldException.class);
            assertThat(b.store.reachable())
                    .as("somebody in the way is no outage")
                    .isTrue();
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                try {
                    return b.claim("main") == epoch + 1;
                } catch (HeldException still) {
                    return false;
                }
            });
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2500));
            assertThatThrownBy(frozen::commit).isInstanceOf(SQLException.class);
        }
    }

    private Notification tell(long epoch, long revision, AlertState state, ChangeKind kind) {
        Life life = life("main", "n1", 1, revision, state);
        Notification one = told(life, "slack", kind, revision == 1, T0);
        done(a.store.commit(Given.of("main", epoch, List.of(change(life, kind)), List.of(one))));
        return one;
    }

    private static List<Notification> due(Peer peer) {
        return done(peer.store.due("slack", T0, 10, Set.of()));
    }

    private static void sent(Peer peer, Notification notification) {
        var attempt = new Notification.Attempt(T0, 1, "sent", "ok");
        done(peer.store.record(notification, attempt, NotificationState.SENT, null, null));
    }

    @Test
    void receiverIsTakenOverLikeACluster() {
        done(a.store.takeUp("slack"));
        assertThatThrownBy(() -> done(b.store.takeUp("slack")))
                .isInstanceOf(HeldException.class)
                .hasMessageContaining("receiver slack is held by a:1");
        done(b.store.takeUp("log"));
        b.lives(SETTLE);
        done(b.store.takeUp("slack"));
        assertThatThrownBy(() -> due(a)).hasMessageContaining("receiver slack");
        done(b.store.release("slack"));
        a.tick();
        done(a.store.takeUp("slack"));
    }

    @Test
    void senderThatStoodStillFindsOutBeforeItSends() {
        long epoch = a.claim("main");
        done(a.store.takeUp("slack"));
        tell(epoch, 1, AlertState.FIRING, ChangeKind.FIRED);
        due(a);
        assertThat(done(a.store.tells("slack"))).isTrue();
        assertThat(done(b.store.tells("slack"))).isFalse();
        b.lives(SETTLE);
        done(b.store.takeUp("slack"));
        assertThat(done(a.store.tells("slack"))).isFalse();
        assertThat(done(b.store.tells("slack"))).isTrue();
        done(b.store.release("slack"));
        assertThat(done(b.store.tells("slack"))).isFalse();
    }

    @Test
    void whatASenderMaySayBeforeItDiedIsSaidAgainWithTheSameKey() {
        long epoch = a.claim("main");
        done(a.store.takeUp("slack"));
        tell(epoch, 1, AlertState.FIRING, ChangeKind.FIRED);
        // a sends, and dies before it can say so
        Notification told = due(a).get(0);
        b.lives(SETTLE);
        done(b.store.takeUp("slack"));
        assertThat(due(b)).singleElement().matches(n -> n.alertId().equals(told.alertId()) && n.first());
        tell(epoch, 2, AlertState.RESOLVED, ChangeKind.RESOLVED);
        assertThat(due(b)).singleElement().matches(n -> n.revision() == 2 && !n.first());
    }

    @Test
    void senderThatThawsIsFollowedByTheCurrentState() {
        long epoch = a.claim("main");
        done(a.store.takeUp("slack"));
        tell(epoch, 1, AlertState.FIRING, ChangeKind.FIRED);
        Notification old = due(a).get(0);
        b.lives(SETTLE);
        done(b.store.takeUp("slack"));
        tell(epoch, 2, AlertState.RESOLVED, ChangeKind.RESOLVED);
        sent(b, due(b).get(0));
        assertThat(due(b)).isEmpty();

        assertThatThrownBy(() -> sent(a, old)).isInstanceOf(FencedException.class);
        assertThat(due(b)).singleElement().matches(n -> n.revision() == 2 && !n.first());
        sent(b, due(b).get(0));
        assertThat(due(b)).isEmpty();
        assertThatThrownBy(() -> done(a.store.takeUp("slack"))).isInstanceOf(HeldException.class);
    }

    @Test
    void currentStateThatIsOnItsWayWhenAnOldOneArrivesIsToldOnceMore() {
        long epoch = a.claim("main");
        done(a.store.takeUp("slack"));
        tell(epoch, 1, AlertState.FIRING, ChangeKind.FIRED);
        Notification old = due(a).get(0);
        b.lives(SETTLE);
        done(b.store.takeUp("slack"));
        tell(epoch, 2, AlertState.RESOLVED, ChangeKind.RESOLVED);
        Notification current = due(b).get(0);
        assertThatThrownBy(() -> sent(a, old)).isInstanceOf(FencedException.class);
        sent(b, current);
        assertThat(due(b)).singleElement().matches(n -> n.revision() == 2);
        sent(b, due(b).get(0));
        assertThat(due(b)).isEmpty();
    }

    @Test
    void processesBeatByThemselves() {
        Assumptions.assumeTrue(backing == Backing.POSTGRESQL, "SQLite has no second process");
        try (SqlStore other = itself("d:4")) {
            try (SqlStore mine = itself("c:3")) {
                mine.claim("main");
                await().during(Duration.ofMillis(1800))
                        .atMost(Duration.ofSeconds(5))
                        .untilAsserted(() ->
                                assertThatThrownBy(() -> other.claim("main")).isInstanceOf(HeldException.class));
                await().untilAsserted(() -> assertThat(other.holders()).containsEntry("main", new Held("c:3", 1)));
            }
            await().atMost(Duration.ofMillis(900))
                    .ignoreExceptions()
                    .until(() -> other.claim("main").epoch() == 2);
        }
    }

    private SqlStore itself(String place) {
        return SqlStore.among(
                backing.settings(dir),
                codec,
                new SimpleMeterRegistry(),
                Clock.systemUTC(),
                Sharing.withOthers(Holder.of(place)));
    }

    @Test
    void processThatIsAloneWritesNothingWhileNothingHappens() throws Exception {
        Assumptions.assumeTrue(backing == Backing.SQLITE, "only SQLite is for one process");
        Path own = dir.resolve("own");
        try (SqlStore store = backing.open(own)) {
            store.claim("main");
            try (Connection other = backing.connect(own);
                    Statement statement = other.createStatement()) {
                long before = version(statement);
                await().during(Duration.ofMillis(700)).until(() -> version(statement) == before);
            }
        }
    }

    private static long version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA data_version")) {
            row.next();
            return row.getLong(1);
        }
    }
}
