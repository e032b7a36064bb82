package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.store.PostgresServer;
import io.tocsin.store.PostgresSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of {@code bench cluster}: what it prints has its form, and nothing that it started is left. */
class ClusterBenchIT {
    private static final int KILLS = 1;

    @TempDir
    Path folder;

    private final PostgresSettings server = PostgresServer.emptyDatabase();

    @Test
    void shortRunCountsWhatTheReceiverSawAndLeavesNothing() throws Exception {
        String store =
                "postgresql://" + PostgresServer.USER + ":any@127.0.0.1:" + server.port() + "/" + server.database();
        List<String> words =
                List.of("bench", "cluster", "--store", store, "--only", "takeover,throughput", "-o", "json");
        List<String> few = List.of("--kills", Integer.toString(KILLS), "--freezes", "0", "--seconds", "1");
        List<String> flags = List.of("-Djava.io.tmpdir=" + folder);
        Jar.Result done = Jar.finish(
                folder,
                Map.of(),
                Jar.command(flags, Stream.concat(words.stream(), few.stream()).toList()));

        assertThat(done.code()).as(done.all()).isZero();
        assertThat(done.err()).as("nobody watches").isEmpty();
        JsonObject report = new JsonObject(done.out());
        assertThat(report.getString("bench")).isEqualTo("cluster");
        assertThat(report.getJsonObject("machine").getInteger("cores")).isPositive();
        assertThat(report.getJsonObject("machine").getString("postgresql")).matches("\\d+\\.\\d+");
        Map<String, JsonObject> results = report.getJsonArray("results").stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(one -> one.getString("name"), Function.identity()));
        assertThat(results)
                .containsOnlyKeys("takeover", "lost", "doubled", "early", "repeated", "alone", "three", "forwarding");

        JsonObject takeover = results.get("takeover");
        assertThat(takeover.getInteger("kills")).isEqualTo(KILLS);
        // nobody may take over before the beat of the dead stood still for the settle time
        assertThat(takeover.getDouble("p50_ms")).isBetween(500.0, takeover.getDouble("p99_ms"));
        assertThat(takeover.getJsonObject("target").getString("figure")).isEqualTo("p99_ms");

        JsonObject lost = results.get("lost");
        // two a second while members start and die, and one for each kill
        assertThat(lost.getInteger("accepted")).isGreaterThan(KILLS);
        assertThat(lost.getInteger("opened")).isEqualTo(lost.getInteger("accepted"));
        assertThat(lost.getInteger("count")).isZero();
        assertThat(results.get("doubled").getInteger("count")).isZero();
        assertThat(results.get("early").getInteger("count")).isZero();

        assertThat(results.get("alone").getLong("per_sec")).isPositive();
        assertThat(results.get("three").getLong("per_sec")).isPositive();
        assertThat(results.get("forwarding").getLong("forwarded_cpu_ns")).isPositive();
        assertThat(databases()).as("databases of a bench").isZero();
        assertThat(ProcessHandle.allProcesses()
                        .filter(one -> one.info().commandLine().orElse("").contains(folder.toString())))
                .isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    private int databases() throws SQLException {
        try (Connection connection = PostgresServer.connect(server);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_database WHERE datname LIKE 'tocsin_bench_%'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
