package io.tocsin.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows the others that this process lives, one row for all that it holds, and looks at theirs; both on the writer's
 * thread, ahead of what waits there, so that a process whose writer is stuck does not look alive.
 */
final class Beats implements AutoCloseable {
    /** For how long the row of a process that is gone is kept. */
    static final Duration KEPT = Duration.ofDays(1);

    private static final String BEAT = """
            INSERT INTO holder (name, place, beat, at) VALUES (?, ?, 1, ?)
            ON CONFLICT (name) DO UPDATE SET beat = holder.beat + 1, at = excluded.at""";
    private static final String LOOK = "SELECT name, beat, at FROM holder";
    private static final String FORGET = "DELETE FROM holder WHERE name = ? AND beat = ?";
    private static final String LEAVE = "DELETE FROM holder WHERE name = ?";

    /** Who holds what is for people to see, and needs not be that fresh. */
    private static final int TICKS_A_LOOK = 4;

    private final Holdings holdings;
    private final Sharing sharing;
    private final Sightings sightings;
    private final Writer writer;
    private final Outage outage;
    private final Clock clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> Writer.daemon(task, "tocsin-store-beat"));
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    private int ticks;

    Beats(Holdings holdings, Writer writer, Outage outage, Clock clock) {
        this.holdings = holdings;
        this.sharing = holdings.sharing;
        this.sightings = holdings.sightings;
        this.writer = writer;
        this.outage = outage;
        this.clock = clock;
    }

    /** Begins, with the first beat ahead of anything else that is asked of the writer. */
    void start() {
        if (sharing.alone()) {
            return;
        }
        tick();
        timer.scheduleWithFixedDelay(
                this::tick, sharing.every().toMillis(), sharing.every().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One beat and one look, unless the one before is not done or the store is away. */
    synchronized CompletableFuture<?> tick() {
        if (last.isDone() && !outage.lasts()) {
            if (ticks++ % TICKS_A_LOOK == 0) {
                holdings.look();
            }
            last = writer.first("showing that this process lives", this::beatAndLook);
        }
        return last;
    }

    private Void beatAndLook(Connection connection) throws SQLException {
        Instant now = clock.instant();
        Batch.once(connection, BEAT, sharing.me().name(), sharing.me().place(), Micros.of(now));
        long begun = sightings.now();
        List<Sightings.Row> rows = new ArrayList<>();
        List<Sightings.Row> old = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(LOOK);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new Sightings.Row(row.getString(1), row.getLong(2)));
                if (Rows.instant(row, 3).isBefore(now.minus(KEPT))) {
                    old.add(rows.get(rows.size() - 1));
                }
            }
        }
        sightings.saw(rows, begun);
        for (Sightings.Row row : old) {
            // the clock of the other may be wrong by a day: it must not live as far as this process sees either
            if (sightings.gone(row.name())) {
                Batch.once(connection, FORGET, row.name(), row.beat());
            }
        }
        return null;
    }

    /** Ends; the row goes, after all that waits, so that nobody has to wait for it to stand still. */
    @Override
    public void close() {
        timer.shutdownNow();
        if (!sharing.alone()) {
            writer.run("leaving", c -> Batch.once(c, LEAVE, sharing.me().name()));
        }
    }
}
