package io.tocsin.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and scenarios of a folder, looked at together. */
class RuleCheckTest {
    private static final Path SHIPPED = Path.of("rules");

    @TempDir
    Path folder;

    @BeforeEach
    void oneRule() throws IOException {
        Files.createDirectories(folder.resolve("threshold"));
        Files.copy(SHIPPED.resolve("threshold/network.drl"), folder.resolve("threshold/network.drl"));
    }

    private void scenario(String name, String text) throws IOException {
        Files.writeString(folder.resolve("threshold/" + name + ".scenario.yaml"), text);
    }

    private List<String> check() {
        return RuleCheck.check(folder).found().stream()
                .map(one -> one.file() + ":" + one.line() + ":" + one.column() + ": " + one.what())
                .toList();
    }

    @Test
    void theShippedRulesAndScenariosAreInOrder() {
        Parts.Checked checked = RuleCheck.check(SHIPPED);
        assertThat(checked.found()).isEmpty();
        assertThat(checked.files()).isGreaterThan(27);
        assertThat(checked.named())
                .extracting(Parts.Named::kind)
                .contains(Parts.Kind.ROUTE, Parts.Kind.ESCALATION, Parts.Kind.RUNBOOK);
    }

    @Test
    void fileWithoutAScenarioIsNamed() throws IOException {
        Files.copy(SHIPPED.resolve("threshold/limits.csv"), folder.resolve("threshold/limits.csv"));
        assertThat(check())
                .containsExactly(
                        "threshold/limits.csv:1:1: has no scenario file",
                        "threshold/network.drl:1:1: has no scenario file");
    }

    @Test
    void scenarioInWhichTheRuleIsNeverSilentIsNamed() throws IOException {
        String fires = """
                description: x
                cases:
                - name: fires
                  timeline:
                  - at: 0s
                    send: {type: resource_usage, node: n1, resource_type: network, usage_percent: 90, ttl: 1h}
                  - at: 6m
                    expect: {alerts: [{alert_type: network_usage, state: firing}]}
                """;
        scenario("network", fires);
        assertThat(check()).containsExactly("threshold/network.scenario.yaml:1:1: no case stays silent");
        scenario("network", fires.replace("[{alert_type: network_usage, state: firing}]", "[{alert_type: other}]"));
        assertThat(check()).as("nothing of this file").isEmpty();
        scenario("network", fires + "  - at: 7m\n    expect: {alerts: []}\n");
        assertThat(check()).as("a moment without anything").isEmpty();
        scenario("network", fires + "- name: says nothing\n  timeline:\n  - at: 0s\n    restart: true\n");
        assertThat(check()).first().asString().contains("case \"says nothing\" expects nothing, so it proves nothing");
    }

    @Test
    void scenarioThatCannotBeReadIsNamedWithItsPlace() throws IOException {
        scenario("network", "description: x\ncases:\n- name: [\n");
        assertThat(check())
                .singleElement()
                .asString()
                .matches("threshold/network\\.scenario\\.yaml:[3-5]:\\d+: .+")
                .doesNotContain("\n");
        scenario("network", "description: x\ncase: []\n");
        assertThat(check())
                .containsExactly(
                        "threshold/network.scenario.yaml:1:1: cases is missing",
                        "threshold/network.scenario.yaml:2:1: unknown key \"case\"");
    }

    @Test
    void mistakesOfRulesAndScenariosAreToldTogether() throws IOException {
        Path rule = folder.resolve("threshold/network.drl");
        Files.writeString(rule, Files.readString(rule).replace("usagePercent > 80", "usagePercnt > 80"));
        Files.writeString(folder.resolve("threshold/limits.csv"), "metric\n");
        assertThat(check())
                .containsExactlyInAnyOrder(
                        "threshold/limits.csv:1:7: column 2 is missing",
                        "threshold/network.drl:14:62: ResourceUsage has no field \"usagePercnt\"",
                        "threshold/limits.csv:1:1: has no scenario file",
                        "threshold/network.drl:1:1: has no scenario file");
    }

    @Test
    void brokenRulesAreListedAsFarAsTheyCanBeRead() throws IOException {
        Files.copy(SHIPPED.resolve("threshold/limits.csv"), folder.resolve("threshold/limits.csv"));
        Files.writeString(folder.resolve("threshold/x.drl"), "rule \"x\" when\n");
        Parts.Listed listed = RuleCheck.list(folder);
        assertThat(listed.rules()).hasSize(8);
        assertThat(listed.rules().get(0).drl()).contains("rule \"queue_depth of batch-* is too high, warning\"");
        assertThat(listed.rules().get(7).doc()).startsWith("A network link above 80 %");
        assertThat(listed.unreadable()).isNotEmpty();
    }
}
