package io.tocsin.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.cli.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever edits a rule sees at once what it does. */
class ScenarioWatchTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @TempDir
    Path folder;

    private Console console;
    private Thread watching;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    private SmallRules watch(boolean onTerminal) {
        SmallRules rules = new SmallRules(folder);
        console = new Console(onTerminal);
        Parts.Wanted wanted = new Parts.Wanted(List.of(folder), folder, List.of(), null, true, false);
        watching = new Thread(() -> {
            try {
                ended.complete(console.run(wanted));
            } catch (Throwable fault) {
                ended.completeExceptionally(fault);
            }
        });
        watching.start();
        waitFor("4 passed, 0 failed");
        return rules;
    }

    private void waitFor(String text) {
        waitFor(text, 1);
    }

    private void waitFor(String text, int times) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(console.out().split(java.util.regex.Pattern.quote(text), -1).length - 1)
                        .as(console.out() + console.err())
                        .isGreaterThanOrEqualTo(times));
        await().atMost(LONG).until(() -> console.err().endsWith("Ctrl-C ends\n"));
    }

    @AfterEach
    void end() throws Exception {
        watching.interrupt();
        assertThat(ended.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(console.err()).endsWith("stopped\n").doesNotContain("Exception");
    }

    @Test
    void savedScenarioRunsAloneAndSavedRuleRunsAll() {
        SmallRules rules = watch(false);
        rules.write("a.scenario.yaml", SmallRules.scenario("cpu", 95, "[]"));
        waitFor("1 passed, 1 failed (1 file");
        assertThat(console.out()).contains("saved: " + rules.path("a.scenario.yaml"));
        rules.write("a.drl", SmallRules.HEAD + SmallRules.rule("cpu is high", "cpu_high", "CPU", 99));
        waitFor("4 passed, 0 failed", 2);
        assertThat(console.out()).doesNotContain("\u001b");
    }

    @Test
    void savedTableOfLimitsRunsAll() {
        SmallRules rules = watch(false);
        rules.write("limits.csv", """
                metric,node,direction,limit,clear,hold,severity,runbook
                queue_depth,*,max,1000,800,1m,warning,docs/runbooks/limits.md
                """);
        waitFor("saved: " + rules.path("limits.csv"));
        waitFor("4 passed, 0 failed", 2);
    }

    @Test
    void brokenRuleIsToldAndTheNextSaveRunsAgain() {
        SmallRules rules = watch(true);
        rules.write("a.drl", "nonsense");
        waitFor(rules.path("a.drl") + ":1:");
        rules.write("a.drl", SmallRules.HEAD + SmallRules.rule("cpu is high", "cpu_high", "CPU", 91));
        waitFor("4 passed, 0 failed", 2);
        assertThat(console.out()).contains(CLEAR);
    }

    @Test
    void scenarioThatGoesAndOneThatComesAreNoticed() throws Exception {
        SmallRules rules = watch(false);
        Files.delete(rules.path("b.scenario.yaml"));
        waitFor("saved: " + rules.path("b.scenario.yaml"));
        rules.write("c.scenario.yaml", SmallRules.scenario("cpu", 95, "[{alert_type: cpu_high}]"));
        waitFor("2 passed, 0 failed (1 file");
    }
}
