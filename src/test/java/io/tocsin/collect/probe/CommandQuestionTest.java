package io.tocsin.collect.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.model.CheckResult;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class CommandQuestionTest {
    private static final Duration PATIENT = Duration.ofSeconds(10);

    @TempDir
    Path dir;

    private Vertx vertx;

    @BeforeEach
    void start(Vertx vertx) {
        this.vertx = vertx;
    }

    @Test
    void exitCodeZeroPasses() throws Exception {
        Answer answer = sh("echo fine", PATIENT);

        assertThat(answer.result()).isEqualTo(CheckResult.PASS);
        assertThat(answer.details()).containsEntry("exit_code", 0).containsEntry("command", "sh");
    }

    @Test
    void otherExitCodeFailsWithTheFirstLine() throws Exception {
        Answer answer = sh("echo no quorum >&2; echo more; exit 3", PATIENT);

        assertThat(answer.result()).isEqualTo(CheckResult.FAIL);
        assertThat(answer.error()).isEqualTo("sh ended with exit code 3, expected 0: no quorum");
    }

    @Test
    void missingProgramFails() throws Exception {
        Answer answer = ask(List.of("/no/such/program", "secret"), PATIENT);

        assertThat(answer.result()).isEqualTo(CheckResult.FAIL);
        assertThat(answer.error())
                .contains("/no/such/program cannot be started", "No such file")
                .doesNotContain("secret");
    }

    @Test
    void commandThatDoesNotEndIsKilledWithItsChildren() throws Exception {
        Path pids = dir.resolve("pids");
        Answer answer = sh("echo $$ > " + pids + "; sleep 300 & echo $! >> " + pids + "; wait", Duration.ofMillis(500));

        assertThat(answer.result()).isEqualTo(CheckResult.TIMEOUT);
        assertThat(answer.error()).isEqualTo("sh did not end within 500ms and was killed");
        List<String> started = Files.readAllLines(pids);
        assertThat(started).hasSize(2);
        await().until(() -> started.stream().noneMatch(CommandQuestionTest::runs));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void commandThatDoesNotEndIsKilledWithWhatItDetached() throws Exception {
        Path pids = dir.resolve("pids");
        String detached = "(setsid sleep 300 & echo $! >> " + pids + ")";
        Answer answer = sh(detached + "; echo $$ >> " + pids + "; sleep 300", Duration.ofMillis(500));

        assertThat(answer.result()).isEqualTo(CheckResult.TIMEOUT);
        List<String> started = Files.readAllLines(pids);
        assertThat(started).hasSize(2);
        await().until(() -> started.stream().noneMatch(CommandQuestionTest::runs));
    }

    @Test
    void endlessOutputNeitherBlocksNorGrows() throws Exception {
        assertThat(sh("yes | head -c 3000000", PATIENT).result()).isEqualTo(CheckResult.PASS);
        assertThat(sh("yes", Duration.ofMillis(300)).result()).isEqualTo(CheckResult.TIMEOUT);
    }

    @Test
    void childLeftInTheBackgroundIsNotWaitedFor() throws Exception {
        Path pid = dir.resolve("pid");
        Answer answer = sh("sleep 60 & echo $! > " + pid + "; echo started", PATIENT);
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);

        assertThat(answer.result()).isEqualTo(CheckResult.PASS);
    }

    @Test
    void inputIsClosed() throws Exception {
        assertThat(ask(List.of("cat"), PATIENT).result()).isEqualTo(CheckResult.PASS);
    }

    @Test
    void probeThatIsStoppedKillsItsCommand() throws Exception {
        Path pid = dir.resolve("pid");
        var question = new CommandQuestion(
                vertx,
                new ProbeSettings.Command(List.of("sh", "-c", "echo $$ > " + pid + "; exec sleep 300")),
                PATIENT);
        var asked = question.ask();
        await().until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());
        question.close();

        await().until(() -> !runs(Files.readString(pid).strip()));
        await().until(asked::isComplete);
    }

    private static boolean runs(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
    }

    private Answer sh(String script, Duration timeout) throws Exception {
        return ask(List.of("sh", "-c", script), timeout);
    }

    private Answer ask(List<String> words, Duration timeout) throws Exception {
        Question question = new CommandQuestion(vertx, new ProbeSettings.Command(words), timeout);
        try {
            return question.ask().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } finally {
            question.close();
        }
    }
}
