package io.tocsin.cli.replay;

import io.tocsin.lane.record.FileReader;
import io.tocsin.lane.record.Folder;
import io.tocsin.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Tells by a file's first bytes what it is: a recording, a table (CSV), or what Prometheus answers to {@code query_range}. */
final class Inputs {
    private static final int BEGIN = 4096;

    private enum Kind {
        RECORDING,
        PROMETHEUS,
        CSV
    }

    private Inputs() {}

    /**
     * What the files hold, as one past.
     *
     * @param receivers the receivers there are where the files do not say
     */
    static Feed open(List<Path> named, Set<String> receivers) throws IOException {
        Set<Path> files = new TreeSet<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                List<Path> found = Folder.files(path);
                if (found.isEmpty()) {
                    throw new ReplayFault(name(path) + ": holds no recording; its files end in .tocsin and are written"
                            + " while telemetry.record is true");
                }
                files.addAll(found);
            } else if (!Files.exists(path)) {
                throw new ReplayFault(name(path) + ": there is no such file or folder");
            } else {
                files.add(path);
            }
        }
        List<Path> recordings = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        Imported imported = new Imported();
        for (Path file : files) {
            switch (kind(file)) {
                case RECORDING -> recordings.add(file);
                case PROMETHEUS -> {
                    others.add(file);
                    PrometheusImport.read(file, imported);
                }
                case CSV -> {
                    others.add(file);
                    CsvImport.read(file, imported);
                }
            }
        }
        if (!recordings.isEmpty() && !others.isEmpty()) {
            throw new ReplayFault(name(others.get(0)) + ": is no recording, and " + name(recordings.get(0))
                    + " is one; replay them one after the other");
        }
        return recordings.isEmpty() ? new ImportFeed(imported, receivers) : new RecordingFeed(recordings);
    }

    private static Kind kind(Path file) throws IOException {
        byte[] begin;
        try (InputStream in = Files.newInputStream(file)) {
            begin = in.readNBytes(BEGIN);
        }
        if (FileReader.looksLikeOne(begin)) {
            return Kind.RECORDING;
        }
        String text = new String(begin, StandardCharsets.UTF_8).strip();
        String first = text.lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
        if (text.startsWith("{")) {
            return Kind.PROMETHEUS;
        }
        if (first.contains("timestamp") && first.contains(",")) {
            return Kind.CSV;
        }
        throw new ReplayFault(name(file) + ": is "
                + (begin.length == 0 ? "empty" : "neither a recording nor a table nor an answer of Prometheus")
                + "; allowed: a file that telemetry.record wrote (.tocsin), CSV whose first line names columns with"
                + " timestamp, type and node, or the JSON of Prometheus' query_range");
    }

    static String name(Path path) {
        return Text.clean(path.toString());
    }
}
