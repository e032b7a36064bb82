package io.tocsin.cli.bench.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How this version is started as another process. */
final class Java {
    /** As the launcher starts what stays. */
    private static final List<String> FLAGS = List.of("-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", "-Xshare:auto");

    private final String options;

    /** {@code options} are more flags, words with blanks between. */
    Java(String options) {
        this.options = options;
    }

    /** The words that run the appliance. */
    List<String> run(Path home, Path rules) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(FLAGS);
        Arrays.stream(options.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .forEach(words::add);
        words.addAll(program());
        words.addAll(List.of(
                "run",
                "--color",
                "never",
                "--config",
                home.resolve("tocsin.yaml").toString()));
        words.addAll(List.of("--data", home.resolve("data").toString(), "--rules", rules.toString()));
        return words;
    }

    private static List<String> program() {
        List<String> path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(one -> Path.of(one).toAbsolutePath().toString())
                .toList();
        return path.size() == 1
                ? List.of("-jar", path.get(0))
                : List.of("-cp", path.stream().collect(Collectors.joining(File.pathSeparator)), "io.tocsin.Main");
    }
}
