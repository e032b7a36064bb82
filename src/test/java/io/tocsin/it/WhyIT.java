package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A firing, a pending and a silent rule explain themselves, also after a restart and after the rule was changed. */
class WhyIT {
    @TempDir
    Path folder;

    private Policy policy;
    private ProcessAppliance tocsin;

    @Test
    void everyRuleExplainsItself() {
        policy = Policy.only(
                        folder.resolve("rules"),
                        "threshold/memory",
                        "threshold/component",
                        "routing/log",
                        "routing/slack")
                .edit("threshold/memory.drl", "holdFor(\"30s\")", "holdFor(\"10m\")");
        try (ProcessAppliance process = new ProcessAppliance(folder, policy.folder()).start()) {
            tocsin = process;
            send();
            String firing = id("n1", "firing");
            String pending = id("n2", "pending");
            firing(firing);
            pending(pending);
            silent();
            unknown();

            tocsin.kill();
            tocsin.start();
            firing(firing);
            pending(pending);
            assertThat(whyNot("memory is above", "n3").all()).contains("there is no ResourceUsage of n3");
            send();
            silent();

            assertThat(tocsin.terminate()).isZero();
            policy.edit(
                            "threshold/component.drl",
                            "status == HealthStatus.UNHEALTHY",
                            "status == HealthStatus.DEGRADED")
                    .edit("threshold/component.drl", "rule \"component is unhealthy\"", "rule \"component is worse\"");
            tocsin.start();
            changed(firing);
        }
        Jar.Result away = whyNot("memory is above", "n3");
        assertThat(away.code()).isEqualTo(2);
        assertThat(away.err()).contains("is it running?");
    }

    private void send() {
        tocsin.http().telemetry(Given.component("n1", "store", "unhealthy").put("ttl", "1h"));
        tocsin.http().telemetry(Given.memory("n2", 91).put("ttl", "1h"));
        tocsin.http().telemetry(Given.memory("n3", 71.2).put("ttl", "1h"));
    }

    private String id(String node, String state) {
        return await().until(
                        () -> tocsin.http().alerts("&node=" + node + "&state=" + state).stream()
                                .findFirst()
                                .orElse(null),
                        found -> found != null)
                .getString("id");
    }

    private Jar.Result whyNot(String rule, String node) {
        return Jar.run("why-not", rule, "--node", node, "--url", tocsin.url());
    }

    private void firing(String id) {
        Jar.Result whyNot = whyNot("component is unhealthy", "n1");
        assertThat(whyNot.code()).as(whyNot.all()).isZero();
        assertThat(whyNot.out())
                .contains("✔ holds  rule \"component is unhealthy\" of n1  threshold/component.drl:")
                .contains("it holds: alert " + id + " is firing", "./tocsin why " + id);
        await().untilAsserted(() ->
                assertThat(Jar.run("why", id, "--url", tocsin.url()).out()).contains("log ← fired (r1)", "sent"));
        Jar.Result why = Jar.run("why", id, "--url", tocsin.url());
        assertThat(why.out())
                .contains("because of the rule \"component is unhealthy\"  threshold/component.drl:")
                .containsPattern("▸ +\\d+ +\\$c : ComponentHealth\\(status == HealthStatus.UNHEALTHY")
                .contains("matched  component_health of n1")
                .containsPattern("status +unhealthy")
                .containsPattern("● fired \\(r1\\) +reading")
                .contains("rules route it to slack, which is not under receivers: in config");
    }

    private void pending(String id) {
        assertThat(whyNot("memory is above", "n2").out())
                .contains(
                        "it holds, and waits: it has to hold for 10m before anybody is told: until ",
                        id + " is pending");
        assertThat(Jar.run("why", id, "--url", tocsin.url()).out())
                .contains("has to hold for 10m", "nobody was told", "limit 85 max, 6 past it");
    }

    private void silent() {
        Jar.Result silent = whyNot("memory is above", "n3");
        assertThat(silent.code()).as(silent.all()).isZero();
        assertThat(silent.out())
                .contains("✗ silent  rule \"memory is above 85 percent\" of n3  threshold/memory.drl:")
                .contains("usagePercent > 85: is 71.2, 13.8 short", "key    default/memory_usage/n3")
                .doesNotContain("\u001b");
    }

    private void unknown() {
        Jar.Result near = whyNot("memry is abov 85", "n3");
        assertThat(near.code()).isEqualTo(1);
        assertThat(near.err()).contains("there is no rule", "did you mean \"memory is above 85 percent\"");
        assertThat(whyNot("memory", "n3").err()).contains("is a part of 3 rules", "write more of the name");
        assertThat(tocsin.http().get("/api/v1/rules/nope/why-not?node=n1").status())
                .isEqualTo(404);
        assertThat(whyNot("memory is above", "n33").code()).isEqualTo(1);
    }

    private void changed(String id) {
        JsonObject over = await().until(
                        () -> tocsin.http().alert(id),
                        one -> one.getString("state").equals("resolved"));
        assertThat(over.getString("resolved_because")).contains("policy changed");
        assertThat(Jar.run("why", id, "--url", tocsin.url()).out())
                .contains("because of the rule \"component is unhealthy\"", "status == HealthStatus.UNHEALTHY")
                .contains("policy changed");
    }
}
