package io.tocsin.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
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

    @TestFactory
    Stream<DynamicTest> scenariosPass() throws Exception {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(RULES)) {
            files = walk.filter(path -> path.toString().endsWith(".scenario.yaml"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    List<ScenarioRunner.Outcome> outcomes = new ScenarioRunner(book).run(ScenarioReader.read(file));
                    assertThat(outcomes)
                            .allSatisfy(outcome -> assertThat(outcome.failures())
                                    .as(outcome.name() + "\n" + String.join("\n", outcome.timeline()))
                                    .isEmpty());
                }));
    }
}
