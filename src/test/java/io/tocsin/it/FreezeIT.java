package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.Fault;
import io.tocsin.store.PostgresServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A member freezes at the worst moment and goes on when others have its place. {@code -Dtocsin.freeze=40s} keeps it so for
 * longer.
 */
class FreezeIT {
    /** Longer than it takes to replace it. */
    private static final Duration LASTS = Lasting.of("tocsin.freeze", Duration.ofSeconds(15));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Scene scene;

    @BeforeEach
    void start() {
        scene = new Scene(folder, PostgresServer.emptyDatabase());
        scene.trio.start();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void transactionThatThawsIsRefused() throws Exception {
        scene.says("before", "unhealthy");
        await().atMost(Duration.ofSeconds(20)).until(() -> scene.called("before"));
        ProcessAppliance owner = scene.trio.ownerOf("default");
        CompletableFuture<Void> source = CompletableFuture.runAsync(() -> scene.says("within", "unhealthy"));
        freezeWithinATransaction(owner);
        long began = System.nanoTime();

        scene.says("after", "unhealthy");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> scene.called("after"));
        System.out.println("FreezeIT frozen within a transaction → next alert at PagerDuty, ms: "
                + (System.nanoTime() - began) / 1_000_000);
        source.get(60, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(20)).until(() -> scene.called("within"));
        scene.heals("before");
        Lasting.until(began, LASTS);
        List<JsonObject> decided = scene.trio.door().alerts("&cluster=default");
        owner.thaw();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> Scene.metric(owner, "tocsin_store_transactions_total{outcome=\"fenced\"}") >= 1);
        await().until(() -> owner.said().contains("cluster default was taken over by another owner"));
        assertThat(owner.http().alerts("&cluster=default"))
                .as("what it had in hand has changed nothing")
                .isEqualTo(decided);
        scene.heals("within");
        scene.heals("after");
        scene.incidentsOpenedOnce();
        assertThat(scene.slack.violations()).isEmpty();
    }

    /** Its insert is made to wait, so that it is surely within; then it freezes, and the insert is let go. */
    private void freezeWithinATransaction(ProcessAppliance owner) throws SQLException {
        try (Connection lock = PostgresServer.connect(scene.database);
                Connection look = PostgresServer.connect(scene.database);
                Statement obstacle = lock.createStatement()) {
            lock.setAutoCommit(false);
            boolean within = false;
            for (int i = 0; !within; i++) {
                assertThat(i).as("attempts").isLessThan(20);
                obstacle.execute("LOCK TABLE transition IN SHARE MODE");
                await().atMost(Duration.ofSeconds(20))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> writers(look, "wait_event_type = 'Lock'") > 0);
                owner.freeze();
                lock.rollback();
                within = idle(look);
                if (!within) {
                    owner.thaw();
                }
            }
        }
    }

    private static boolean idle(Connection look) throws SQLException {
        for (int i = 0; i < 200; i++) {
            if (writers(look, "state = 'idle in transaction' AND query LIKE 'INSERT%'") > 0) {
                return true;
            }
        }
        return false;
    }

    private static int writers(Connection look, String which) throws SQLException {
        try (Statement statement = look.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM pg_stat_activity WHERE datname ="
                        + " current_database() AND application_name = 'tocsin writer' AND " + which)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void sendThatThawsIsFollowedByTheCurrentState() {
        ProcessAppliance sender = scene.senderOf("pagerduty");
        scene.pagerDuty.play(Fault.slowBody());
        scene.says("n1", "unhealthy");
        await().atMost(Duration.ofSeconds(20)).until(() -> scene.called("n1"));
        sender.freeze();
        long began = System.nanoTime();
        scene.says("n2", "unhealthy");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> scene.called("n2"));
        System.out.println("FreezeIT frozen within a send → next alert at PagerDuty, ms: "
                + (System.nanoTime() - began) / 1_000_000);
        scene.heals("n1");
        Lasting.until(began, LASTS);
        int before = scene.pagerDuty.events().size();
        sender.thaw();

        await().atMost(Duration.ofSeconds(40))
                .until(() -> sender.said().contains("receiver pagerduty was taken over by another member"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(eventsAfter(before)).isNotEmpty().allMatch("resolve"::equals));
        scene.heals("n2");
        assertThat(scene.incident("n1").state()).isEqualTo(FakePagerDuty.State.RESOLVED);
        scene.incidentsOpenedOnce();
        assertThat(scene.pagerDuty.violations()).isEmpty();
    }

    /** What PagerDuty heard of the first node from an event on. */
    private List<String> eventsAfter(int number) {
        String key = scene.pagerDuty.events().get(0).getString("dedup_key");
        return scene.pagerDuty.events().stream()
                .skip(number)
                .filter(one -> one.getString("dedup_key").equals(key))
                .map(one -> one.getString("event_action"))
                .toList();
    }
}
