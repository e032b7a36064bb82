package io.tocsin.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.Paper;
import io.tocsin.cli.Parts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Not how fast it is, which depends on the machine, but that nothing is lost on the way; figures on request. */
class ReplaySpeedTest {
    private static final Path RULES = Path.of("rules");
    private static final boolean FIGURES = Boolean.getBoolean("tocsin.figures");

    @TempDir
    Path folder;

    @Test
    void everyRecordedReadingIsPlayedThroughBothRuleSets() throws Exception {
        Path recordings = folder.resolve("recordings");
        Duration length = FIGURES ? Duration.ofHours(1) : Duration.ofMinutes(3);
        long readings = new Synthetic(4, FIGURES ? 300 : 20).record(recordings, length);
        Path other = copied(RULES, folder.resolve("rules"));
        Path memory = other.resolve("threshold/memory.drl");
        Files.writeString(memory, Files.readString(memory).replace("usagePercent > 85", "usagePercent > 90"));

        JsonObject one = replay(recordings, RULES, null);
        JsonObject both = replay(recordings, other, RULES);

        assertThat(one.getJsonObject("past").getLong("readings")).isEqualTo(readings);
        assertThat(both.getJsonObject("past").getLong("readings")).isEqualTo(readings);
        assertThat(both.getJsonArray("notes")).isEmpty();
        if (FIGURES) {
            System.out.printf(
                    "%,d readings, %,d bytes%n",
                    readings, Files.size(Files.list(recordings).findFirst().orElseThrow()));
            say("one rule set", one);
            say("two rule sets", both);
        }
    }

    private static void say(String what, JsonObject report) {
        System.out.printf(
                "%s: %.1f s, %,.0f readings a second, %s alerts, %s changes%n",
                what,
                report.getDouble("seconds"),
                report.getJsonObject("past").getLong("readings") / report.getDouble("seconds"),
                report.getJsonObject("rules").getLong("alerts"),
                report.getJsonObject("changes"));
    }

    private static Path copied(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    Path target = to.resolve(from.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return to;
    }

    private static JsonObject replay(Path recordings, Path rules, Path against) throws Exception {
        return FIGURES
                ? asAPersonDoes(recordings, rules, against)
                : run(new Parts.Past(List.of(recordings), rules, against, null));
    }

    /** In a process of its own, begun with the options that the launcher gives a replay. */
    private static JsonObject asAPersonDoes(Path recordings, Path rules, Path against) throws Exception {
        Matcher options = Pattern.compile("replay\\) flags='([^']*)'").matcher(Files.readString(Path.of("tocsin")));
        assertThat(options.find()).as("what the launcher does for a replay").isTrue();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options.group(1).split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.tocsin.Main", "replay", "-o", "json"));
        command.addAll(List.of("--rules", rules.toString()));
        command.addAll(against == null ? List.of() : List.of("--against", against.toString()));
        command.add(recordings.toString());
        Path said = recordings.resolveSibling("said.json");
        Process process = new ProcessBuilder(command)
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        return new JsonObject(Files.readString(said));
    }

    private static JsonObject run(Parts.Past past) throws InterruptedException {
        Paper paper = new Paper();
        int code = Replay.run(past, paper.pipe(), new Parts.Look(false, true, false));
        assertThat(code).as(paper.err()).isZero();
        return new JsonObject(paper.out());
    }
}
