package io.tocsin.lane.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files of recordings in a folder; their names in order are their order in time. */
public final class Folder {
    private static final String ENDING = ".tocsin";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Folder() {}

    /** The file of a recording with this number: {@code 20260105T030000.000Z-00001.tocsin}. */
    static Path file(Path folder, Instant recording, int number) {
        return folder.resolve(String.format(Locale.ROOT, "%s-%05d%s", NAME.format(recording), number, ENDING));
    }

    /** The files of all recordings in a folder, oldest first. */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().endsWith(ENDING))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    /** Deletes the oldest files, but never one that is still needed, until the rest is small enough; how many went. */
    static int trim(Path folder, Path needed, long most) throws IOException {
        List<Path> files = files(folder);
        long total = 0;
        for (Path file : files) {
            total += Files.size(file);
        }
        int gone = 0;
        for (Path file : files) {
            if (total <= most) {
                break;
            }
            if (!file.equals(needed)) {
                total -= Files.size(file);
                Files.delete(file);
                gone++;
            }
        }
        return gone;
    }
}
