package io.tocsin.cli.scenario;

import io.tocsin.config.NearMiss;
import io.tocsin.evaluate.Problem;
import io.tocsin.model.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The scenarios that were asked for.
 *
 * @param scenarios those that can be played, with the cases that were asked for
 * @param problems mistakes in the others
 * @param files how many files were looked at
 * @param whole whether no case was left out by its name
 * @param nothing why there is nothing to play, in words; null if there is something
 */
record Selection(List<Scenario> scenarios, List<Problem> problems, int files, boolean whole, String nothing) {
    private static final int DEEPEST = 16;

    /**
     * Reads them.
     *
     * @param paths scenario files, or folders with some
     * @param names words of which the name of a case has one; empty for all cases
     */
    static Selection read(List<Path> paths, List<String> names) throws IOException {
        Set<Path> files = files(paths);
        List<Scenario> scenarios = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (Path file : files) {
            try {
                Scenario scenario = ScenarioReader.read(file);
                scenario.cases().forEach(one -> known.add(one.name()));
                Scenario wanted = scenario.with(scenario.cases().stream()
                        .filter(one -> named(one.name(), names))
                        .toList());
                if (!wanted.cases().isEmpty()) {
                    scenarios.add(wanted);
                }
            } catch (ScenarioFault fault) {
                problems.addAll(fault.problems());
            }
        }
        String nothing = null;
        if (files.isEmpty()) {
            nothing = "no file ends in " + ScenarioFile.ENDING;
        } else if (scenarios.isEmpty() && problems.isEmpty()) {
            nothing = "no case is called like " + Text.clean(String.join(", ", names))
                    + NearMiss.of(names.get(0), known)
                            .map(near -> "; did you mean \"" + near + "\"?")
                            .orElse("");
        }
        return new Selection(scenarios, problems, files.size(), names.isEmpty(), nothing);
    }

    private static boolean named(String name, List<String> words) {
        String plain = name.toLowerCase(Locale.ROOT);
        return words.isEmpty() || words.stream().anyMatch(word -> plain.contains(word.toLowerCase(Locale.ROOT)));
    }

    /** Every scenario file among the paths or below them, once. */
    static Set<Path> files(List<Path> paths) throws IOException {
        Set<Path> files = new LinkedHashSet<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path.normalize());
                continue;
            }
            try (Stream<Path> walk = Files.walk(path, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
                walk.filter(file -> file.toString().endsWith(ScenarioFile.ENDING))
                        .sorted()
                        .forEach(file -> files.add(file.normalize()));
            } catch (UncheckedIOException fault) {
                throw fault.getCause();
            }
        }
        return files;
    }

    /** The rules that scenarios stand beside: the nearest folder above them that is called rules, else {@code rules}. */
    static Path rulesFolder(List<Path> paths) {
        for (Path path = paths.get(0).toAbsolutePath().normalize(); path != null; path = path.getParent()) {
            if (path.getFileName() != null
                    && path.getFileName().toString().equals("rules")
                    && Files.isDirectory(path)) {
                return shorter(path);
            }
        }
        boolean folder = paths.size() == 1 && Files.isDirectory(paths.get(0));
        return folder && !Files.isDirectory(Path.of("rules")) ? paths.get(0) : Path.of("rules");
    }

    /** As seen from the working directory, if it is below it. */
    private static Path shorter(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) && !path.equals(here) ? here.relativize(path) : path;
    }
}
