package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file under {@code config/} holds one mistake and, in its first line, what is said about it. */
class ConfigMistakesTest {
    private static final Path FOLDER = Path.of("src/test/resources/config");
    private static final String EXPECT = "# expect: ";

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
        ConfigProblems problems = catchThrowableOfType(
                ConfigProblems.class, () -> ConfigLoader.load(file, Map.of(), Map.of(), Overrides.NONE));
        assertThat(problems).as("problems of %s", file).isNotNull();
        assertThat(problems.problems())
                .extracting(Problem::toString)
                .isEqualTo(
                        List.of(file + ":" + expected.substring(EXPECT.length()).replace("@FILE", file.toString())));
        assertThat(problems.toString()).doesNotContain("SECRETMARK");
    }
}
