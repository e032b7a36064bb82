package io.tocsin.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Report report = new Report(
            new Machine(2, "a JVM", 2048, "a collector", "an OS", 0.5),
            List.of(
                    new Result("session", "the whole")
                            .with(Result.PER_SEC, 1234567.8)
                            .with("times_drools", 1.234),
                    new Result("heap_series", "heap").with("bytes", 455.4)),
            List.of("ladder left out: no heap"));

    @Test
    void jsonNamesBenchMachineAndEveryFigure() {
        JsonObject json = new JsonObject(report.json());

        assertThat(json.getString("bench")).isEqualTo("engine");
        assertThat(json.getJsonObject("machine").getInteger("cores")).isEqualTo(2);
        JsonObject session = json.getJsonArray("results").getJsonObject(0);
        assertThat(session.getString("name")).isEqualTo("session");
        assertThat(session.getLong("per_sec")).isEqualTo(1234568);
        assertThat(session.getDouble("times_drools")).isEqualTo(1.23);
        assertThat(json.getJsonArray("left_out")).hasSize(1);
    }

    @Test
    void tableHasALineForEachAndSaysWhatWasLeftOut() {
        assertThat(report.table().lines())
                .anySatisfy(line -> assertThat(line).contains("session").contains("1,234,568"))
                .anySatisfy(line -> assertThat(line).contains("heap_series").contains("bytes 455"))
                .contains("ladder left out: no heap");
    }
}
