package io.tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
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

    @ParameterizedTest
    @CsvSource({
        // connection, also one that was cut; too many; shutting down, crashed, starting
        "08001, true, false",
        "08003, true, false",
        "08006, true, false",
        "53300, true, false",
        "53100, true, false",
        "57P01, true, true",
        "57P02, true, false",
        "57P03, true, false",
        "58030, true, false",
        // somebody was in the way, or it took too long
        "40001, true, true",
        "40P01, true, true",
        "55P03, true, true",
        "57014, true, true",
        "25P03, true, true",
        // it is a standby now; nobody is let in, or the database is gone
        "25006, true, false",
        "28P01, true, false",
        "28000, true, false",
        "3D000, true, false",
        "42501, true, false",
        "42P01, true, false",
        // damaged
        "XX001, true, false",
        // what was to be written is wrong
        "22021, false, false",
        "22003, false, false",
        "23502, false, false",
        "23505, false, false",
        "42601, false, false",
        "42703, false, false",
        "54000, false, false"
    })
    void postgresqlIsAwayWhenWhatWasToBeWrittenIsNotToBlame(String state, boolean away, boolean brief) {
        SQLException fault = new ServerException("x", state);
        assertThat(Faults.away(fault)).isEqualTo(away);
        assertThat(Faults.brief(fault)).isEqualTo(brief);
        assertThat(Faults.away(new RuntimeException(fault))).isEqualTo(away);
    }

    @Test
    void faultOfABatchSaysWhatIsWrongAndNotWhatWasWritten() {
        BatchUpdateException batch = new BatchUpdateException("Batch entry 0 INSERT … SECRET", "23502", new int[0]);
        batch.setNextException(new ServerException("ERROR: null value in column \"node\"", "23502"));
        assertThat(Faults.text(batch)).isEqualTo("ERROR: null value in column \"node\"");
    }

    /** As the driver's, which cannot be made with a state of choice from outside. */
    private static final class ServerException extends SQLException {
        private static final long serialVersionUID = 1;

        ServerException(String message, String state) {
            super(message, state);
        }
    }
}
