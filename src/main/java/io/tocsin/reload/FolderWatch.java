package io.tocsin.reload;

import io.tocsin.evaluate.RuleTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Notices that the files of a folder are others and have come to rest, by what is in them: so it does not matter whether
 * an editor writes in place or renames, whether a link is turned to another folder, or whether the folder was gone for a
 * while. Blocks; one thread at a time.
 */
public final class FolderWatch {
    private static final String[] ENDINGS = {".drl", ".csv", ".scenario.yaml"};
    private static final long LARGEST = 1 << 20;

    /** A file that was written so lately may be written again without another time or size. */
    private static final Duration LATELY = Duration.ofSeconds(3);

    private final Path folder;
    private final Supplier<Instant> clock;
    private Map<String, Known> known = new HashMap<>();
    private String taken;
    private String last;

    private record Known(Object file, FileTime written, long size, String content) {}

    /** Takes the files as they are now. */
    public FolderWatch(Path folder, Supplier<Instant> clock) {
        this.folder = folder;
        this.clock = clock;
        take();
    }

    /** Takes the files as they are now, whether they changed or not. */
    void take() {
        last = look();
        taken = last;
    }

    /** To be called after they were read: whatever changed meanwhile, even if it changed back, has to be read again. */
    void read() {
        if (!look().equals(taken)) {
            taken = "";
        }
    }

    /** Whether they are others than those that were taken last, and the same as at the last call; then they are taken. */
    boolean changed() {
        String now = look();
        boolean rests = now.equals(last);
        last = now;
        if (!rests || now.equals(taken)) {
            return false;
        }
        taken = now;
        return true;
    }

    private String look() {
        Map<String, Known> seen = new HashMap<>();
        StringBuilder all = new StringBuilder();
        RuleTree tree = RuleTree.of(folder, ENDINGS);
        tree.files().forEach((name, file) -> {
            Known one = look(file, known.get(name));
            seen.put(name, one);
            all.append(name).append('\0').append(one.content).append('\0');
        });
        tree.problems().forEach(problem -> all.append(problem).append('\0'));
        known = seen;
        return all.toString();
    }

    private Known look(Path file, Known before) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            Known known = new Known(now.fileKey(), now.lastModifiedTime(), now.size(), null);
            boolean same = before != null
                    && known.equals(new Known(before.file, before.written, before.size, null))
                    && now.lastModifiedTime().toInstant().isBefore(clock.get().minus(LATELY));
            String content = same ? before.content : now.size() > LARGEST ? known.toString() : hash(file);
            return new Known(now.fileKey(), now.lastModifiedTime(), now.size(), content);
        } catch (IOException gone) {
            return new Known(null, null, 0, "cannot be read");
        }
    }

    private static String hash(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
