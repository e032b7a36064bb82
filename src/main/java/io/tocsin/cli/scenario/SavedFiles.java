package io.tocsin.cli.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Notices which rule and scenario files were saved, came or went. Looks itself, as not every file system tells. */
final class SavedFiles {
    private static final int DEEPEST = 16;

    private final List<Path> scenarios;
    private final Path rules;
    private Map<Path, Stamp> known = Map.of();

    private record Stamp(FileTime saved, long size) {}

    /** Scenario files among these paths or below them, rule files below the folder. */
    SavedFiles(List<Path> scenarios, Path rules) {
        this.scenarios = scenarios;
        this.rules = rules;
    }

    /** What is not as it was at the last call. */
    Set<Path> changed() throws IOException {
        Map<Path, Stamp> now = new HashMap<>();
        for (Path path : scenarios) {
            look(path, ScenarioFile.ENDING, now);
        }
        look(rules, ".drl", now);
        look(rules, ".csv", now);
        Set<Path> changed = new TreeSet<>();
        now.forEach((path, stamp) -> {
            if (!stamp.equals(known.get(path))) {
                changed.add(path);
            }
        });
        Set<Path> gone = new HashSet<>(known.keySet());
        gone.removeAll(now.keySet());
        changed.addAll(gone);
        known = now;
        return changed;
    }

    /** Those of some that are there now. */
    Set<Path> stillThere(Set<Path> some) {
        Set<Path> there = new TreeSet<>(some);
        there.retainAll(known.keySet());
        return there;
    }

    int count() {
        return known.size();
    }

    private static void look(Path path, String suffix, Map<Path, Stamp> into) throws IOException {
        if (!Files.isDirectory(path)) {
            stamp(path, into);
            return;
        }
        try (Stream<Path> walk = Files.walk(path, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : walk.filter(one -> one.toString().endsWith(suffix)).toList()) {
                stamp(file.normalize(), into);
            }
        } catch (UncheckedIOException | NoSuchFileException vanished) {
            // a folder that goes while it is looked at: the next look sees what is left
            return;
        }
    }

    private static void stamp(Path file, Map<Path, Stamp> into) throws IOException {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            into.put(file, new Stamp(is.lastModifiedTime(), is.size()));
        } catch (NoSuchFileException gone) {
            return;
        }
    }
}
