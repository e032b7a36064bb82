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
import io.tocsin.model.Secret;
import io.tocsin.model.Transition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL server's database: starts that must fail clearly, several processes at once, sessions that hang. */
class PostgresTest {
    @TempDir
    Path dir;

    private SqlStore open(PostgresSettings server) {
        return open(server, dir);
    }

    private static SqlStore open(PostgresSettings server, Path data) {
        return SqlStore.open(
                StoreSettings.of(server, data, StoreSettings.DEGRADED_AFTER),
                new FakeCodec(),
                new SimpleMeterRegistry(),
                Clock.fixed(T0, ZoneOffset.UTC));
    }

    private void refused(PostgresSettings server, String... words) {
        assertThatThrownBy(() -> open(server))
                .isInstanceOf(StoreException.class)
                .satisfies(fault -> assertThat(fault.getMessage())
                        .startsWith(server.url())
                        .contains(words)
                        .doesNotContain("SECRETMARK"));
        // nothing is left that would keep the next start out
        assertThatThrownBy(() -> open(server)).hasMessageStartingWith(server.url());
    }

    private static PostgresSettings with(PostgresSettings s, String user, String password, int port, String database) {
        return new PostgresSettings(
                s.host(),
                port,
                database,
                user,
                Secret.of(password),
                s.tls(),
                s.rootCert(),
                s.pool(),
                s.connectTimeout());
    }

    private static PostgresSettings with(PostgresSettings s, PostgresSettings.Tls tls) {
        return new PostgresSettings(
                s.host(),
                s.port(),
                s.database(),
                s.user(),
                s.password(),
                tls,
                s.rootCert(),
                s.pool(),
                s.connectTimeout());
    }

    private static void sql(PostgresSettings server, String... statements) throws SQLException {
        try (Connection connection = PostgresServer.connect(server);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    @Test
    void emptyDatabaseBecomesOursAndOpensAgain() {
        PostgresSettings server = PostgresServer.emptyDatabase();
        Life firing = life("main", "n1", 1, 2, AlertState.FIRING);
        FakeCodec codec = new FakeCodec();
        StoreSettings settings = StoreSettings.of(server, dir, StoreSettings.DEGRADED_AFTER);
        Clock clock = Clock.fixed(T0, ZoneOffset.UTC);
        try (SqlStore store = SqlStore.open(settings, codec, new SimpleMeterRegistry(), clock)) {
            long epoch = store.claim("main").epoch();
            done(store.commit(Given.of("main", epoch, change(firing))));
        }
        try (SqlStore store = SqlStore.open(settings, codec, new SimpleMeterRegistry(), clock)) {
            assertThat(store.claim("main").open()).containsExactly(firing);
        }
        assertThat(dir.resolve("tocsin.db")).doesNotExist();
    }

    @Test
    void membersThatStartAtOnceAllComeUp() throws Exception {
        for (int round = 0; round < 3; round++) {
            PostgresSettings server = PostgresServer.emptyDatabase();
            CountDownLatch start = new CountDownLatch(1);
            List<CompletableFuture<SqlStore>> members = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Path data = dir.resolve("member" + round + i);
                CompletableFuture<SqlStore> member = new CompletableFuture<>();
                members.add(member);
                new Thread(() -> {
                            try {
                                start.await();
                                member.complete(open(server, data));
                            } catch (InterruptedException | RuntimeException fault) {
                                member.completeExceptionally(fault);
                            }
                        })
                        .start();
            }
            start.countDown();
            for (CompletableFuture<SqlStore> member : members) {
                try (SqlStore store = done(member)) {
                    assertThat(store.clusters()).isEmpty();
                }
            }
        }
    }

    @Test
    void wrongPasswordIsRefused() {
        PostgresSettings server = PostgresServer.database();
        // the server lets everybody in over 127.0.0.1 but this one
        PostgresServer.execute("CREATE ROLE locked LOGIN PASSWORD 'right'", server);
        PostgresServer.askForPassword("locked");
        refused(
                with(server, "locked", "SECRETMARK", server.port(), server.database()),
                "does not accept the password of locked: check store.password");
    }

    @Test
    void unknownDatabaseIsRefused() {
        PostgresSettings server = PostgresServer.database();
        refused(
                with(server, PostgresServer.USER, "SECRETMARK", server.port(), "nowhere"),
                "the server has no database nowhere",
                "CREATE DATABASE nowhere OWNER postgres");
    }

    @Test
    void unknownUserIsRefused() {
        PostgresSettings server = PostgresServer.database();
        refused(
                with(server, "nobody", "SECRETMARK", server.port(), server.database()),
                "does not let nobody in",
                "role \"nobody\" does not exist");
    }

    @Test
    void serverThatIsNotThereIsRefused() {
        PostgresSettings server = PostgresServer.database();
        refused(
                with(server, PostgresServer.USER, "SECRETMARK", 1, server.database()),
                "cannot be reached",
                "check host and port");
    }

    @Test
    void serverThatDoesNotAnswerIsRefusedWithinSeconds() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();
            PostgresSettings server = with(PostgresServer.database(), "t", "SECRETMARK", silent.getLocalPort(), "t");
            assertThatThrownBy(() -> open(server))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be reached");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void serverWithoutTlsIsRefusedIfTlsIsRequired() {
        refused(with(PostgresServer.database(), PostgresSettings.Tls.REQUIRE), "offers no TLS", "store.tls");
        refused(with(PostgresServer.database(), PostgresSettings.Tls.VERIFY_FULL), "offers no TLS", "store.tls");
    }

