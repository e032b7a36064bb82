package io.tocsin.store;

import io.tocsin.model.RuleInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Keeps rules as they were, under the hash of their set. */
final class RuleSets {
    private static final String RULE_SET = """
            INSERT INTO rule_set (hash, saved_at) VALUES (?, ?)
            ON CONFLICT (hash) DO UPDATE SET saved_at = excluded.saved_at""";
    private static final String RULE = """
            INSERT INTO rule (hash, name, file, line, family, doc, drl) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (hash, name) DO NOTHING""";

    private RuleSets() {}

    static int save(Connection connection, String hash, List<RuleInfo> rules, Instant now) throws SQLException {
        Batch.once(connection, RULE_SET, hash, Micros.of(now));
        try (Batch batch = new Batch(connection, RULE)) {
            for (RuleInfo rule : rules) {
                batch.add(
                        hash,
                        rule.ref().name(),
                        rule.ref().file(),
                        rule.ref().line(),
                        rule.family(),
                        rule.doc(),
                        rule.text());
            }
            return batch.run();
        }
    }
}
