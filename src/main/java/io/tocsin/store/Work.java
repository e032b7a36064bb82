package io.tocsin.store;

import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** What waits for the writer. */
sealed interface Work {
    /** Completes after the commit. */
    CompletableFuture<?> done();

    /** Roughly how many rows it writes. */
    int rows();

    /** A transaction of an owner. */
    record Commit(Transaction transaction, CompletableFuture<Void> done) implements Work {
        @Override
        public int rows() {
            int rows = 1 + transaction.notifications().size();
            for (Transaction.Change change : transaction.changes()) {
                rows += 2 + change.transitions().size();
            }
            return rows
                    + transaction.sources().size()
                    + transaction.gone().size()
                    + transaction.diagnostics().size();
        }
    }

    /** The outcome of an attempt to deliver; see {@link Outbox#record}. */
    record Mark(
            Notification notification,
            Notification.Attempt attempt,
            NotificationState state,
            String detail,
            Instant nextAttemptAt,
            CompletableFuture<Void> done)
            implements Work {
        @Override
        public int rows() {
            return 1;
        }
    }

    /**
     * Anything else that writes, in a database transaction of its own; it is tried once.
     *
     * @param what what cannot be done if it fails, for the message
     */
    record Task<T>(String what, Step<T> step, CompletableFuture<T> done) implements Work {
        @Override
        public int rows() {
            return 1;
        }
    }

    /** Something to do on the writer's connection; committed by the writer. */
    interface Step<T> {
        T run(Connection connection) throws SQLException;
    }
}
