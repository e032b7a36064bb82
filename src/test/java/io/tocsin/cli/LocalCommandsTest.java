package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.CliFixture.Result;
import io.tocsin.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
        cli.rules = folder -> new Parts.Checked(List.of(), 1, 3, Set.of("log"));
        Result result = cli.run("check", project.toString());
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo(config + ", 3 rules in 1 files: 0 errors, 0 warnings\n");
    }

    @Test
    void checkTellsProblemsOfConfigAndRulesTogether() throws IOException {
        Files.writeString(config, "http:\n  prot: 1\n");
        Files.writeString(rules.resolve("lonely.drl"), "");
        List<Path> asked = new ArrayList<>();
        cli.rules = folder -> {
            asked.add(folder);
            return new Parts.Checked(
                    List.of(new Parts.Found(
                            "threshold/memory.drl", 3, 9, "no such field usage", "did you mean x", false)),
                    2,
                    1,
                    Set.of());
        };
        Result result = cli.run("check", project.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(asked).containsExactly(rules);
        assertThat(result.out().lines())
                .containsExactly(
                        config + ":2:3: http.prot: unknown key; did you mean port?",
                        rules + "/threshold/memory.drl:3:9: no such field usage; did you mean x",
                        rules.resolve("lonely.drl") + ":1:1: has no scenario file; write "
                                + rules.resolve("lonely.scenario.yaml")
                                + " with a case that fires and one that stays silent");
        var document = json(cli.run("check", project.toString(), "-o", "json").out());
        assertThat(document.path("errors").asInt()).isEqualTo(3);
        assertThat(document.path("problems").get(1).path("line").asInt()).isEqualTo(3);
    }

    @Test
    void receiverThatRulesNameButNobodyConfiguredIsAWarningOnly() {
        cli.rules = folder -> new Parts.Checked(List.of(), 1, 1, Set.of("log", "slack"));
        Result result = cli.run("check", project.toString());
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .isEqualTo(config + ":1:1: warning: rules name the receiver slack, which is not configured;"
                        + " it is skipped; write receivers.slack\n");
    }

    @Test
    void checkTakesAFolderOfRules() throws IOException {
        List<Path> asked = new ArrayList<>();
        cli.rules = folder -> {
            asked.add(folder);
            return new Parts.Checked(List.of(), 1, 1, Set.of());
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
                "bench",
                "bench engine"
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
