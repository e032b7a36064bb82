package io.tocsin.lane.record;

/**
 * How a file is built: eight bytes that no text begins with, the version in two bytes, then frames. A frame is its kind (one
 * byte), the length of what follows, its length before it was deflated, and its CRC-32C (four bytes each, big-endian), then
 * the deflated bytes.
 */
final class Frames {
    static final byte[] MAGIC = {(byte) 0x89, 'T', 'O', 'C', '\r', '\n', 0x1a, '\n'};
    static final int VERSION = 1;
    static final int FILE_HEAD = MAGIC.length + 2;
    static final int FRAME_HEAD = 13;

    /** The {@link Preamble}, the first frame. */
    static final int PREAMBLE = 'P';

    /** Entries. */
    static final int ENTRIES = 'E';

    /** Nothing follows: the file was closed in order. */
    static final int END = 'Z';

    /** The longest frame that a reader believes in, before it is inflated. */
    static final int LONGEST = 1 << 30;

    private Frames() {}
}
