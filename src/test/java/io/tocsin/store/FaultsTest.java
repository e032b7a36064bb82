package io.tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class FaultsTest {
    @TempDir
    Path dir;

    private SQLException fault(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("x.db"));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException fault) {
            return fault;
        }
        throw new AssertionError("no fault");
    }

    @Test
    void fullDiskPasses() throws SQLException {
        SQLException full = fault(
                "CREATE TABLE t (x TEXT)", "PRAGMA max_page_count = 2", "INSERT INTO t VALUES (zeroblob(100000))");
        assertThat(full.getMessage()).contains("SQLITE_FULL");
        assertThat(Faults.passing(full)).isTrue();
    }

    @Test
    void databaseThatMayOnlyBeReadPasses() throws SQLException {
        SQLException readOnly = fault("CREATE TABLE t (x TEXT)", "PRAGMA query_only = 1", "INSERT INTO t VALUES (1)");
        assertThat(readOnly.getMessage()).contains("SQLITE_READONLY");
        assertThat(Faults.passing(readOnly)).isTrue();
    }

    @Test
    void damagedFileDoesNotPassButIsAway() throws Exception {
        Files.writeString(dir.resolve("x.db"), "no database at all, and long enough to see that\n".repeat(100));
        SQLException damaged = fault("CREATE TABLE t (x TEXT)");
        assertThat(Faults.passing(damaged)).isFalse();
        assertThat(Faults.damaged(damaged)).isTrue();
        assertThat(Faults.away(damaged)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_BUSY, true", "SQLITE_BUSY_SNAPSHOT, true", "SQLITE_IOERR, true", "SQLITE_IOERR_WRITE, true",
        "SQLITE_IOERR_FSYNC, true", "SQLITE_CANTOPEN, true", "SQLITE_CORRUPT, true", "SQLITE_CONSTRAINT, false",
        "SQLITE_TOOBIG, false", "SQLITE_ERROR, false"
    })
    void storeIsAwayWhenTheDatabaseCannotBeWrittenWhateverItIs(SQLiteErrorCode code, boolean away) {
        assertThat(Faults.away(new SQLiteException("x", code))).isEqualTo(away);
    }
}
