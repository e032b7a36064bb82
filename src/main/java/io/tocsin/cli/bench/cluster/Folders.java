package io.tocsin.cli.bench.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that go afterwards. */
final class Folders {
    private Folders() {}

    /** Deletes one with all that is in it; what cannot be deleted stays where temporary files are. */
    static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        all.stream().map(Path::toFile).forEach(File::delete);
    }
}
