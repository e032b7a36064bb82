package io.tocsin.store;

import static io.tocsin.store.Given.T0;
import static io.tocsin.store.Given.change;
import static io.tocsin.store.Given.done;
import static io.tocsin.store.Given.life;
import static io.tocsin.store.Given.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Life;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the file: starts that must fail clearly, and ends that must lose nothing. */
class SqliteFileTest {
    @TempDir
    Path dir;

    private final FakeCodec codec = new FakeCodec();

    private SqlStore open(Path data) {
        return open("sqlite:" + data.resolve("tocsin.db"), data);
    }

    private SqlStore open(String url, Path data) {
        return SqlStore.open(
                new StoreSettings(url, data), codec, new SimpleMeterRegistry(), Clock.fixed(T0, ZoneOffset.UTC));
    }

    private void sql(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private Path made() {
        open(dir).close();
        return dir.resolve("tocsin.db");
    }

    @Test
    void whatWasCommittedOutlivesAKill() throws IOException {
        Path killed = dir.resolve("killed");
        Path copy = Files.createDirectory(dir.resolve("copy"));
        Life firing = life("main", "n1", 1, 2, AlertState.FIRING);
        try (SqlStore store = open(killed)) {
            long epoch = store.claim("main").epoch();
            done(store.commit(Given.of(
                    "main",
                    epoch,
                    List.of(change(firing, ChangeKind.FIRED)),
                    List.of(told(firing, "slack", ChangeKind.FIRED, true, T0)))));
            // what a process that is killed here leaves on the disk
            for (String name : List.of("tocsin.db", "tocsin.db-wal")) {
                Files.copy(killed.resolve(name), copy.resolve(name));
            }
        }
        try (SqlStore store = open(copy)) {
            Restored restored = store.claim("main");
            assertThat(restored.open()).containsExactly(firing);
            assertThat(restored.epoch()).isEqualTo(2);
            done(store.takeUp("slack"));
            assertThat(done(store.due("slack", T0, 10, Set.of()))).hasSize(1);
        }
    }

    @Test
    void closedStoreOpensAgainWithEverything() {
        Life firing = life("main", "n1", 1, 2, AlertState.FIRING);
        try (SqlStore store = open(dir)) {
            long epoch = store.claim("main").epoch();
            for (int i = 0; i < 5000; i++) {
                store.commit(Given.of("main", epoch, change(life("main", "n" + i, 1, 1, AlertState.FIRING))));
            }
            store.commit(Given.of("main", epoch, change(firing)));
        }
        try (SqlStore store = open(dir)) {
            assertThat(store.claim("main").open()).hasSize(5000).contains(firing);
        }
    }

    @Test
    void defaultDatabaseLiesInTheDataDirectory() {
        open("", dir.resolve("deep/data")).close();
        assertThat(dir.resolve("deep/data/tocsin.db")).exists();
    }

    @Test
    void otherUrlsAreRefusedWithWhatIsAllowed() {
        for (String url : List.of("mysql://u:secret@h/x", "sqlite:", "sqlite::memory:", "tocsin.db", "sqlite:a?b")) {
            assertThatThrownBy(() -> open(url, dir))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("store.url: ")
                    .hasMessageContaining("write sqlite:FILE")
                    .hasMessageNotContaining("secret");
        }
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void directoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "x");
        assertThatThrownBy(() -> open(file.resolve("data")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("data directory " + file.resolve("data") + " cannot be created");
        assertThatThrownBy(() -> open(Path.of("/proc/self/tocsin"))).isInstanceOf(StoreException.class);
    }

    @Test
    void secondStoreOnADirectoryIsRefusedAndTheFirstKeepsItsLock() throws Exception {
        try (SqlStore first = open(dir)) {
            String held = "data directory " + dir + " is in use by process "
                    + ProcessHandle.current().pid();
            assertThatThrownBy(() -> open(dir))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith(held);
            assertThatThrownBy(() -> open("sqlite:" + dir.resolve("tocsin.db"), dir.resolve("other")))
                    .hasMessageStartingWith(held);
            assertThat(lockedForOthers()).isTrue();
            assertThat(first.claim("main").epoch()).isEqualTo(1);
        }
        assertThat(lockedForOthers()).isFalse();
        open(dir).close();
    }

    /** Asks from another process, as locks belong to processes. */
    private boolean lockedForOthers() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path").split(File.pathSeparator)[0],
                        LockProbe.class.getName(),
                        dir.resolve("tocsin.lock").toString())
                .redirectErrorStream(true)
                .start();
        assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return other.exitValue() == 3;
    }

    /** Exits with 3 if somebody else holds the lock on a file. */
    static final class LockProbe {
        private LockProbe() {}