    @Test
    void databaseOfSomebodyElseIsRefused() throws SQLException {
        PostgresSettings server = PostgresServer.emptyDatabase();
        sql(server, "CREATE TABLE songs (name TEXT)", "CREATE VIEW hits AS SELECT * FROM songs");
        refused(server, "is not Tocsin's: it holds hits, songs: name an empty database in store.url");
        sql(server, "CREATE TABLE schema_history (installed_rank INT, version TEXT, script TEXT)");
        refused(server, "is not Tocsin's: it holds hits, schema_history, songs");
        sql(server, "INSERT INTO schema_history VALUES (1, '1', 'V1__songs.sql')");
        refused(server, "is not Tocsin's");
    }

    @Test
    void newerSchemaIsRefused() throws SQLException {
        PostgresSettings server = PostgresServer.database();
        sql(
                server,
                "INSERT INTO schema_history SELECT 99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', installed_on, 1,"
                        + " true FROM schema_history WHERE installed_rank = 1");
        refused(server, "has schema version 99, this version of Tocsin knows up to ");
    }

    @Test
    void databaseThatCannotHoldAllTextIsRefused() {
        refused(
                PostgresServer.emptyDatabase("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"),
                "is encoded in LATIN1: create it with TEMPLATE template0 ENCODING 'UTF8'");
    }

    @Test
    void databaseThatMayNotBeWrittenIsRefused() {
        PostgresSettings server = PostgresServer.emptyDatabase();
        PostgresServer.execute("CREATE ROLE guest LOGIN", server);
        refused(
                with(server, "guest", "any", server.port(), server.database()),
                "guest may not create tables in schema public: make that role the owner");
        PostgresServer.execute(
                "ALTER DATABASE " + server.database() + " SET default_transaction_read_only = on", server);
        refused(server, "is set to be read only");
    }

    @Test
    void dataDirectoryIsLockedAndTheDatabaseIsNot() {
        PostgresSettings server = PostgresServer.database();
        try (SqlStore one = open(server, dir.resolve("one"));
                SqlStore two = open(server, dir.resolve("two"))) {
            long old = one.claim("main").epoch();
            assertThatThrownBy(() -> open(server, dir.resolve("one"))).hasMessageContaining("is in use by process");
            two.claim("other");
            Life firing = life("main", "n1", 1, 1, AlertState.FIRING);
            done(one.commit(Given.of("main", old, change(firing))));
            assertThat(two.clusters()).containsExactly("main", "other");
        }
    }

