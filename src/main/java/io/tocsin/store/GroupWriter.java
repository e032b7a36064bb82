package io.tocsin.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a group of work in one database transaction. */
final class GroupWriter {
    /** Changes no row unless the epoch is the cluster's. */
    static final String FENCE = "UPDATE owner SET beat = beat + 1 WHERE cluster = ? AND epoch = ?";

    private final NetWriter nets;
    private final Marks marks;

    GroupWriter(Codec codec) {
        this.nets = new NetWriter(codec);
        this.marks = new Marks(codec);
    }

    /**
     * Writes commits and marks, and commits. Returns those whose owner lost its cluster: of them nothing is written.
     *
     * @throws SQLException after which the caller rolls back
     */
    Set<Work> write(Connection connection, List<Work> group) throws SQLException {
        Set<Work> fenced = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<Owner, Boolean> owners = new HashMap<>();
        Net net = new Net();
        for (Work work : group) {
            if (work instanceof Work.Commit commit) {
                Owner owner = Owner.of(commit);
                Boolean holds = owners.get(owner);
                if (holds == null) {
                    holds = Batch.once(connection, FENCE, owner.cluster(), owner.epoch()) == 1;
                    owners.put(owner, holds);
                }
                if (holds) {
                    net.add(commit.transaction());
                } else {
                    fenced.add(work);
                }
            }
        }
        nets.write(connection, net);
        for (Work work : group) {
            if (work instanceof Work.Mark mark) {
                marks.write(connection, mark);
            }
        }
        connection.commit();
        return fenced;
    }
}
