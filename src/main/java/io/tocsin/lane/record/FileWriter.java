package io.tocsin.lane.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/** One file that is being written; each frame is whole on its own, so that an end in the middle costs the last one. */
final class FileWriter implements AutoCloseable {
    private static final int FRAME = 256 << 10;
    private static final int MOST_STRANDS = 2_000_000;

    private final Path path;
    private final FileChannel channel;
    private final EntryWriter entries = new EntryWriter();
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final CRC32C crc = new CRC32C();
    private byte[] packed = new byte[FRAME];
    private long size;

    FileWriter(Path path, Preamble preamble) throws IOException {
        this.path = path;
        this.channel =
                FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyMine(path));
        ByteBuffer head =
                ByteBuffer.allocate(Frames.FILE_HEAD).put(Frames.MAGIC).putShort((short) Frames.VERSION);
        put(head.flip());
        byte[] text = preamble.write().getBytes(StandardCharsets.UTF_8);
        frame(Frames.PREAMBLE, text, text.length);
    }

    private static FileAttribute<?>[] onlyMine(Path path) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    Path path() {
        return path;
    }

    /** Bytes on the disk. */
    long size() {
        return size;
    }

    void write(Entry entry) throws IOException {
        entries.write(entry);
        if (entries.sink().size() >= FRAME) {
            flush();
        }
    }

    /** Whether it names so many series that the next file should begin. */
    boolean crowded() {
        return entries.strands() > MOST_STRANDS;
    }

    /** Writes what is gathered as a frame. */
    void flush() throws IOException {
        Sink sink = entries.sink();
        if (sink.size() > 0) {
            frame(Frames.ENTRIES, sink.bytes(), sink.size());
            sink.clear();
        }
    }

    private void frame(int kind, byte[] bytes, int length) throws IOException {
        deflater.reset();
        deflater.setInput(bytes, 0, length);
        deflater.finish();
        int packedLength = 0;
        while (!deflater.finished()) {
            if (packedLength == packed.length) {
                packed = java.util.Arrays.copyOf(packed, packed.length * 2);
            }
            packedLength += deflater.deflate(packed, packedLength, packed.length - packedLength);
        }
        crc.reset();
        crc.update(packed, 0, packedLength);
        ByteBuffer frame = ByteBuffer.allocate(Frames.FRAME_HEAD + packedLength)
                .put((byte) kind)
                .putInt(packedLength)
                .putInt(length)
                .putInt((int) crc.getValue())
                .put(packed, 0, packedLength);
        put(frame.flip());
    }

    private void put(ByteBuffer bytes) throws IOException {
        size += bytes.remaining();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Writes what is gathered and that nothing follows. */
    void end() throws IOException {
        flush();
        frame(Frames.END, new byte[0], 0);
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        channel.close();
    }
}
