package io.tocsin.cli.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.Paint;
import io.tocsin.cli.bench.Machine;
import io.tocsin.cli.bench.Result;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterReportTest {
    private final ClusterReport report = new ClusterReport(
            new Machine(2, "a JVM", 2048, "a collector", "an OS", 0.5),
            "17.2",
            List.of(
                    Row.atMost(
                            Quantiles.of(
                                    IntStream.rangeClosed(1, 20)
                                            .mapToObj(i -> 1000.0 + i)
                                            .toList(),
                                    new Result("takeover", "killed").with("kills", 20)),
                            Quantiles.P99,
                            1010),
                    Row.atMost(
                            new Result("lost", "never told")
                                    .with(ClusterReport.COUNT, 0)
                                    .with("accepted", 240),
                            ClusterReport.COUNT,
                            0),
                    Row.atLeast(
                            new Result("three", "together")
                                    .with(Result.PER_SEC, 160_000)
                                    .with(Throughput.TIMES_ALONE, 0.8),
                            Throughput.TIMES_ALONE,
                            0.7)));

    @Test
    void jsonNamesMachineFiguresAndWhetherTheyAreWhatTheyShouldBe() {
        JsonObject json = new JsonObject(report.json());

        assertThat(json.getString("bench")).isEqualTo("cluster");
        assertThat(json.getJsonObject("machine").getString("postgresql")).isEqualTo("17.2");
        assertThat(json.getJsonObject("machine").getDouble("load")).isEqualTo(0.5);
        JsonObject takeover = json.getJsonArray("results").getJsonObject(0);
        assertThat(takeover.getString("name")).isEqualTo("takeover");
        assertThat(takeover.getInteger("p50_ms")).isEqualTo(1010);
        assertThat(takeover.getInteger("p99_ms")).isEqualTo(1020);
        assertThat(takeover.getJsonObject("target"))
                .isEqualTo(new JsonObject("{\"figure\": \"p99_ms\", \"at_most\": 1010.0, \"met\": false}"));
        assertThat(json.getJsonArray("results").getJsonObject(2).getJsonObject("target"))
                .isEqualTo(new JsonObject("{\"figure\": \"times_alone\", \"at_least\": 0.7, \"met\": true}"));
    }

    @Test
    void tableSaysWhatIsMetAndWhatIsMissed() {
        List<String> lines = report.table(new Paint(false)).lines().toList();

        assertThat(lines.get(0)).contains("2 cores").contains("load 0.5").endsWith("PostgreSQL 17.2");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("takeover")
                        .contains("1,010 ms")
                        .contains("≤ 1,010 ms MISSED")
                        .endsWith("killed, 20 times"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("lost").contains("0 of 240").contains("met"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("three")
                        .contains("160,000 readings/s, 0.80 × one")
                        .contains("≥ 0.7 met"));
    }
}
