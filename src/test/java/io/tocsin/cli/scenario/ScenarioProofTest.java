package io.tocsin.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.evaluate.Problem;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.it.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioProofTest {
    private static final String RULE = """
            package rules;
            import io.tocsin.model.*;
            import java.util.List;
            import static io.tocsin.model.Rules.*;
            /** Memory. */
            rule "memory is high"
            when
                $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent > 85)
            then
                insertLogical(Finding.of("memory_usage", $u).warning("high"));
            end
            """;
    private static final String SCENARIO = """
            description: 90 is high
            cases:
            - name: 50 is silent
              timeline:
              - at: 0s
                send: {type: resource_usage, node: n1, resource_type: memory, usage_percent: 50}
              - at: 1s
                expect: {alerts: []}
            - name: 90 fires
              timeline:
              - at: 0s
                send: {type: resource_usage, node: n1, resource_type: memory, usage_percent: 90}
              - at: 1s
                expect: {alerts: [{alert_type: memory_usage, state: firing}]}
            """;

    private final CaseThreads threads = new CaseThreads(Duration.ofSeconds(1));

    @TempDir
    Path rules;

    @BeforeEach
    void write() throws IOException {
        write("memory.drl", RULE);
        write("memory.scenario.yaml", SCENARIO);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(rules.resolve(name), text);
    }

    private ScenarioProof.Result prove(Duration most) throws Exception {
        try (RuleBook book = RuleBook.load(rules)) {
            return ScenarioProof.run(book, rules, most, threads);
        }
    }

    private Problem problem() throws Exception {
        ScenarioProof.Result result = prove(Duration.ofMinutes(1));
        assertThat(result.problems()).hasSize(1);
        return result.problems().get(0);
    }

    @Test
    void casesThatPassAreCounted() throws Exception {
        ScenarioProof.Result result = prove(Duration.ofMinutes(1));
        assertThat(result.problems()).isEmpty();
        assertThat(result.played()).hasSize(2).allMatch(ScenarioProof.Case::passed);
        assertThat(result.leftOut()).isZero();
    }

    @Test
    void caseThatFailsIsNamedAtItsPlace() throws Exception {
        write("memory.drl", RULE.replace("> 85", "> 92"));
        Problem problem = problem();
        assertThat(problem.place()).isEqualTo("memory.scenario.yaml:9:1");
        assertThat(problem.what()).contains("90 fires").contains("memory_usage");
    }

    @Test
    void fileThatIsNoScenarioIsNamedAtItsPlace() throws Exception {
        write("memory.scenario.yaml", SCENARIO.replace("expect: {alerts: []}", "expect: {alerts: []"));
        Problem problem = problem();
        assertThat(problem.file()).isEqualTo("memory.scenario.yaml");
        assertThat(problem.line()).isGreaterThan(7);
    }

    @Test
    void everyMistakeOfAScenarioIsNamedAtItsPlaceWithWhatToDo() throws Exception {
        write("memory.scenario.yaml", SCENARIO.replace("timeline", "timelime"));
        List<Problem> problems = prove(Duration.ofMinutes(1)).problems();
        assertThat(problems).extracting(Problem::file).containsOnly("memory.scenario.yaml");
        assertThat(problems).extracting(Problem::line).containsExactly(3, 4, 9, 10);
        assertThat(problems.get(1).what()).contains("timelime");
        assertThat(problems.get(1).hint()).contains("timeline");
    }

    @Test
    void ruleFileWithoutScenarioIsNamed() throws Exception {
        Files.delete(rules.resolve("memory.scenario.yaml"));
        assertThat(problem().place()).isEqualTo("memory.drl:1:1");
        assertThat(problem().what()).isEqualTo("has no scenario file");
    }

    @Test
    void ruleThatDoesNotReturnIsNamedAndKeepsNobody() throws Exception {
        String slow = Slow.text(3);
        write(
                "memory.drl",
                RULE.replace("usagePercent > 85", "node matches \"" + Slow.PATTERN + "\", usagePercent > 85"));
        write("memory.scenario.yaml", SCENARIO.replaceFirst("node: n1", "node: " + slow));
        ScenarioProof.Result result = prove(Duration.ofMinutes(1));
        assertThat(result.problems()).hasSize(2);
        Problem stuck = result.problems().get(0);
        assertThat(stuck.place()).isEqualTo("memory.scenario.yaml:3:1");
        assertThat(stuck.what())
                .isEqualTo("case \"50 is silent\": line 6, at 0s: rule: rule \"memory is high\" (memory.drl:6) did not"
                        + " return within 1s");
        assertThat(result.problems().get(1).what()).contains("90 fires");
        assertThat(threads.lost()).isEqualTo(1);
        await().atMost(Duration.ofMinutes(1)).until(() -> threads.lost() == 0);
    }

    @Test
    void whatTakesTooLongIsLeftOutAndCounted() throws Exception {
        ScenarioProof.Result result = prove(Duration.ZERO);
        assertThat(result.problems()).isEmpty();
        assertThat(result.played()).isEmpty();
        assertThat(result.leftOut()).isEqualTo(1);
    }
}
