package io.tocsin.store;

import static io.tocsin.store.Given.T0;
import static io.tocsin.store.Given.change;
import static io.tocsin.store.Given.done;
import static io.tocsin.store.Given.life;
import static io.tocsin.store.Given.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Life;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of decisions when the file is damaged under an open store. */
class SqliteDamageTest {
    @TempDir
    Path dir;

    @Test
    void damagedDatabaseIsAwayAndWhatIsDecidedGoesOut() throws Exception {
        List<String> out = Collections.synchronizedList(new ArrayList<>());
        StoreSettings impatient = new StoreSettings(null, dir, Duration.ofMillis(10));
        try (SqlStore store = SqlStore.open(impatient, new FakeCodec(), new SimpleMeterRegistry(), Clock.systemUTC())) {
            long epoch = store.claim("main").epoch();
            for (int i = 0; i < 500; i++) {
                done(store.commit(Given.of("main", epoch, change(life("main", "x" + i, 1, 1, AlertState.FIRING)))));
            }
            damage();
            Life firing = life("main", "n1", 1, 2, AlertState.FIRING);
            CompletionStage<Void> fired = store.commit(
                    Given.of(
                            "main",
                            epoch,
                            List.of(change(firing, ChangeKind.FIRED)),
                            List.of(told(firing, "slack", ChangeKind.FIRED, true, T0))),
                    () -> out.add("n1 fired"));
            await().atMost(Duration.ofSeconds(20)).until(() -> out.equals(List.of("n1 fired")));
            assertThat(done(store.due("slack", T0, 100, Set.of()))).hasSize(1);
            assertThat(fired.toCompletableFuture()).isNotDone();
        }
    }

    private void damage() throws Exception {
        try (Connection other = Backing.SQLITE.connect(dir);
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        try (RandomAccessFile file =
                new RandomAccessFile(dir.resolve("tocsin.db").toFile(), "rw")) {
            file.seek(4096);
            file.write(new byte[(int) file.length() - 4096]);
        }
    }
}
