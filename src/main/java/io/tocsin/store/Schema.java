package io.tocsin.store;

import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database's schema up to date with the scripts under {@code db/migration}. */
final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    private Schema() {}

    /**
     * Migrates.
     *
     * @param name what to call the database in a message
     * @throws StoreException if the schema is newer than this version knows, was tampered with, or cannot be written
     */
    static void migrate(DataSource database, String name) {
        LogFactory.setLogCreator(type -> new Quiet());
        try {
            Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(database)
                    .locations("classpath:db/migration")
                    .table("schema_history")
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

    /** Flyway tells its whole story at level info; only its warnings matter to us. */
    private static final class Quiet implements Log {
        @Override
        public void debug(String message) {
            LOG.trace(message);
        }

        @Override
        public void info(String message) {
            LOG.debug(message);
        }

        @Override
        public void notice(String message) {
            LOG.debug(message);
        }

        @Override
        public void warn(String message) {
            LOG.warn(message);
        }

        @Override
        public void error(String message) {
            LOG.debug(message);
        }

        @Override
        public void error(String message, Exception fault) {
            LOG.debug(message, fault);
        }
    }
}
