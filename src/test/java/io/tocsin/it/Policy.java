package io.tocsin.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A copy of the shipped rules, edited as an operator does it: in the text. */
final class Policy {
    private final Path folder;

    private Policy(Path folder) {
        this.folder = folder;
    }

    /** A copy of all rule and scenario files in a folder. */
    static Policy shipped(Path to) {
        return copy(to, file -> true);
    }

    /** A copy of some, such as {@code threshold/memory}; fewer rules start faster. */
    static Policy only(Path to, String... names) {
        return copy(to, file -> Stream.of(names).anyMatch(name -> file.startsWith(name + ".")));
    }

    private static Policy copy(Path to, java.util.function.Predicate<String> wanted) {
        Path shipped = Jar.PROJECT.resolve("rules");
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = shipped.relativize(file).toString();
                if (wanted.test(name)) {
                    Files.createDirectories(to.resolve(name).getParent());
                    Files.copy(file, to.resolve(name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Policy(to);
    }

    /** The same policy with short times: holds and quiet times of a second, rungs of a ladder of a few. */
    Policy hasty() {
        drl().forEach(file -> change(
                file,
                text -> text.replace("minutes(5)", "seconds(2)")
                        .replace("minutes(10)", "seconds(2)")
                        .replace("minutes(15)", "seconds(3)")));
        return timed("1s", "1s");
    }

    /** The same policy with other times for every hold and every quiet time. */
    Policy timed(String hold, String quiet) {
        drl().forEach(file -> change(
                file,
                text -> text.replaceAll("holdFor\\(\"[^\"]+\"\\)", "holdFor(\"" + hold + "\")")
                        .replaceAll("quietFor\\(\"[^\"]+\"\\)", "quietFor(\"" + quiet + "\")")));
        return this;
    }

    /** Replaces a text that has to be there. */
    Policy edit(String file, String from, String to) {
        change(folder.resolve(file), text -> {
            if (!text.contains(from)) {
                throw new AssertionError(file + " does not contain " + from);
            }
            return text.replace(from, to);
        });
        return this;
    }

    Path folder() {
        return folder;
    }

    /** The number of the line on which a text stands. */
    int line(String file, String text) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(file));
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains(text)) {
                    return i + 1;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError(file + " does not contain " + text);
    }

    private List<Path> drl() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".drl")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void change(Path file, UnaryOperator<String> edit) {
        try {
            Files.writeString(file, edit.apply(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
