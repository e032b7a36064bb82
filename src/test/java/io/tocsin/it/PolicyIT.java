package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator edits a number in a rule file and restarts. */
class PolicyIT {
    @TempDir
    Path folder;

    @Test
    void numberInARuleFileIsThePolicy() {
        Policy policy = Policy.shipped(folder.resolve("rules")).hasty();
        try (var tocsin = new ProcessAppliance(folder, policy.folder()).start()) {
            String before = hash(tocsin);
            tocsin.http().telemetry(Given.memory("n1", 89));
            JsonObject alert = await().until(() -> only(tocsin, "n1", "firing"), found -> found != null);
            assertThat(alert.getString("severity")).isEqualTo("warning");
            assertThat(alert.getDouble("limit")).isEqualTo(85);
            assertThat(tocsin.terminate()).isZero();

            policy.edit("threshold/memory.drl", "usagePercent > 85)", "usagePercent > 92)")
                    .edit("threshold/memory.drl", ".max(85)", ".max(92)")
                    .edit(
                            "threshold/memory.drl",
                            "usagePercent > 80, usagePercent <= 85",
                            "usagePercent > 90, usagePercent <= 92");
            tocsin.start();
            assertThat(hash(tocsin)).isNotEqualTo(before);
            JsonObject over = await().until(() -> only(tocsin, "n1", "resolved"), found -> found != null);
            assertThat(over.getString("id")).isEqualTo(alert.getString("id"));
            assertThat(over.getString("resolved_because")).contains("policy");

            tocsin.http().telemetry(Given.memory("n2", 93));
            tocsin.http().telemetry(Given.memory("n1", 91.9));
            JsonObject next = await().until(() -> only(tocsin, "n2", "firing"), found -> found != null);
            assertThat(next.getDouble("limit")).isEqualTo(92);
            assertThat(tocsin.http().alerts("&state=pending,firing&node=n1")).isEmpty();
        }
    }

    private static String hash(ProcessAppliance tocsin) {
        return tocsin.http().get("/api/v1/rules").json().getString("rule_hash");
    }

    private static JsonObject only(ProcessAppliance tocsin, String node, String state) {
        return tocsin.http().alerts("&node=" + node + "&state=" + state).stream()
                .findFirst()
                .orElse(null);
    }
}
