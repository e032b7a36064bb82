package io.tocsin.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.Parts;
import io.tocsin.cli.Terminal;
import io.tocsin.cli.scenario.ScenarioTests;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each template gives stands the same checks as the shipped rules, beside them. */
class RuleKindTest {
    private static final Path SHIPPED = Path.of("rules");
    private static final Path COOKBOOK = Path.of("docs/cookbook");

    @TempDir
    Path rules;

    @BeforeEach
    void copyShippedRules() throws Exception {
        try (Stream<Path> files = Files.walk(SHIPPED)) {
            for (Path file : files.filter(path -> path.toString().matches(".*\\.(drl|csv|scenario\\.yaml)"))
                    .toList()) {
                Path copy = rules.resolve(SHIPPED.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static NewRule written(Path rules, RuleKind kind, String name) throws Exception {
        NewRule rule = NewRule.in(rules, kind, name);
        assertThat(rule.taken(rules)).isNull();
        rule.write();
        return rule;
    }

    /** The exit code of {@code test} and what it said. */
    private static List<Object> test(Path rules, List<Path> scenarios) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(print, print, Map.of(), false, false, 200, Clock.systemUTC());
        int code = ScenarioTests.run(
                new Parts.Wanted(scenarios, rules, List.of(), null, false, false),
                terminal,
                new Parts.Look(false, false, false));
        return List.of(code, said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void everyKindPassesCheckAndTestBesideTheShippedRules() throws Exception {
        List<Path> scenarios = new ArrayList<>();
        for (RuleKind kind : RuleKind.values()) {
            scenarios.add(written(rules, kind, "a_new_" + kind.word().replace('-', '_'))
                    .scenario());
        }
        assertThat(RuleCheck.check(rules).found()).isEmpty();
        List<Object> result = test(rules, scenarios);
        assertThat(result.get(0)).as("%s", result.get(1)).isEqualTo(0);
    }

    @Test
    void shippedScenariosHoldBesideNewRulesOfAllKinds() throws Exception {
        for (RuleKind kind : RuleKind.values()) {
            written(rules, kind, "another_" + kind.word().replace('-', '_'));
        }
        List<Object> result = test(rules, List.of(rules));
        assertThat(result.get(0)).as("%s", result.get(1)).isEqualTo(0);
    }

    @Test
    void cookbookIsWhatTheTemplatesGive() throws Exception {
        Map<RuleKind, String> cookbook = Map.of(
                RuleKind.RATE, "queue_growth",
                RuleKind.QUIET, "retry_rate",
                RuleKind.FLAPPING, "flapping",
                RuleKind.COMPOSITE, "jobs_waiting",
                RuleKind.DEPENDENCY, "unreachable",
                RuleKind.TIME_OF_DAY, "batch_load",
                RuleKind.WATCHDOG, "watchdog");
        List<Path> scenarios = new ArrayList<>();
        for (Map.Entry<RuleKind, String> entry : cookbook.entrySet()) {
            NewRule rule = written(rules, entry.getKey(), entry.getValue());
            assertThat(COOKBOOK.resolve(rule.rule().getFileName())).hasSameTextualContentAs(rule.rule());
            assertThat(COOKBOOK.resolve(rule.scenario().getFileName())).hasSameTextualContentAs(rule.scenario());
            scenarios.add(rule.scenario());
        }
        try (Stream<Path> files = Files.list(COOKBOOK)) {
            assertThat(files).hasSize(2 * cookbook.size());
        }
        List<Object> result = test(rules, scenarios);
        assertThat(result.get(0)).as("%s", result.get(1)).isEqualTo(0);
    }

    @Test
    void readmeShowsEveryKindAndLinksEveryFileOfTheCookbook() throws Exception {
        String readme = Files.readString(SHIPPED.resolve("README.md"));
        for (RuleKind kind : RuleKind.values()) {
            assertThat(readme).contains("`" + kind.word() + "`");
        }
        try (Stream<Path> files = Files.list(COOKBOOK)) {
            assertThat(files.filter(file -> file.toString().endsWith(".drl")))
                    .allSatisfy(file -> assertThat(readme).contains("(../" + file + ")"));
        }
    }

    @ParameterizedTest
    @EnumSource(RuleKind.class)
    void everyTemplateReadsLikeAShippedRule(RuleKind kind) {
        String drl = kind.rule("queue_length");
        assertThat(drl).doesNotContain("@").contains("queue length");
        assertThat(kind.scenario("queue_length")).doesNotContain("@").contains("silent", "null");
        assertThat(drl.lines().count()).isLessThanOrEqualTo(60);
        assertThat(drl.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(125));
        Pattern header = Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*rule \"", Pattern.DOTALL);
        assertThat(header.matcher(drl).results().toList())
                .hasSameSizeAs(
                        Pattern.compile("(?m)^rule \"").matcher(drl).results().toList())
                .allSatisfy(found -> assertThat(found.group(1))
                        .contains("Input: ", "Withdrawn: ", "Why ", "Severity: ", "Noise: ", "Runbook: "));
    }
}
