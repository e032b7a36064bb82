package io.tocsin.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a second process out of a directory: a locked file {@code tocsin.lock} with the number of the process. */
final class DataLock implements AutoCloseable {
    /**
     * Directories that this process holds. The system's lock belongs to the process: it does not keep a second opening
     * of the same process out, and closing that one would give the first one's lock away.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DataLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Locks a directory, which is created if need be.
     *
     * @throws StoreException if it cannot be written, or somebody else holds it
     */
    static DataLock of(Path directory) {
        Path real = created(directory);
        if (!HELD.add(real)) {
            throw inUse(directory, Long.toString(ProcessHandle.current().pid()));
        }
        try {
            return new DataLock(real, locked(directory, real.resolve("tocsin.lock")));
        } catch (RuntimeException fault) {
            HELD.remove(real);
            throw fault;
        }
    }

    /** Whether it keeps others out of this directory too. */
    boolean covers(Path other) {
        return created(other).equals(directory);
    }

    private static Path created(Path directory) {
        try {
            return Files.createDirectories(directory).toRealPath();
        } catch (IOException fault) {
            throw new StoreException(
                    "data directory " + directory + " cannot be created (" + Faults.text(fault)
                            + "): name one that this user may write with --data",
                    fault);
        }
    }

    private static FileChannel locked(Path directory, Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                String holder = read(channel);
                channel.close();
                throw inUse(directory, holder);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return channel;
        } catch (IOException fault) {
            close(channel);
            throw new StoreException(
                    "data directory " + directory + " cannot be written (" + Faults.text(fault)
                            + "): make room there, give this user the right to, or name another with --data",
                    fault);
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        String digits = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
        return digits.matches("\\d+") ? digits : "(unknown)";
    }

    private static StoreException inUse(Path directory, String process) {
        return new StoreException(
                "data directory " + directory + " is in use by process " + process
                        + ": stop that one, or start this one with another --data",
                null);
    }

    @Override
    public void close() {
        close(channel);
        HELD.remove(directory);
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException fault) {
            throw new StoreException("tocsin.lock cannot be closed: " + Faults.text(fault), fault);
        }
    }
}