        public static void main(String[] args) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
                System.exit(channel.tryLock() == null ? 3 : 0);
            }
        }
    }

    @Test
    void fileThatIsNoDatabaseIsRefusedAndKept() throws IOException {
        Path file = Files.writeString(dir.resolve("tocsin.db"), "my diary, dear to me");
        assertThatThrownBy(() -> open(dir))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file + " is no SQLite database")
                .hasMessageContaining("restore a backup");
        assertThat(file).hasContent("my diary, dear to me");
    }

    @Test
    void emptyFileIsRefused() throws IOException {
        Files.createFile(dir.resolve("tocsin.db"));
        assertThatThrownBy(() -> open(dir)).isInstanceOf(StoreException.class).hasMessageContaining("is empty");
    }

    @Test
    void missingDatabaseWithAJournalIsRefused() throws IOException {
        Files.writeString(dir.resolve("tocsin.db-wal"), "frames");
        assertThatThrownBy(() -> open(dir))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("tocsin.db is missing, but its journal");
    }

    @Test
    void databaseOfSomebodyElseIsRefused() throws SQLException {
        sql(dir.resolve("tocsin.db"), "CREATE TABLE songs (name TEXT)");
        assertThatThrownBy(() -> open(dir))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is an SQLite database, but not one of Tocsin");
    }

    @Test
    void damagedDatabaseIsRefused() throws IOException {
        Path file = dir.resolve("tocsin.db");
        try (SqlStore store = open(dir)) {
            long epoch = store.claim("main").epoch();
            for (int i = 0; i < 2000; i++) {
                store.commit(Given.of("main", epoch, change(life("main", "n" + i, 1, 1, AlertState.FIRING))));
            }
        }
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 4096 * 3; i < bytes.length - 4096; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Files.write(file, bytes);
        assertThatThrownBy(() -> open(dir))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("damaged");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void truncatedDatabaseIsRefused() throws IOException {
        Path file = made();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> open(dir)).isInstanceOf(StoreException.class).hasMessageContaining(file.toString());
    }

    @Test
    void databaseOfTheFirstVersionIsTakenOver() throws SQLException {
        Life fired = Given.under(life("main", "n1", 1, 1, AlertState.FIRING), "memory is above 85 percent");
        Life over = Given.resolvedBy(life("main", "n2", 1, 1, AlertState.RESOLVED), "ann");
        try (SqlStore store = open(dir)) {
            long epoch = store.claim("main").epoch();
            done(store.commit(Given.of("main", epoch, change(fired), change(over))));
        }
        sql(
                dir.resolve("tocsin.db"),
                "DROP INDEX alert_muted",
                "ALTER TABLE alert DROP COLUMN muted",
                "ALTER TABLE alert DROP COLUMN fired_by",
                "ALTER TABLE owner DROP COLUMN holder",
                "DROP TABLE holder",
                "DROP TABLE sender",
                "DROP TABLE audit",
                "DROP INDEX alert_by_subject",
                "DROP INDEX diagnostic_by_alert",
                "DROP INDEX diagnostic_by_node",
                "ALTER TABLE diagnostic DROP COLUMN node",
                "ALTER TABLE diagnostic DROP COLUMN alert_id",
                "DELETE FROM schema_history WHERE version IN ('2', '3', '4', '5')");
        try (SqlStore store = open(dir)) {
            Restored restored = store.claim("main");
            assertThat(restored.open()).containsExactly(fired);
            assertThat(restored.muted()).as("nobody noted it then").isEmpty();
            assertThat(store.stats(Given.T0).byRule()).containsOnly(Map.entry("memory is above 85 percent", 1L));
        }
    }

    @Test
    void newerSchemaIsRefused() throws SQLException {
        Path file = made();
        sql(
                file,
                "INSERT INTO schema_history SELECT 99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', installed_on, 1, 1"
                        + " FROM schema_history WHERE installed_rank = 1");
        assertThatThrownBy(() -> open(dir))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file + " has schema version 99, this version of Tocsin knows up to 5");
    }

    @Test
    void databaseLockedByAnotherProgramIsRefused() throws SQLException {
        Path file = made();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            assertThatThrownBy(() -> open(dir))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(file + " is locked by another program");
        }
        open(dir).close();
    }

    @Test
    void unreadableAlertStopsTheTakeover() {
        try (SqlStore store = open(dir)) {
            long epoch = store.claim("main").epoch();
            Life firing = life("main", "n1", 1, 2, AlertState.FIRING);
            done(store.commit(Given.of("main", epoch, change(firing))));
            codec.forget();
            assertThatThrownBy(() -> store.claim("main"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("alert " + firing.alert().id());
        }
    }
}
