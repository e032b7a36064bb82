package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.CliFixture.Result;
import io.tocsin.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalCommandsTest {
    private static final String KEY = "SECRETMARKSECRETMARKSECRETMARK12";

    private final CliFixture cli = new CliFixture();

    @TempDir
    Path project;

    private Path rules;
    private Path config;

    @BeforeEach
    void project() throws IOException {
        rules = Files.createDirectories(project.resolve("rules/threshold")).getParent();
        config = Files.createDirectories(project.resolve("config")).resolve("tocsin.yaml");
        Files.writeString(config, "http: {port: 9000}\n");
        Files.writeString(rules.resolve("threshold/memory.drl"), "");
        Files.writeString(rules.resolve("threshold/memory.scenario.yaml"), "");
    }

    @Test
    void runHandsTheConfigurationToTheAppliance() {
        List<Object> got = new ArrayList<>();
        cli.appliance = (settings, warnings, look) -> {
            got.addAll(List.of(settings, warnings, look));
            return 7;
        };
        Result result = cli.run("run", "--config", config.toString(), "--data", "d", "--rules", "r", "-o", "json");
        assertThat(result).isEqualTo(new Result(7, "", ""));
        Settings settings = (Settings) got.get(0);
        assertThat(settings.http().port()).isEqualTo(9000);
        assertThat(settings.rules().path()).isEqualTo(Path.of("r"));
        assertThat(settings.store().url()).isEqualTo("sqlite:d/tocsin.db");
        assertThat(got.get(2)).isEqualTo(new Parts.Look(false, true, false));
    }

    @Test
    void runTellsEveryMistakeAndStartsNothing() {
        cli.appliance = (settings, warnings, look) -> {
            throw new AssertionError("started");
        };
        cli.env.put("TOCSIN__HTTP__HOST", "0.0.0.0");
        Result result = cli.run("run", "--config", config.toString(), "--set", "http.prot=1", "--set", "store.url=x");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains(
                        "--set http.prot: unknown key; did you mean port?\n",
                        "--set store.url: ",
                        "TOCSIN__HTTP__HOST: http.host: ")
                .endsWith("tocsin: not started: 3 mistakes in the configuration\n");
    }

    @Test
    void configFileThatIsNotThereIsAMistake() {
        Result result = cli.run("run", "--config", project.resolve("no.yaml").toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("no.yaml:1:1: there is no such file");
    }

    @Test
    void checkOfAGoodProjectIsAYes() {
        cli.rules = folder -> new Parts.Checked(List.of(), 1, 3, List.of());
        Result result = cli.run("check", project.toString());
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo(config + ", 3 rules in 1 files: 0 errors, 0 warnings\n");
    }

    @Test
    void checkTellsProblemsOfConfigAndRulesTogether() throws IOException {
        Files.writeString(config, "http:\n  prot: 1\n");
        List<Path> asked = new ArrayList<>();
        cli.rules = folder -> {
            asked.add(folder);
            return new Parts.Checked(
                    List.of(new Parts.Found(
                            "threshold/memory.drl", 3, 9, "no such field usage", "did you mean x", false)),
                    2,
                    1,
                    List.of());
        };
        Result result = cli.run("check", project.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(asked).containsExactly(rules);
        assertThat(result.out().lines())
                .containsExactly(
                        config + ":2:3: http.prot: unknown key; did you mean port?",
                        rules + "/threshold/memory.drl:3:9: no such field usage; did you mean x");
        var document = json(cli.run("check", project.toString(), "-o", "json").out());
        assertThat(document.path("errors").asInt()).isEqualTo(2);
        assertThat(document.path("problems").get(1).path("line").asInt()).isEqualTo(3);
    }

    private static Parts.Named named(Parts.Kind kind, String name, int line) {
        return new Parts.Named(kind, name, "threshold/memory.drl", line, 5);
    }

    @Test
    void receiverThatRulesNameButNobodyConfiguredIsAWarningAtTheRule() {
        cli.rules = folder -> new Parts.Checked(
                List.of(),
                1,
                1,
                List.of(
                        named(Parts.Kind.ROUTE, "log", 2),
                        named(Parts.Kind.ROUTE, "slack", 3),
                        named(Parts.Kind.ESCALATION, "oncall", 4),
                        named(Parts.Kind.ESCALATION, "oncall", 5),
                        named(Parts.Kind.RUNBOOK, "docs/none.md", 6),
                        named(Parts.Kind.RUNBOOK, "https://example.org/x", 7)));
        Result result = cli.run("check", project.toString());
        String file = rules.resolve("threshold/memory.drl") + ":";
        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        file + "3:5: warning: receiver \"slack\" is not configured, so it hears nothing; write"
                                + " receivers.slack in " + config + "; there is log",
                        file + "4:5: warning: \"oncall\" is no receiver, so it is shown and nobody is told (and in 1"
                                + " more); write receivers.oncall in " + config + "; there is log",
                        file + "6:5: warning: there is no file docs/none.md; write it, or name another runbook");
    }

    @Test
    void receiverToWhichNoRuleRoutesIsAWarningAtItsPlaceInConfig() throws IOException {
        Files.writeString(config, "receivers:\n  pagerduty: {routing_key: " + KEY + "}\n");
        cli.rules = folder -> new Parts.Checked(List.of(), 1, 1, List.of(named(Parts.Kind.ROUTE, "log", 2)));
        Result result = cli.run("check", project.toString());
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith(config + ":2:")
                .contains(": warning: no rule routes to the receiver pagerduty, so it hears nothing; write new Route(");
        cli.rules = folder -> new Parts.Checked(
                List.of(), 1, 1, List.of(named(Parts.Kind.ROUTE, "log", 2), named(Parts.Kind.ROUTE, "", 3)));
        assertThat(cli.run("check", project.toString()).out()).isEmpty();
    }

    @Test
    void checkOfOneFileTellsItsProblemsOnly() throws IOException {
        Files.writeString(rules.resolve("threshold/cpu.drl"), "");
        cli.rules = folder -> new Parts.Checked(
                List.of(
                        new Parts.Found("threshold/cpu.drl", 1, 1, "one", "", false),
                        new Parts.Found("threshold/memory.drl", 1, 1, "other", "", false)),
                2,
                2,
                List.of());
        Result result = cli.run("check", rules.resolve("threshold/memory.drl").toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEqualTo(rules.resolve("threshold/memory.drl") + ":1:1: other\n");
    }

    @Test
    void onATerminalTheLineIsShownWithAMarkUnderWhatIsMeant() throws IOException {
        Files.writeString(rules.resolve("threshold/memory.drl"), "\ufefffirst\r\n\t\"😀\" usge > 5\r\n");
        cli.rules = folder -> new Parts.Checked(
                List.of(new Parts.Found("threshold/memory.drl", 2, 6, "no field usge", "did you mean usage", false)),
                1,
                1,
                List.of());
        assertThat(cli.run("check", project.toString()).out().lines()).hasSize(1);
        cli.onTerminal = true;
        cli.env.put("NO_COLOR", "1");
        assertThat(cli.run("check", project.toString()).out().lines())
                .containsExactly(
                        rules + "/threshold/memory.drl:2:6: no field usge; did you mean usage",
                        "    2 │     \"😀\" usge > 5",
                        "      │          ^^^^");
    }

    @Test
    void rulesAreListedAndShownFromTheirFiles() {
        cli.catalogue = folder -> new Parts.Listed(
                List.of(
                        new Parts.Rule("a is high", "threshold/a.drl", 7, "What a means.", "rule a", "rule a"),
                        new Parts.Rule("b is high", "threshold/limits.csv", 2, "", "metric\nb", "rule b")),
                List.of());
        String[] folder = {"--rules", rules.toString()};
        assertThat(cli.run("rules", "list", folder[0], folder[1]).out())
                .isEqualTo("threshold/a.drl:7       a is high\nthreshold/limits.csv:2  b is high\n");
        assertThat(cli.run("rules", "show", "a is high", folder[0], folder[1]).out())
                .isEqualTo("a is high\n" + rules + "/threshold/a.drl:7\n  What a means.\n\nrule a\n");
        assertThat(cli.run("rules", "show", "threshold/limits.csv:2", "-q", folder[0], folder[1])
                        .out())
                .isEqualTo("metric\nb\n");
        assertThat(cli.run("rules", "show", "b", "--drl", "-q", folder[0], folder[1])
                        .out())
                .isEqualTo("rule b\n");
        Result unknown = cli.run("rules", "show", "is high", folder[0], folder[1]);
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("is it one of these? a is high; b is high");
    }

    @Test
    void checkTakesAFolderOfRules() throws IOException {
        List<Path> asked = new ArrayList<>();
        cli.rules = folder -> {
            asked.add(folder);
            return new Parts.Checked(List.of(), 1, 1, List.of());
        };
        assertThat(cli.run("check", rules.toString()).code()).isZero();
        assertThat(cli.run(
                                "check",
                                project.toString(),
                                "--rules",
                                rules.resolve("threshold").toString())
                        .code())
                .isZero();
        assertThat(asked).containsExactly(rules, rules.resolve("threshold"));
        assertThat(cli.run("check", project.resolve("none").toString()).code()).isEqualTo(2);
    }

    @Test
    void checkShowsTheConfigurationWithoutSecrets() throws IOException {
        Files.writeString(config, "receivers: {pagerduty: {routing_key: " + KEY + "}}\n");
        Result table = cli.run("check", project.toString(), "--show");
        Result json = cli.run("check", project.toString(), "--show", "-o", "json");
        assertThat(table.out()).contains("http.port = 8626  # default", "receivers.pagerduty.routing_key = ***");
        assertThat(json(json.out()).path("config").path("http.port").asText()).isEqualTo("8626");
        assertThat(table.out() + table.err() + json.out()).doesNotContain("SECRETMARK");
    }

    @Test
    void testHandsOverWhatToRun() {
        List<Parts.Wanted> got = new ArrayList<>();
        cli.scenarios = (wanted, terminal, look) -> {
            got.add(wanted);
            return 1;
        };
        assertThat(cli.run("test", rules.toString()).code()).isEqualTo(1);
        cli.run("test", "--rules", rules.toString(), "--case", "dip", "--case", "rise", "--junit", "x.xml", "-v", "-w");
        assertThat(got)
                .containsExactly(
                        new Parts.Wanted(List.of(rules), null, List.of(), null, false, false),
                        new Parts.Wanted(List.of(rules), rules, List.of("dip", "rise"), Path.of("x.xml"), true, true));
        assertThat(cli.run("test", "no/such").code()).isEqualTo(2);
        assertThat(cli.run("test", "--rules", "no/such", rules.toString()).code())
                .isEqualTo(2);
        assertThat(cli.run("test", rules.toString(), "--watch", "-o", "json").code())
                .isEqualTo(2);
        assertThat(got).hasSize(2);
    }

    @Test
    void benchOfAClusterSaysWhatToTypeWhenThereIsNoStore() {
        cli.cluster = (plan, terminal, look) -> {
            throw new AssertionError("started");
        };
        Result none = cli.run("bench", "cluster");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err())
                .startsWith("tocsin: --store is missing")
                .contains("./tocsin bench cluster --store postgresql://user:password@127.0.0.1:5432/postgres");

        Result wrong = cli.run("bench", "cluster", "--store", "postgresql://" + KEY + "@/");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--store names no host", "--store names no database");
    }

    @Test
    void benchOfAClusterMeasuresWhatIsAskedFor() {
        List<Parts.Plan> plans = new ArrayList<>();
        cli.cluster = (plan, terminal, look) -> {
            plans.add(plan);
            return 0;
        };
        String store = "postgresql://u:p@h/d";
        assertThat(cli.run("bench", "cluster", "--store", store).code()).isZero();
        assertThat(plans.get(0).parts()).containsExactly(Parts.ClusterPart.values());
        assertThat(plans.get(0).kills()).isEqualTo(20);

        assertThat(cli.run("bench", "cluster", "--store", store, "--only", "throughput,freeze", "--freezes", "1")
                        .code())
                .isZero();
        assertThat(plans.get(1).parts()).containsExactly(Parts.ClusterPart.FREEZE, Parts.ClusterPart.THROUGHPUT);
        assertThat(plans.get(1).freezes()).isOne();

        assertThat(cli.run("bench", "cluster", "--store", store, "--only", "speed")
                        .err())
                .contains("--only speed: allowed: takeover, freeze, handover, throughput");
        assertThat(cli.run("bench", "cluster", "--store", store, "--kills", "-1")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void benchHandsOverHowMuch() {
        List<Integer> got = new ArrayList<>();
        cli.engine = (seconds, series, terminal, look) -> {
            got.addAll(List.of(seconds, series));
            return 0;
        };
        assertThat(cli.run("bench", "engine", "--seconds", "2").code()).isZero();
        assertThat(got).containsExactly(2, 10_000);
        assertThat(cli.run("bench", "engine", "--seconds", "0").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "check",
                "test",
                "alerts",
                "ack",
                "resolve",
                "why",
                "status",
                "watch",
                "new",
                "new rule",
                "rules",
                "rules list",
                "rules show",
                "bench",
                "bench engine",
                "bench cluster"
            })
    void everyCommandHasHelpOnStdout(String command) {
        Result result = cli.run((command + " --help").strip().split(" "));
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith(("Usage: tocsin " + command).strip())
                .doesNotContain("\u001b");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void mistypedWordsAreAnsweredWithTheNearestOnes() {
        assertThat(cli.run("alrets").err()).contains("did you mean alerts");
        assertThat(cli.run("run", "--confg", "x").err()).contains("did you mean --config");
        assertThat(cli.run("alrets").code()).isEqualTo(2);
        assertThat(cli.run().code()).isEqualTo(2);
    }

    @Test
    void unexpectedFailureIsNoAnswer() {
        cli.appliance = (settings, warnings, look) -> {
            throw new IllegalStateException("broken");
        };
        Result result = cli.run("run", "--config", config.toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("IllegalStateException: broken");
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        try {
            return Json.parse(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
