package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.store.PostgresServer;
import io.tocsin.store.PostgresSettings;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What members say against what their database holds: each of them tells all that is stored and no more, what they watch
 * together is what is stored as open, and who watches a cluster is who holds it.
 */
final class Views {
    private static final List<String> OPEN = List.of("pending", "firing", "acknowledged");

    private final PostgresSettings database;

    Views(PostgresSettings database) {
        this.database = database;
    }

    /** As {@code store.url} has it. */
    static String url(PostgresSettings database) {
        return "postgresql://" + PostgresServer.USER + ":any@127.0.0.1:" + database.port() + "/" + database.database();
    }

    /** True soon for members that are there, as what they count is brought to their metrics once a second. */
    void areTheDatabase(List<ProcessAppliance> members) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Map<String, JsonObject> stored = alerts();
            for (ProcessAppliance member : members) {
                assertThat(said(member)).as("alerts of " + member.place()).isEqualTo(stored);
                assertThat(owners(member)).as("owners, says " + member.place()).isEqualTo(holders());
            }
            assertThat(watched(members)).as("what members watch together").isEqualTo(open(stored));
        });
    }

    /** Every alert by id. */
    Map<String, JsonObject> alerts() {
        Map<String, JsonObject> all = new TreeMap<>();
        rows("SELECT id, document FROM alert").forEach(row -> all.put(row.get(0), new JsonObject(row.get(1))));
        return all;
    }

    /** Notifications of which nothing has become yet. */
    List<List<String>> waiting() {
        return rows("SELECT receiver, alert_id, change_kind, state FROM notification"
                + " WHERE state NOT IN ('sent', 'skipped') AND alert_id NOT IN"
                + " (SELECT id FROM alert WHERE cluster = 'tocsin')");
    }

    /** Who holds each cluster, as a place. */
    private Map<String, String> holders() {
        return rows("SELECT o.cluster, h.place FROM owner o JOIN holder h ON h.name = o.holder WHERE o.released = 0")
                .stream()
                .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
    }

    private static Map<String, JsonObject> said(ProcessAppliance member) {
        Map<String, JsonObject> all = new TreeMap<>();
        String cursor = "";
        while (cursor != null) {
            JsonObject page = member.http()
                    .get("/api/v1/alerts?limit=100" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .json();
            page.getJsonArray("alerts").stream()
                    .map(JsonObject.class::cast)
                    .forEach(one -> assertThat(all.put(one.getString("id"), one))
                            .as("told twice")
                            .isNull());
            cursor = page.getString("next_cursor");
        }
        return all;
    }

    private static Map<String, String> owners(ProcessAppliance member) {
        Map<String, String> all = new TreeMap<>();
        member.http().get("/api/v1/clusters").array().stream()
                .map(JsonObject.class::cast)
                .forEach(one -> all.put(one.getString("cluster"), String.valueOf(one.getString("owner"))));
        return all;
    }

    private static Map<String, Long> watched(List<ProcessAppliance> members) {
        Map<String, Long> byState = new TreeMap<>();
        for (ProcessAppliance member : members) {
            for (String line : member.metrics()) {
                for (String state : OPEN) {
                    if (line.startsWith("tocsin_alerts_open") && line.contains("state=\"" + state + "\"")) {
                        byState.merge(
                                state, (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)), Long::sum);
                    }
                }
            }
        }
        return byState;
    }

    private static Map<String, Long> open(Map<String, JsonObject> stored) {
        Map<String, Long> byState = new TreeMap<>();
        OPEN.forEach(state -> byState.put(
                state,
                stored.values().stream()
                        .filter(one -> one.getString("state").equals(state))
                        .count()));
        return byState;
    }

    private List<List<String>> rows(String sql) {
        try (Connection connection = PostgresServer.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<List<String>> all = new ArrayList<>();
            while (row.next()) {
                List<String> one = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    one.add(row.getString(i));
                }
                all.add(one);
            }
            return all;
        } catch (SQLException fault) {
            throw new IllegalStateException(sql, fault);
        }
    }
}
