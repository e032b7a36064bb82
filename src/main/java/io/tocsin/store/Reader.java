package io.tocsin.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Reads on a few pooled connections, on the caller's thread or on threads of its own. */
final class Reader implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int WAITING = 1000;
    private static final String ANY = "SELECT cluster FROM owner LIMIT 1";

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final ThreadPoolExecutor threads;
    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile boolean works = true;

    Reader(Database database) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.readers());
        config.setPoolName("tocsin-store");
        config.setMaximumPoolSize(database.pool());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5000);
        config.setValidationTimeout(2000);
        config.setConnectionInitSql(database.readOnly());
        this.pool = new HikariDataSource(config);
        this.jdbi = Jdbi.create(pool);
        // there is nothing to fill in, and a "<" in a statement means less than
        jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                task -> Writer.daemon(task, "tocsin-store-reader-" + number.incrementAndGet()));
    }

    /** Reads on the caller's thread. */
    <T> T read(String what, Reading<T> reading) {
        try {
            T result = once(reading);
            works = true;
            return result;
        } catch (StoreException ours) {
            throw ours;
        } catch (RuntimeException | SQLException fault) {
            works = false;
            throw StoreException.of(what, fault);
        }
    }

    private <T> T once(Reading<T> reading) throws SQLException {
        try (Handle handle = jdbi.open()) {
            return reading.of(handle);
        } catch (UnableToExecuteStatementException | SQLException fault) {
            if (!Faults.ended(fault)) {
                throw fault;
            }
        }
        // the server had ended a session that waited in the pool, and perhaps the others there
        pool.getHikariPoolMXBean().softEvictConnections();
        try (Handle handle = jdbi.open()) {
            return reading.of(handle);
        }
    }

    /** Reads on a thread of the store. */
    <T> CompletionStage<T> later(String what, Reading<T> reading) {
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    done.complete(read(what, reading));
                } catch (RuntimeException fault) {
                    done.completeExceptionally(fault);
                }
            });
        } catch (RejectedExecutionException busy) {
            done.completeExceptionally(new StoreException(
                    what + " failed: "
                            + (threads.isShutdown() ? "the store is closed" : WAITING + " reads wait already"),
                    null));
        }
        return done;
    }

    /** Whether the last reading worked. If it did not, another one is tried, as perhaps nobody else has any to do. */
    boolean works() {
        if (!works && trying.compareAndSet(false, true)) {
            later(
                            "looking whether it can be read",
                            h -> h.createQuery(ANY).mapTo(String.class).findFirst())
                    .whenComplete((found, fault) -> trying.set(false));
        }
        return works;
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        pool.close();
    }

    /** Something to read. */
    interface Reading<T> {
        T of(Handle handle) throws SQLException;
    }
}
