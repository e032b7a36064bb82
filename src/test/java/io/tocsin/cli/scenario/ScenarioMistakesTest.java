package io.tocsin.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.evaluate.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file under {@code broken-scenarios/} holds one mistake and, in its first line, what is said about it. */
class ScenarioMistakesTest {
    private static final Path FOLDER = Path.of("src/test/resources/broken-scenarios");
    private static final String EXPECT = "# expect: ";
    private static final String NASTY = "{}[]:,*&!|>'\"\n\t#%@`\u0007";

    @TempDir
    Path folder;

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyMistakeIsNamedWithItsPlaceAndWhatIsAllowed(Path file) throws IOException {
        String expected = Files.readAllLines(file).get(0);
        assertThat(expected).startsWith(EXPECT);
        assertThat(mistakes(file)).containsExactly(file + ":" + expected.substring(EXPECT.length()));
    }

    @Test
    void everyMistakeOfAFileIsToldAtOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("x.scenario.yaml"), """
                cases:
                - name: a
                  timeline:
                  - at: 1m
                    send: {type: resource_usage, node: n1, resource_type: cpu, usage_percent: lots}
                  - at: 30s
                    exspect: {}
                - timeline: []
                """);
        assertThat(mistakes(file))
                .extracting(line -> line.substring(file.toString().length()))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly(":5:64:", ":6:5:", ":7:5:", ":8:3:", ":8:13:");
    }

    @Test
    void whatIsNoTextFileIsSaid() throws IOException {
        Path file = Files.write(folder.resolve("x.scenario.yaml"), new byte[] {'a', (byte) 0xff, ':', ' ', '1'});
        assertThat(mistakes(file)).containsExactly(file + ":1:1: is not UTF-8 text; save it as UTF-8");
        assertThat(mistakes(folder)).containsExactly(folder + ":1:1: is no file");
        Path none = folder.resolve("none.yaml");
        assertThat(mistakes(none)).containsExactly(none + ":1:1: there is no such file");
    }

    @Test
    void hugeFileIsRefusedUnread() throws IOException {
        Path file = Files.writeString(folder.resolve("x.scenario.yaml"), "#".repeat(10_000_000));
        assertThat(mistakes(file)).containsExactly(file + ":1:1: has 10000000 bytes; at most 1048576 are allowed");
    }

    @Test
    void bombOfAliasesGoesOffNowhere() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        Path file = Files.writeString(folder.resolve("x.scenario.yaml"), bomb + "cases: *a39\n");
        assertThat(mistakes(file))
                .hasSizeBetween(2, 50)
                .anySatisfy(line -> assertThat(line).contains("YAML aliases (*name) are not supported"));
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        for (String opens : List.of("[", "{a: ")) {
            Path file = Files.writeString(folder.resolve("x.scenario.yaml"), "cases: " + opens.repeat(100_000));
            assertThat(mistakes(file))
                    .singleElement()
                    .asString()
                    .contains("is not valid YAML here: nested deeper than");
        }
    }

    @Test
    void textOfABeginningMarkReadsAsWithoutIt() throws Exception {
        Path file = Files.writeString(folder.resolve("x.scenario.yaml"), """
                \uFEFFcases:
                - name: a
                  timeline: [{at: 0s, expect: {alerts: []}}]
                """);
        assertThat(ScenarioReader.read(file).cases()).hasSize(1);
    }

    /** Damage of any kind is told as mistakes, never as a failure of the reader. */
    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        String whole = Files.readString(Path.of("rules/threshold/memory.scenario.yaml"));
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            StringBuilder text = new StringBuilder(whole);
            for (int cuts = random.nextInt(3); cuts >= 0; cuts--) {
                int at = random.nextInt(Math.max(1, text.length() - 40));
                switch (random.nextInt(4)) {
                    case 0 -> text.delete(at, at + random.nextInt(20));
                    case 1 -> text.insert(at, NASTY.charAt(random.nextInt(NASTY.length())));
                    case 2 -> text.setLength(Math.min(text.length(), at + 60));
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 15)));
                }
            }
            Path file = Files.writeString(folder.resolve("x.scenario.yaml"), text, StandardCharsets.UTF_8);
            try {
                ScenarioReader.read(file);
            } catch (ScenarioFault fault) {
                assertThat(fault.problems()).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.line()).isPositive();
                    assertThat(problem.toString()).doesNotContain("\n").doesNotContain("Exception");
                });
            }
        }
    }

    private static List<String> mistakes(Path file) {
        ScenarioFault fault = catchThrowableOfType(ScenarioFault.class, () -> ScenarioReader.read(file));
        assertThat(fault).as("mistakes of %s", file).isNotNull();
        return fault.problems().stream().map(Problem::toString).toList();
    }
}
