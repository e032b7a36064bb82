package io.tocsin.lane.record;

import io.tocsin.model.Text;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads one file of a recording, frame by frame. An end in the middle of a frame is an end, of which {@link #torn} tells; what
 * is damaged anywhere else is a {@link RecordingFault}.
 */
public final class FileReader implements AutoCloseable {
    private final Path path;
    private final long length;
    private final DataInputStream in;
    private final EntryReader entries = new EntryReader();
    private final Inflater inflater = new Inflater();
    private final CRC32C crc = new CRC32C();
    private final Preamble preamble;
    private byte[] packed = new byte[0];
    private byte[] bytes = new byte[0];
    private long at;
    private boolean ended;
    private boolean torn;

    /**
     * Opens a file and reads its head.
     *
     * @throws RecordingFault if it is no recording, or one that this version cannot read
     */
    public FileReader(Path path) throws IOException {
        this.path = path;
        this.length = Files.size(path);
        this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16));
        try {
            this.preamble = head();
        } catch (IOException | RuntimeException fault) {
            close();
            throw fault;
        }
    }

    /** Whether a file begins as a recording does. */
    public static boolean looksLikeOne(byte[] begin) {
        return begin.length >= Frames.MAGIC.length
                && Arrays.equals(Frames.MAGIC, Arrays.copyOf(begin, Frames.MAGIC.length));
    }

    private Preamble head() throws IOException {
        byte[] magic = in.readNBytes(Frames.MAGIC.length);
        if (!looksLikeOne(magic)) {
            throw new RecordingFault(name() + ": is no recording of Tocsin; it begins with other bytes");
        }
        at = Frames.FILE_HEAD;
        if (length < at) {
            throw new RecordingFault(name() + ": ends after " + length + " bytes, before its head; nothing is in it");
        }
        int version = in.readUnsignedShort();
        if (version > Frames.VERSION) {
            throw new RecordingFault(
                    name() + ": is a recording of version " + version + "; this Tocsin reads versions up to "
                            + Frames.VERSION + ", so replay it with the version that wrote it or a newer one");
        }
        int size = frame(Frames.PREAMBLE);
        if (size < 0) {
            throw new RecordingFault(name() + ": ends after " + length + " bytes, in its head; nothing is in it");
        }
        try {
            return Preamble.read(new String(bytes, 0, size, StandardCharsets.UTF_8));
        } catch (RuntimeException fault) {
            throw damaged("its head cannot be read");
        }
    }

    /** What it says at its head. */
    public Preamble preamble() {
        return preamble;
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** How many bytes there are. */
    public long length() {
        return length;
    }

    /** How many bytes of whole frames were read so far. */
    public long position() {
        return at;
    }

    /** Whether it ended in the middle of a frame. */
    public boolean torn() {
        return torn;
    }

    /** Whether its end says that nothing follows. */
    public boolean ended() {
        return ended;
    }

    /** The entries of the next frame; null at the end. */
    public List<Entry> next() throws IOException {
        int size = ended ? -1 : frame(Frames.ENTRIES);
        if (size < 0) {
            return null;
        }
        try {
            return entries.read(bytes, size);
        } catch (RuntimeException fault) {
            throw damaged(String.valueOf(fault.getMessage()));
        }
    }

    /** Reads a frame into {@link #bytes}; its size, -1 at the end of the file. */
    private int frame(int wanted) throws IOException {
        if (at == length) {
            return -1;
        }
        if (length - at < Frames.FRAME_HEAD) {
            torn = true;
            return -1;
        }
        int kind = in.readUnsignedByte();
        int packedSize = in.readInt();
        int size = in.readInt();
        int sum = in.readInt();
        if (kind == 0 && packedSize == 0 && size == 0) {
            // a file system that lost power may leave zeros where the end was
            torn = true;
            return -1;
        }
        if (kind != wanted && kind != Frames.END || packedSize < 0 || size < 0 || size > Frames.LONGEST) {
            throw damaged("no frame begins here");
        }
        if (packedSize > length - at - Frames.FRAME_HEAD) {
            torn = true;
            return -1;
        }
        packed = packed.length < packedSize ? new byte[packedSize * 3 / 2] : packed;
        try {
            in.readFully(packed, 0, packedSize);
        } catch (EOFException shorter) {
            torn = true;
            return -1;
        }
        crc.reset();
        crc.update(packed, 0, packedSize);
        if ((int) crc.getValue() != sum) {
            if (at + Frames.FRAME_HEAD + packedSize == length) {
                torn = true;
                return -1;
            }
            throw damaged("its checksum is wrong");
        }
        inflate(packedSize, size);
        at += Frames.FRAME_HEAD + packedSize;
        ended = kind == Frames.END;
        return ended ? -1 : size;
    }

    private void inflate(int packedSize, int size) {
        bytes = bytes.length < size ? new byte[size] : bytes;
        inflater.reset();
        inflater.setInput(packed, 0, packedSize);
        try {
            int done = 0;
            while (done < size) {
                int more = inflater.inflate(bytes, done, size - done);
                if (more == 0) {
                    throw damaged("it is shorter than it says");
                }
                done += more;
            }
        } catch (DataFormatException fault) {
            throw damaged("it cannot be inflated");
        }
    }

    private RecordingFault damaged(String how) {
        return new RecordingFault(name() + ": the frame at byte " + at + " of " + length + " is damaged: "
                + Text.clean(how) + "; replay the files before it, or take this file from a backup");
    }

    private String name() {
        return Text.clean(path.toString());
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
