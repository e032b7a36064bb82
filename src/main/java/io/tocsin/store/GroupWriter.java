package io.tocsin.store;

import io.tocsin.model.Notification;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Writes a group of work in one database transaction. */
final class GroupWriter {
    /** Changes no row unless the epoch is the cluster's. */
    static final String FENCE = "UPDATE owner SET beat = beat + 1 WHERE cluster = ? AND epoch = ?";

    /** Changes nothing, and no row unless the epoch is the sender's; whoever takes the receiver over has to wait. */
    static final String SENDER_FENCE = "UPDATE sender SET released = released WHERE receiver = ? AND epoch = ?";

    private final NetWriter nets;
    private final Marks marks;
    /** Clusters of which something went out unrecorded and could not be written: what was told of it is not theirs. */
    private final Set<String> lost = new HashSet<>();

    GroupWriter(Codec codec) {
        this.nets = new NetWriter(codec);
        this.marks = new Marks(codec);
    }

    /**
     * Writes commits and marks, and commits. Returns those whose owner lost its cluster, and marks of receivers that
     * another process tells by now: of them nothing is written.
     *
     * @param standing what has become of notifications meanwhile
     * @throws SQLException after which the caller rolls back
     */
    Set<Work> write(Connection connection, List<Work> group, UnaryOperator<Notification> standing) throws SQLException {
        Set<Work> fenced = Collections.newSetFromMap(new IdentityHashMap<>());
        nets.write(connection, commits(connection, group, fenced, standing));
        marks(connection, group, fenced);
        connection.commit();
        return fenced;
    }

    private Net commits(Connection connection, List<Work> group, Set<Work> fenced, UnaryOperator<Notification> standing)
            throws SQLException {
        Map<Owner, Boolean> owners = new TreeMap<>();
        for (Work work : group) {
            if (work instanceof Work.Commit commit) {
                owners.put(Owner.of(commit), false);
            }
        }
        // in the order of their names: two processes that write to the same clusters do not wait for each other in a
        // ring
        for (Map.Entry<Owner, Boolean> entry : owners.entrySet()) {
            Owner owner = entry.getKey();
            entry.setValue(Batch.once(connection, FENCE, owner.cluster(), owner.epoch()) == 1);
        }
        Net net = new Net();
        for (Work work : group) {
            if (work instanceof Work.Commit commit) {
                String cluster = commit.transaction().cluster();
                if (owners.get(Owner.of(commit))) {
                    net.add(commit.transaction());
                    lost.remove(cluster);
                } else {
                    fenced.add(work);
                    lost.add(cluster);
                }
            }
        }
        net.notifications.replaceAll(standing);
        return net;
    }

    private void marks(Connection connection, List<Work> group, Set<Work> fenced) throws SQLException {
        Map<Sender, Boolean> senders = new HashMap<>();
        for (Work work : group) {
            if (work instanceof Work.Mark mark) {
                Sender sender = new Sender(mark.notification().receiver(), mark.epoch());
                // nobody else knew of what went out unrecorded, so it was told by who knew
                Boolean holds = mark.apart() && mark.epoch() < 0 ? Boolean.TRUE : senders.get(sender);
                if (holds == null) {
                    holds = holds(connection, sender.receiver, sender.epoch);
                    senders.put(sender, holds);
                }
                if (!holds) {
                    fenced.add(work);
                }
                if (holds
                        && !(mark.apart()
                                && lost.contains(mark.notification().alert().cluster()))) {
                    marks.write(connection, mark);
                } else {
                    marks.again(connection, mark);
                }
            }
        }
    }

    /** Whether a process tells a receiver still, at this epoch. */
    static boolean holds(Connection connection, String receiver, long epoch) throws SQLException {
        return Batch.once(connection, SENDER_FENCE, receiver, epoch) == 1;
    }

    private record Sender(String receiver, long epoch) {}
}
