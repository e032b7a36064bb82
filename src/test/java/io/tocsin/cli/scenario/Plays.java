package io.tocsin.cli.scenario;

import io.tocsin.evaluate.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Plays scenarios written in a test through the shipped rules. */
final class Plays implements AutoCloseable {
    private final RuleBook book;
    private final Path folder;
    private int files;

    Plays(Path rules) throws Exception {
        book = RuleBook.load(rules);
        folder = Files.createTempDirectory("scenarios");
    }

    RuleBook book() {
        return book;
    }

    /** The outcome of one case with this time line, indented by nothing. */
    ScenarioRunner.Outcome timeline(String timeline) throws Exception {
        return whole("cases:\n- name: a case\n  timeline:\n" + timeline.indent(2));
    }

    /** The outcome of the first case of a file. */
    ScenarioRunner.Outcome whole(String text) throws Exception {
        Path file = Files.writeString(folder.resolve(++files + ".scenario.yaml"), text);
        return new ScenarioRunner(book).run(ScenarioReader.read(file)).get(0);
    }

    @Override
    public void close() throws IOException {
        book.close();
        List<Path> all = new ArrayList<>();
        try (var walk = Files.walk(folder)) {
            walk.forEach(path -> all.add(0, path));
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
