package io.tocsin.store;

import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Brings a database's schema up to date with the scripts under {@code db/migration}. */
final class Schema {
    /** The table that says which scripts were run. */
    static final String HISTORY = "schema_history";

    /** The script that every database of ours begins with. */
    static final String BEGINNING = "V1__store.sql";

    private Schema() {}

    /**
     * Migrates.
     *
     * @param name what to call the database in a message
     * @throws StoreException if the schema is newer than this version knows, was tampered with, or cannot be written
     */
    static void migrate(DataSource database, String name) {
        try {
            Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(database)
                    .locations("classpath:db/migration")
                    .table(HISTORY)
                    .loggers(QuietLog.class.getName())
                    .load();
            refuseNewer(flyway, name);
            flyway.migrate();
        } catch (FlywayException fault) {
            String hint = Faults.locked(fault)
                    ? "close whatever else has it open"
                    : "it may have been changed by hand; restore a backup";
            throw new StoreException(
                    name + ": the schema cannot be brought up to date (" + Faults.text(fault) + "): " + hint, fault);
        }
    }

    private static void refuseNewer(Flyway flyway, String name) {
        MigrationInfo[] all = flyway.info().all();
        Optional<MigrationInfo> newer = Arrays.stream(all)
                .filter(info -> info.getState().isApplied() && !info.getState().isResolved())
                .reduce((before, after) -> after);
        if (newer.isPresent()) {
            String known = Arrays.stream(all)
                    .filter(info -> info.getState().isResolved())
                    .map(info -> info.getVersion().toString())
                    .reduce("0", (before, after) -> after);
            throw new StoreException(
                    name + " has schema version " + newer.get().getVersion() + ", this version of Tocsin knows up to "
                            + known + ": start the newer version, or restore a backup made before it",
                    null);
        }
    }
}
