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

    /**
     * A transaction of an owner.
     *
     * @param unrecorded says that it may go out although it is not written yet
     */
    record Commit(Transaction transaction, Runnable unrecorded, CompletableFuture<Void> done) implements Work {
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

    /**
     * The outcome of an attempt to deliver; see {@link Outbox#record}.
     *
     * @param apart whether the database was not asked what is due: older ones may wait in it
     * @param epoch at which this process tells the receiver; -1 if it does not
     */
    record Mark(
            Notification notification,
            Notification.Attempt attempt,
            NotificationState state,
            String detail,
            Instant nextAttemptAt,
            boolean apart,
            long epoch,
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
     * @param first whether it goes ahead of all that waits
     */
    record Task<T>(String what, Step<T> step, boolean first, CompletableFuture<T> done) implements Work {
        /** In the order in which it was asked for. */
        Task(String what, Step<T> step, CompletableFuture<T> done) {
            this(what, step, false, done);
        }

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
