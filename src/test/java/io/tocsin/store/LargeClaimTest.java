package io.tocsin.store;

import static io.tocsin.store.Given.change;
import static io.tocsin.store.Given.done;
import static io.tocsin.store.Given.life;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster with so many open alerts that to read them takes seconds: whoever claims it shows all the while that it lives. */
class LargeClaimTest {
    private static final int ALERTS = Integer.getInteger("tocsin.claimed.alerts", 30_000);
    private static final int BATCH = 5_000;
    private static final long LONGEST_MS = 500;

    @TempDir
    Path dir;

    @Test
    void beatGoesOnWhileMuchIsClaimed() throws Exception {
        FakeCodec codec = new FakeCodec(500);
        try (Peer before = new Peer("a:1", Backing.POSTGRESQL, dir, codec, Sharing.SETTLE)) {
            fill(before.store, before.claim("main"));
        }
        try (Peer next = new Peer("b:2", Backing.POSTGRESQL, dir, codec, Sharing.SETTLE)) {
            long from = System.nanoTime();
            CompletableFuture<Restored> claim = CompletableFuture.supplyAsync(() -> next.store.claim("main"));
            List<Long> waits = new ArrayList<>();
            while (!claim.isDone()) {
                long asked = System.nanoTime();
                next.tick();
                waits.add((System.nanoTime() - asked) / 1_000_000);
            }
            System.out.println("LargeClaimTest claimed " + ALERTS + " open alerts in "
                    + (System.nanoTime() - from) / 1_000_000 + " ms, longest wait of " + waits.size() + " beats "
                    + waits.stream().max(Long::compare).orElse(0L) + " ms");
            assertThat(claim.get(30, TimeUnit.SECONDS).open()).hasSize(ALERTS);
            assertThat(waits).as("beats").hasSizeGreaterThan(1).allMatch(wait -> wait < LONGEST_MS);
            assertThat(beats("b:2")).isGreaterThan(waits.size() - 1L);
        }
    }

    @Test
    void whoeverHadItIsFencedBeforeItIsRead() {
        FakeCodec codec = new FakeCodec();
        try (Peer before = new Peer("a:1", Backing.POSTGRESQL, dir, codec, Sharing.SETTLE);
                Peer next = new Peer("b:2", Backing.POSTGRESQL, dir, codec, Sharing.SETTLE)) {
            long epoch = before.claim("main");
            done(before.store.commit(
                    Given.of("main", epoch, change(life("main", "n1", 1, 1, AlertState.FIRING), ChangeKind.FIRED))));
            next.lives(Sharing.SETTLE.plus(Duration.ofMillis(500)));
            CompletableFuture<Boolean> late = CompletableFuture.supplyAsync(() -> written(before.store, epoch));
            Restored taken = next.store.claim("main");
            boolean inTime = late.join();
            assertThat(taken.open()).hasSize(inTime ? 2 : 1);
        }
    }

    private static boolean written(SqlStore store, long epoch) {
        try {
            done(store.commit(
                    Given.of("main", epoch, change(life("main", "n2", 1, 1, AlertState.FIRING), ChangeKind.FIRED))));
            return true;
        } catch (FencedException late) {
            return false;
        }
    }

    private static void fill(SqlStore store, long epoch) {
        for (int from = 0; from < ALERTS; from += BATCH) {
            done(store.commit(Given.of(
                    "main",
                    epoch,
                    IntStream.range(from, Math.min(ALERTS, from + BATCH))
                            .mapToObj(i -> change(life("main", "n" + i, 1, 1, AlertState.FIRING), ChangeKind.FIRED))
                            .toArray(Transaction.Change[]::new))));
        }
    }

    private long beats(String place) throws SQLException {
        try (Connection connection = Backing.POSTGRESQL.connect(dir);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT MAX(beat) FROM holder WHERE place = '" + place + "'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
