package io.tocsin.cli;

import io.tocsin.config.ConfigProblems;
import io.tocsin.config.Loaded;
import io.tocsin.config.Place;
import io.tocsin.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One check of a configuration and a folder of rules, and what it found. */
final class CheckRun {
    private final Path configFile;
    private final Parts.Rules rules;
    private final List<Parts.Found> found = new ArrayList<>();
    private Loaded loaded;
    private Parts.Checked checked = new Parts.Checked(List.of(), 0, 0, List.of());

    CheckRun(Path configFile, Parts.Rules rules) {
        this.configFile = configFile;
        this.rules = rules;
    }

    /** Loads a configuration. */
    @FunctionalInterface
    interface Load {
        Loaded load() throws ConfigProblems;
    }

    void config(Load load) {
        List<Problem> warnings;
        try {
            loaded = load.load();
            warnings = loaded.warnings();
        } catch (ConfigProblems problems) {
            problems.problems().forEach(problem -> found.add(found(problem)));
            warnings = problems.warnings();
        }
        warnings.forEach(warning -> found.add(warning(warning)));
    }

    void rules(Path folder) throws Exception {
        if (!Files.isDirectory(folder)) {
            found.add(new Parts.Found(
                    folder.toString(), 0, 0, "there is no such folder of rules", "name it with --rules", false));
            return;
        }
        checked = rules.check(folder);
        List<Parts.Found> all = new ArrayList<>(checked.found());
        all.addAll(new OutsideNames(checked.named(), loaded, configFile).found(folder));
        all.stream()
                .map(each -> new Parts.Found(
                        folder.resolve(each.file()).normalize().toString(),
                        each.line(),
                        each.column(),
                        each.what(),
                        each.hint(),
                        each.warning()))
                .sorted(Comparator.comparing(Parts.Found::file)
                        .thenComparing(Parts.Found::line)
                        .thenComparing(Parts.Found::column))
                .forEach(found::add);
        found.addAll(OutsideNames.unheard(checked.named(), loaded));
    }

    /** Leaves only what is wrong with one file. */
    void only(Path file) {
        found.removeIf(
                each -> !Path.of(each.file()).toAbsolutePath().normalize().equals(file));
    }

    /** Every problem, in the order found. */
    List<Parts.Found> found() {
        return found;
    }

    int errors() {
        return (int) found.stream().filter(each -> !each.warning()).count();
    }

    /** The rules folder that the configuration names; the default one if it cannot be read. */
    Path rulesPath() {
        return loaded == null ? Path.of("rules") : loaded.settings().rules().path();
    }

    List<Loaded.Value> values() {
        return loaded == null ? List.of() : loaded.values();
    }

    /** What was looked at. */
    String summary() {
        String config = configFile == null ? "default configuration" : configFile.toString();
        return config + ", " + checked.rules() + " rules in " + checked.files() + " files";
    }

    private static Parts.Found found(Problem problem) {
        Place place = problem.place();
        String file = place.text();
        if (place.source() == Place.Source.FILE) {
            file = file.substring(0, file.length() - (":" + place.line() + ":" + place.column()).length());
        }
        String[] parts = problem.message().split("; ", 2);
        return new Parts.Found(file, place.line(), place.column(), parts[0], parts.length > 1 ? parts[1] : "", false);
    }

    private static Parts.Found warning(Problem problem) {
        Parts.Found same = found(problem);
        return new Parts.Found(same.file(), same.line(), same.column(), same.what(), same.hint(), true);
    }
}
