package io.tocsin.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Who holds clusters and receivers, and taking one over. First it is read, on any connection, whether that is allowed;
 * then the claim names what was read, so that of two who read the same only one succeeds, and the one that was thought to
 * be gone is either noticed or fenced.
 */
final class Claims {
    /** What can be held. */
    enum Thing {
        CLUSTER(
                "cluster",
                "owner",
                "INSERT INTO owner (cluster, epoch, beat, released, holder) VALUES (?, 1, 0, 0, ?)"),
        RECEIVER("receiver", "sender", "INSERT INTO sender (receiver, epoch, released, holder) VALUES (?, 1, 0, ?)");

        private final String read;
        private final String all;
        private final String take;
        private final String takeIfAsSeen;
        private final String giveBack;

        Thing(String key, String table, String insert) {
            this.read = "SELECT epoch, holder, released FROM " + table + " WHERE " + key + " = ?";
            this.all = "SELECT " + key + ", epoch, CASE WHEN released = 1 THEN NULL ELSE holder END FROM " + table;
            String raised = insert + " ON CONFLICT (" + key + ") DO UPDATE SET epoch = " + table
                    + ".epoch + 1, released = 0, holder = excluded.holder";
            this.take = raised + " RETURNING epoch";
            this.takeIfAsSeen =
                    raised + " WHERE " + table + ".holder = excluded.holder OR " + table + ".epoch = ? RETURNING epoch";
            this.giveBack = "UPDATE " + table + " SET released = 1 WHERE " + key + " = ? AND epoch = ?";
        }

        /** Reads name, epoch and holder of all of them; no holder if it was given back. */
        String all() {
            return all;
        }
    }

    /**
     * What allows a claim.
     *
     * @param epoch the epoch of whoever held it last; 0 if nobody ever did
     * @param gone whoever holds it still and shows no life; null if nobody does
     * @param beat at which that one's beat stood still; -1 if it had none
     */
    record Allowed(long epoch, String gone, long beat) {}

    // writes nothing, but whoever beats meanwhile has to wait until the claim is done, and is fenced
    private static final String STILL = "UPDATE holder SET beat = beat WHERE name = ? AND beat = ?";
    private static final String EXISTS = "SELECT 1 FROM holder WHERE name = ?";

    private final Holdings holdings;
    private final Sharing sharing;
    private final Sightings sightings;

    Claims(Holdings holdings) {
        this.holdings = holdings;
        this.sharing = holdings.sharing;
        this.sightings = holdings.sightings;
    }

    /** This process has something from now on, as far as others ask it. */
    void took(Thing thing, String name, long epoch) {
        holdings.claimed(thing, name, epoch);
    }

    /** It no longer has. */
    void gaveBack(Thing thing, String name, long epoch) {
        holdings.released(thing, name, epoch);
    }

    /** Whether nobody else can hold anything. */
    boolean alone() {
        return sharing.alone();
    }

    /** What time it is, for {@link #soon}. */
    long nanos() {
        return sharing.nanos().getAsLong();
    }

    /** Whether so little has passed since an instant that nobody can have taken for gone who showed life then. */
    boolean soon(long since) {
        return nanos() - since <= sharing.settle().toNanos() / 2;
    }

    /**
     * Reads whether this process may claim something.
     *
     * @throws HeldException if another one holds it and lives
     */
    Allowed allowed(Handle handle, Thing thing, String name) {
        return handle.createQuery(thing.read)
                .bind(0, name)
                .map((row, context) -> allowed(row, thing, name))
                .findOne()
                .orElse(new Allowed(0, null, -1));
    }

    private Allowed allowed(ResultSet row, Thing thing, String name) throws SQLException {
        String holder = row.getString(2);
        boolean free = holder == null
                || row.getInt(3) == 1
                || holder.equals(sharing.me().name());
        if (!free && sightings.beat(holder) >= 0 && !sightings.gone(holder)) {
            throw new HeldException(thing, name, holder);
        }
        return free
                ? new Allowed(row.getLong(1), null, -1)
                : new Allowed(row.getLong(1), holder, sightings.beat(holder));
    }

    /**
     * Takes something over and raises its epoch, which is returned.
     *
     * @param allowed why that is allowed; null if nobody else can hold anything
     * @throws HeldException if somebody else was faster, or the one that was thought to be gone lives
     */
    long take(Connection connection, Thing thing, String name, Allowed allowed) throws SQLException {
        try {
            if (alone()) {
                return epoch(connection, thing.take, name).orElseThrow();
            }
            if (allowed.gone != null) {
                refuseIfAlive(connection, thing, name, allowed);
            }
            return epoch(connection, thing.takeIfAsSeen, name, allowed.epoch)
                    .orElseThrow(() -> new HeldException(thing, name, null));
        } catch (SQLException fault) {
            if (!alone() && allowed.gone != null && Faults.locked(fault)) {
                // a transaction of whoever held it is open still; the server ends it soon
                throw new HeldException(thing, name, allowed.gone);
            }
            throw fault;
        }
    }

    private static void refuseIfAlive(Connection connection, Thing thing, String name, Allowed allowed)
            throws SQLException {
        if (Batch.once(connection, STILL, allowed.gone, allowed.beat) == 1) {
            return;
        }
        try (PreparedStatement select = connection.prepareStatement(EXISTS)) {
            select.setString(1, allowed.gone);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    throw new HeldException(thing, name, allowed.gone);
                }
            }
        }
    }

    private Optional<Long> epoch(Connection connection, String sql, String name, Long... seen) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            statement.setString(2, sharing.me().name());
            for (int i = 0; i < seen.length; i++) {
                statement.setLong(3 + i, seen[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    /** Gives something back; nothing happens if the epoch is another by now. */
    static int giveBack(Connection connection, Thing thing, String name, long epoch) throws SQLException {
        return Batch.once(connection, thing.giveBack, name, epoch);
    }
}