    @Test
    void textWithAZeroCharacterBreaksNothing() {
        try (SqlStore store = open(PostgresServer.database())) {
            long epoch = store.claim("main").epoch();
            Life odd = life("main", "n\0\ud8001", 1, 1, AlertState.FIRING);
            Transition transition = new Transition(
                    odd.alert().id(),
                    1,
                    ChangeKind.FIRED,
                    T0,
                    io.tocsin.model.Cause.READING,
                    "zero \0 here",
                    "ann\0",
                    List.of("on\0call"));
            done(store.commit(Given.of(
                    "main",
                    epoch,
                    List.of(new Transaction.Change(odd, List.of(transition), false)),
                    List.of(told(odd, "sl\0ack", ChangeKind.FIRED, true, T0)))));
            assertThat(store.transitions(odd.alert().id()))
                    .singleElement()
                    .matches(t -> t.detail().equals("zero \ufffd here") && t.by().equals("ann\ufffd"));
            assertThat(store.life(odd.alert().id())).contains(odd);
            assertThat(store.claim("main").open()).hasSize(1);
            assertThat(store.reachable()).isTrue();
        }
    }

    @Test
    void sessionThatIsEndedByTheServerIsReplacedAtOnce() throws SQLException {
        PostgresSettings server = PostgresServer.database();
        try (SqlStore store = open(server)) {
            long epoch = store.claim("main").epoch();
            sql(
                    server,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND pid <> pg_backend_pid()");
            done(store.commit(Given.of("main", epoch, change(life("main", "n1", 1, 1, AlertState.FIRING)))));
            assertThat(store.clusters()).containsExactly("main");
            assertThat(store.reachable()).isTrue();
        }
    }

    @Test
    void writerThatFreezesInATransactionHoldsNobodyUp() throws SQLException {
        PostgresSettings server = PostgresServer.database();
        try (SqlStore store = open(server);
                Connection frozen = new Postgres(server).writer();
                Statement statement = frozen.createStatement()) {
            long epoch = store.claim("main").epoch();
            statement.execute("UPDATE owner SET beat = beat + 1");
            long start = System.nanoTime();
            done(store.commit(Given.of("main", epoch, change(life("main", "n1", 1, 1, AlertState.FIRING)))));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(store.reachable()).as("nobody calls that an outage").isTrue();
            assertThatThrownBy(frozen::commit)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            ended -> assertThat(Faults.brief(ended) || Faults.away(ended))
                                    .as(ended.getSQLState())
                                    .isTrue());
        }
    }

    @Test
    void writerFrozenAmidstALongAnswerIsIdleToTheServer() throws SQLException {
        PostgresSettings server = PostgresServer.database();
        try (Connection frozen = new Postgres(server).writer();
                Statement statement = frozen.createStatement()) {
            statement.setQueryTimeout(0);
            try (ResultSet rows =
                    statement.executeQuery("SELECT repeat('x', 10000) FROM generate_series(1, 20000) AS n")) {
                assertThat(rows.next()).isTrue();
                await().atMost(Duration.ofSeconds(10)).until(() -> writers(server) == 0);
            } catch (SQLException ended) {
                assertThat(Faults.away(ended)).isTrue();
            }
        }
    }

    private static int writers(PostgresSettings server) throws SQLException {
        try (Connection connection = PostgresServer.connect(server);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name = 'tocsin writer'")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void writerHasTheTimeoutsThatFreeOthers() throws SQLException {
        try (Connection writer = new Postgres(PostgresServer.database()).writer();
                Statement statement = writer.createStatement()) {
            for (String timeout : List.of("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")) {
                try (ResultSet row =
                        statement.executeQuery("SELECT setting::int FROM pg_settings WHERE name = '" + timeout + "'")) {
                    row.next();
                    assertThat(row.getInt(1)).as(timeout).isBetween(1, 1000);
                }
            }
            try (ResultSet row = statement.executeQuery("SHOW synchronous_commit")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("on");
            }
            assertThat(writer.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    @Test
    void readersCannotWrite() {
        try (SqlStore store = open(PostgresServer.database());
                Reader reader = new Reader(new Postgres(PostgresServer.database()))) {
            assertThat(store.clusters()).isEmpty();
            assertThatThrownBy(() -> reader.read("writing", h -> h.execute("DELETE FROM owner")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("read-only");
        }
    }
}
