package io.tocsin.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.RuleInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every scenario beside a shipped rule file passes through all shipped rules. */
class ShippedScenariosTest {
    private static final Path RULES = Path.of("rules");
    private static RuleBook book;

    @BeforeAll
    static void compile() throws Exception {
        book = RuleBook.load(RULES);
    }

    @AfterAll
    static void discard() {
        book.close();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(RULES)) {
            return walk.filter(path -> path.toString().endsWith(".scenario.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> scenariosPass() throws Exception {
        assertThat(files()).isNotEmpty();
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    List<ScenarioRunner.Outcome> outcomes = new ScenarioRunner(book).run(ScenarioReader.read(file));
                    assertThat(outcomes.stream()
                                    .filter(outcome -> !outcome.passed())
                                    .map(outcome -> outcome.name() + "\n" + String.join("\n", outcome.failures())))
                            .isEmpty();
                }));
    }

    @Test
    void everyShippedRuleIsFiredByAScenarioBesideIt() throws Exception {
        ScenarioRunner runner = new ScenarioRunner(book);
        Map<String, Set<String>> fired = new TreeMap<>();
        for (Path file : files()) {
            String scenario = RULES.relativize(file).toString();
            Set<String> rules =
                    fired.computeIfAbsent(scenario.substring(0, scenario.indexOf('.')), name -> new TreeSet<>());
            runner.run(ScenarioReader.read(file))
                    .forEach(outcome -> rules.addAll(outcome.fired().keySet()));
        }
        assertThat(book.rules().stream()
                        .map(RuleInfo::ref)
                        .filter(rule -> !fired.getOrDefault(
                                        rule.file().substring(0, rule.file().indexOf('.')), Set.of())
                                .contains(rule.name())))
                .as("rules that the scenario beside them does not fire")
                .isEmpty();
    }

    /** On one processor, which others may use at the same time; the first round also loads what the next find ready. */
    @Test
    void twoHundredHoursAreSimulatedInASecondOfOneProcessor() throws Exception {
        List<Scenario> scenarios = new ArrayList<>();
        for (Path file : files()) {
            scenarios.add(ScenarioReader.read(file));
        }
        ScenarioRunner runner = new ScenarioRunner(book);
        double best = 0;
        for (int round = 0; round < 4 && best < 200; round++) {
            long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            List<ScenarioRunner.Outcome> outcomes = new ArrayList<>();
            scenarios.forEach(scenario -> outcomes.addAll(runner.run(scenario)));
            Duration took = Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began);
            best = Math.max(best, new Played(outcomes, List.of(), scenarios.size(), null, took).rate());
        }
        assertThat(best).as("simulated hours a second").isGreaterThan(200);
    }

    @Test
    void everyFileHasACaseThatStaysSilent() throws Exception {
        for (Path file : files()) {
            assertThat(ScenarioReader.read(file).cases())
                    .as(file.toString())
                    .anyMatch(one -> one.name().contains("silent"));
        }
    }
}
