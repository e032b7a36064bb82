package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./tocsin}, from any folder and through a link. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
    @TempDir
    Path folder;

    /** The jar belongs to these sources: the launcher need not build it again. */
    @BeforeAll
    static void jarIsFresh() throws IOException {
        Files.setLastModifiedTime(
                Jar.PROJECT.resolve("target/tocsin.jar"), FileTime.fromMillis(System.currentTimeMillis()));
    }

    @Test
    void helpIsThereForEveryCommand() {
        Jar.Result help = tocsin(Jar.PROJECT, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .contains("run", "check", "test", "alerts", "why", "ack", "resolve", "status", "bench")
                .contains("Usage");
        assertThat(tocsin(Jar.PROJECT, "run", "--help").out()).contains("--data", "--rules", "--set", "--config");
    }

    @Test
    void mistypedWordIsGuessed() {
        Jar.Result result = tocsin(Jar.PROJECT, "chekc");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("chekc", "did you mean", "check");
    }

    @Test
    void shippedRulesPassTheirCheck() {
        Jar.Result result = tocsin(Jar.PROJECT, "check", "rules/");
        assertThat(result.code()).as(result.all()).isZero();
    }

    @Test
    void brokenCopyFailsItsCheckWithFileAndLine() {
        Policy policy = Policy.only(folder.resolve("rules"), "threshold/memory", "threshold/cpu", "routing/log")
                .edit("threshold/cpu.drl", "ResourceType.CPU", "ResourceType.CPUU")
                .edit("threshold/memory.drl", ".holdFor(", ".heldFor(");
        Jar.Result result = tocsin(Jar.PROJECT, "check", policy.folder() + "/");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains("threshold/cpu.drl:" + policy.line("threshold/cpu.drl", "CPUU"))
                .contains("threshold/memory.drl:" + policy.line("threshold/memory.drl", "heldFor"));
    }

    @Test
    void everyShippedScenarioPasses() {
        Jar.Result result = tocsin(Jar.PROJECT, "test");
        assertThat(result.code()).as(result.all()).isZero();
        assertThat(result.out()).contains("0 failed");
    }

    @Test
    void scenarioThatExpectsTheWrongThingFails() {
        Policy policy = Policy.shipped(folder.resolve("rules"))
                .edit("threshold/memory.drl", "usagePercent > 85)", "usagePercent > 99)");
        Jar.Result result = tocsin(
                Jar.PROJECT,
                "test",
                "--rules",
                policy.folder().toString(),
                policy.folder() + "/threshold/memory.scenario.yaml");
        assertThat(result.code()).as(result.all()).isEqualTo(1);
        assertThat(result.out()).contains("memory.scenario.yaml");
    }

    @Test
    void worksFromAnotherFolderThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("bell"), Jar.PROJECT.resolve("tocsin"));
        Path further = Files.createSymbolicLink(folder.resolve("ring"), Path.of("bell"));
        for (Path each : List.of(link, further)) {
            Jar.Result result = Jar.finish(folder, Map.of(), List.of(each.toString(), "--version"));
            assertThat(result.code()).as(result.all()).isZero();
            assertThat(result.out()).startsWith("tocsin ");
        }
    }

    @Test
    void nobodyToAskIsSaid() {
        Jar.Result result = tocsin(folder, "status", "--url", "http://127.0.0.1:" + Jar.freePort());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("127.0.0.1").doesNotContain("Exception");
    }

    private static Jar.Result tocsin(Path in, String... words) {
        List<String> command =
                new java.util.ArrayList<>(List.of(Jar.PROJECT.resolve("tocsin").toString()));
        command.addAll(List.of(words));
        return Jar.finish(in, Map.of(), command);
    }
}
