package io.tocsin.cli.replay;

import io.tocsin.lane.record.Entry;
import io.tocsin.lane.record.FileReader;
import io.tocsin.lane.record.Preamble;
import io.tocsin.model.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** The files of recordings, in the order in which they were written. */
final class RecordingFeed implements Feed {
    private record Part(Path path, Preamble preamble, long length) {}

    private final List<String> notes = new ArrayList<>();
    private final Iterator<Part> parts;
    private final long length;
    private long before;
    private Part last;
    private FileReader reader;

    RecordingFeed(List<Path> files) throws IOException {
        List<Part> all = new ArrayList<>();
        for (Path file : files) {
            try (FileReader head = new FileReader(file)) {
                all.add(new Part(file, head.preamble(), head.length()));
            }
        }
        all.sort(Comparator.comparing((Part part) -> part.preamble.recording())
                .thenComparing(part -> part.preamble.number()));
        length = Math.max(1, all.stream().mapToLong(Part::length).sum());
        parts = all.iterator();
    }

    @Override
    public Chunk next() throws IOException {
        Preamble setup = null;
        boolean breaks = false;
        while (true) {
            List<Entry> entries = reader == null ? null : reader.next();
            if (entries != null) {
                entries.forEach(this::note);
                return new Chunk(setup, breaks, entries);
            }
            if (reader != null) {
                closed();
            }
            if (!parts.hasNext()) {
                return null;
            }
            Part part = parts.next();
            breaks = breaks || !follows(part);
            setup = part.preamble;
            last = part;
            reader = new FileReader(part.path);
        }
    }

    private boolean follows(Part part) {
        if (last == null || !last.preamble.recording().equals(part.preamble.recording())) {
            return false;
        }
        int missing = part.preamble.number() - last.preamble.number() - 1;
        if (missing > 0) {
            notes.add(missing + (missing == 1 ? " file is" : " files are") + " missing before " + name(part.path)
                    + "; alerts go on from what it says at its begin");
        }
        return missing == 0;
    }

    private void note(Entry entry) {
        if (entry instanceof Entry.Gap gap) {
            notes.add("the recording has a gap at " + gap.at() + ": " + gap.readings() + " readings and "
                    + gap.entries() + " entries are missing, " + Text.clean(gap.reason()));
        }
    }

    private void closed() throws IOException {
        if (reader.torn()) {
            notes.add(name(reader.path()) + " ends in the middle of a frame, at byte " + reader.position() + " of "
                    + reader.length() + "; what stands before it was replayed");
        } else if (!reader.ended()) {
            notes.add(name(reader.path()) + " has no end: it is still being written, or its process was killed");
        }
        before += reader.length();
        reader.close();
        reader = null;
    }

    private static String name(Path path) {
        return Text.clean(path.toString());
    }

    @Override
    public double done() {
        return (before + (reader == null ? 0 : reader.position())) / (double) length;
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
