package io.tocsin.store;

import io.tocsin.model.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** A statement with only the conditions that are asked for, so that each form of it finds its index. */
final class Select {
    private final StringBuilder sql;
    private final List<Object> values = new ArrayList<>();
    private String joint = " WHERE ";

    Select(String sql) {
        this.sql = new StringBuilder(sql);
    }

    void and(String condition, Object... bound) {
        sql.append(joint).append(condition);
        joint = " AND ";
        values.addAll(List.of(bound));
    }

    void equal(String column, String value) {
        if (value != null) {
            and(column + " = ?", value);
        }
    }

    void in(String column, Set<? extends Wire> wanted) {
        if (wanted != null && !wanted.isEmpty()) {
            Object[] bound = wanted.stream().map(Wire::wire).sorted().toArray();
            and(column + " IN (?" + ", ?".repeat(bound.length - 1) + ")", bound);
        }
    }

    Query query(Handle handle, String order, int limit) {
        Query query = handle.createQuery(sql + order);
        for (int i = 0; i < values.size(); i++) {
            query.bind(i, values.get(i));
        }
        return query.bind(values.size(), limit);
    }
}
