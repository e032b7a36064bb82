package io.tocsin.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.Parts;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person runs it. */
class ScenarioTestsTest {
    private final Console console = new Console();
    private SmallRules rules;

    @BeforeEach
    void rules(@TempDir Path folder) {
        rules = new SmallRules(folder);
    }

    @Test
    void allThatPassesIsALineAFileAndOneLine() throws Exception {
        assertThat(console.run(Console.wanted(rules.folder()))).isZero();
        assertThat(console.out().lines())
                .hasSize(3)
                .startsWith(
                        "✓ " + rules.path("a.scenario.yaml") + "  2 cases",
                        "✓ " + rules.path("b.scenario.yaml") + "  2 cases");
        assertThat(console.lastLine())
                .matches("4 passed, 0 failed \\(2 files, 2 of 2 rules fired, 0\\.0 simulated hours in [0-9.]+ s\\)");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void failureStandsOnTheTimeLineWithExpectedAndGotSideBySide() throws Exception {
        rules.write("a.scenario.yaml", SmallRules.scenario("cpu", 95, "[{alert_type: cpu_high, severity: critical}]"));
        assertThat(console.run(Console.wanted(rules.folder()))).isEqualTo(1);
        assertThat(console.out()).contains("""
                ✗ %s:3  high cpu fires
                       0s  telemetry    resource_usage n1 resource_type=cpu usage_percent=95
                       0s  fired        warning cpu_high n1: at 95
                       1s  failed       line 8
                           alerts         expected            got
                           ✗              cpu_high critical   cpu_high warning
                           why  fired at 0s: at 95
                                rule "cpu is high" (a.drl:5) says warning: at 95
                                  matched resource_usage n1 resource_type=cpu usage_percent=95 (0s)
                """.formatted(rules.path("a.scenario.yaml")));
        assertThat(console.lastLine()).startsWith("3 passed, 1 failed (");
    }

    @Test
    void ruleThatNoScenarioFiredIsListed() throws Exception {
        Files.delete(rules.path("b.scenario.yaml"));
        assertThat(console.run(Console.wanted(rules.folder()))).isZero();
        assertThat(console.out()).contains("rules that no scenario fired:\n  b.drl:5  memory is high\n");
        assertThat(console.lastLine()).contains("1 of 2 rules fired");
    }

    @Test
    void ofAFewFilesOnlyTheRulesBesideThemAreCounted() throws Exception {
        assertThat(console.run(Console.wanted(rules.folder(), rules.path("b.scenario.yaml"))))
                .isZero();
        assertThat(console.lastLine()).contains("2 passed, 0 failed (1 file, 1 of 1 rules fired");
    }

    @Test
    void caseIsFoundByAPartOfItsName() throws Exception {
        assertThat(console.run(Console.cases(rules.folder(), "LOW mem", "high cpu")))
                .isZero();
        assertThat(console.lastLine())
                .startsWith("2 passed, 0 failed (2 files, 0.0")
                .doesNotContain("rules fired");
    }

    @Test
    void caseThatIsNotThereIsANo() throws Exception {
        assertThat(console.run(Console.cases(rules.folder(), "high cpu firs"))).isEqualTo(1);
        assertThat(console.err())
                .isEqualTo("tocsin: no case is called like high cpu firs; did you mean \"high cpu fires\"?\n");
    }

    @Test
    void folderWithoutScenariosIsANo() throws Exception {
        Path empty = Files.createDirectory(rules.path("empty"));
        assertThat(console.run(Console.wanted(rules.folder(), empty))).isEqualTo(1);
        assertThat(console.err()).isEqualTo("tocsin: no file ends in .scenario.yaml\n");
    }

    @Test
    void rulesThatDoNotCompileRunNothing() throws Exception {
        rules.write("a.drl", SmallRules.HEAD + SmallRules.rule("cpu is high", "cpu_high", "CPUU", 90));
        assertThat(console.run(Console.wanted(rules.folder()))).isEqualTo(1);
        assertThat(console.out()).contains(rules.path("a.drl") + ":7:").doesNotContain("passed");
        assertThat(console.err()).isEqualTo("tocsin: the rules do not compile, so no scenario was run\n");
    }

    @Test
    void fileWithAMistakeFailsAndTheOthersRun() throws Exception {
        rules.write("a.scenario.yaml", "cases: []\n");
        assertThat(console.run(Console.wanted(rules.folder()))).isEqualTo(1);
        assertThat(console.out())
                .contains("✗ " + rules.path("a.scenario.yaml") + ":1:8: cases: expected at least one case, found none");
        assertThat(console.lastLine()).startsWith("2 passed, 1 failed (2 files");
    }

    @Test
    void ruleThatThrowsFailsItsCase() throws Exception {
        rules.write("a.drl", SmallRules.HEAD + """
                rule "cpu is high"
                when
                    $u : ResourceUsage(resourceType == ResourceType.CPU, currentUsed + 1 > 0)
                then
                    insertLogical(Finding.of("cpu_high", $u).warning("high"));
                end
                """);
        assertThat(console.run(Console.wanted(rules.folder(), rules.path("a.scenario.yaml"))))
                .isEqualTo(1);
        assertThat(console.out()).contains("rule: rule \"cpu is high\" (a.drl:5) failed");
    }

    @Test
    void jsonHoldsEverything() throws Exception {
        rules.write("a.scenario.yaml", SmallRules.scenario("cpu", 95, "[{alert_type: cpu_high, severity: critical}]"));
        rules.write("b.scenario.yaml", "cases: []\n");
        assertThat(console.run(Console.wanted(rules.folder()), new Parts.Look(false, true, false)))
                .isEqualTo(1);
        JsonObject json = new JsonObject(console.out());
        assertThat(json.getInteger("passed")).isEqualTo(1);
        assertThat(json.getInteger("failed")).isEqualTo(2);
        JsonObject oneCase = json.getJsonArray("cases").getJsonObject(0);
        assertThat(oneCase.getString("name")).isEqualTo("high cpu fires");
        assertThat(oneCase.getBoolean("passed")).isFalse();
        assertThat(oneCase.getJsonArray("timeline")).hasSize(3);
        JsonObject failure = oneCase.getJsonArray("failures").getJsonObject(0);
        assertThat(failure.getInteger("line")).isEqualTo(8);
        assertThat(failure.getJsonObject("expected").getString("severity")).isEqualTo("critical");
        assertThat(failure.getJsonObject("got").getString("severity")).isEqualTo("warning");
        assertThat(failure.getJsonArray("why")).isNotEmpty();
        assertThat(json.getJsonArray("problems").getJsonObject(0).getInteger("column"))
                .isEqualTo(8);
        assertThat(json.getJsonObject("coverage")
                        .getJsonArray("silent")
                        .getJsonObject(0)
                        .getString("name"))
                .isEqualTo("memory is high");
        assertThat(json.getDouble("simulated_hours")).isNotNull();
    }

    @Test
    void quietPrintsWhatFailedAndTheLastLine() throws Exception {
        console.run(Console.wanted(rules.folder()), new Parts.Look(false, false, true));
        assertThat(console.out().lines()).hasSize(1);
    }

    @Test
    void verbosePrintsTheTimeLineOfEveryCase() throws Exception {
        Parts.Wanted wanted =
                new Parts.Wanted(List.of(rules.folder()), rules.folder(), List.of("high cpu"), null, false, true);
        assertThat(console.run(wanted)).isZero();
        assertThat(console.out()).contains("high cpu fires\n", "  0s  telemetry ", "  0s  fired ", "  1s  expect  ");
    }

    @Test
    void longTimeLineShowsWhatIsAroundTheFailure() throws Exception {
        StringBuilder timeline = new StringBuilder("cases:\n- name: long\n  timeline:\n");
        for (int i = 0; i < 200; i++) {
            timeline.append(
                    "  - {at: %ds, send: {type: resource_usage, node: n1, resource_type: cpu, usage_percent: %d}}\n"
                            .formatted(i, i % 80));
        }
        rules.write("a.scenario.yaml", timeline + "  - {at: 200s, expect: {alerts: [{alert_type: cpu_high}]}}\n");
        assertThat(console.run(Console.wanted(rules.folder(), rules.path("a.scenario.yaml"))))
                .isEqualTo(1);
        assertThat(console.out())
                .contains(
                        "… 176 lines more with -o json",
                        "usage_percent=39",
                        "rule \"cpu is high\" (a.drl:5) has not matched");
        assertThat(console.out().lines()).hasSizeLessThan(40);
    }

    @Test
    void manyDifferencesAreCountedAfterTheFirstOnes() throws Exception {
        StringBuilder timeline = new StringBuilder("cases:\n- name: many\n  timeline:\n  - at: 0s\n    send:\n");
        for (int i = 0; i < 20; i++) {
            timeline.append(
                    "    - {type: resource_usage, node: n%d, resource_type: cpu, usage_percent: 95}\n".formatted(i));
        }
        rules.write("a.scenario.yaml", timeline + "    expect: {alerts: []}\n");
        assertThat(console.run(Console.wanted(rules.folder(), rules.path("a.scenario.yaml"))))
                .isEqualTo(1);
        assertThat(console.out().lines().filter(line -> line.contains("✗              nothing")))
                .hasSize(12);
        assertThat(console.out()).contains("           … 8 more with -o json\n");
    }
}
