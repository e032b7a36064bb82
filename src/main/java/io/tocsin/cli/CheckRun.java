package io.tocsin.cli;

import io.tocsin.config.ConfigProblems;
import io.tocsin.config.Loaded;
import io.tocsin.config.Place;
import io.tocsin.config.Problem;
import io.tocsin.notify.ReceiverSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One check of a configuration and a folder of rules, and what it found. */
final class CheckRun {
    private final Path configFile;
    private final Parts.Rules rules;
    private final List<Parts.Found> found = new ArrayList<>();
    private Loaded loaded;
    private Parts.Checked checked = new Parts.Checked(List.of(), 0, 0, Set.of());

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
        for (Parts.Found each : checked.found()) {
            String file = folder.resolve(each.file()).toString();
            found.add(new Parts.Found(file, each.line(), each.column(), each.what(), each.hint(), each.warning()));
        }
        scenarios(folder);
        if (loaded != null) {
            receivers();
        }
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

    private void scenarios(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".drl"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            Path scenario = file.resolveSibling(file.getFileName().toString().replaceAll("\\.drl$", ".scenario.yaml"));
            if (!Files.exists(scenario)) {
                String hint = "write " + scenario + " with a case that fires and one that stays silent";
                found.add(new Parts.Found(file.toString(), 1, 1, "has no scenario file", hint, false));
            }
        }
    }

    private void receivers() {
        Set<String> missing = new TreeSet<>(checked.receivers());
        Set<String> defined = loaded.settings().receivers().stream()
                .map(ReceiverSettings::name)
                .collect(Collectors.toSet());
        missing.removeAll(defined);
        for (String receiver : missing) {
            String file = configFile == null ? "default configuration" : configFile.toString();
            String what = "rules name the receiver " + receiver + ", which is not configured";
            found.add(new Parts.Found(
                    file, configFile == null ? 0 : 1, 1, what, "it is skipped; write receivers." + receiver, true));
        }
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
