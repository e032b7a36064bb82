package io.tocsin.lane.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Bytes that grow, with numbers, texts and instants in few of them. {@link Source} is the inverse. */
final class Sink {
    private static final long MILLI = 1_000_000;
    private static final long EXACT = 1L << 53;

    private byte[] bytes = new byte[1 << 16];
    private int size;
    private long base;

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** Forgets the bytes; times go on from the last one. */
    void clear() {
        size = 0;
        if (bytes.length > 1 << 22) {
            bytes = new byte[1 << 16];
        }
    }

    void one(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** A number of which small ones are frequent, unsigned. */
    void number(long value) {
        room(10);
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes[size++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    /** A number of either sign. */
    void signed(long value) {
        number(zigzag(value));
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    void optional(Long value) {
        number(value == null ? 0 : zigzag(value) + 1);
    }

    /** A figure: whole ones and those with few decimals are short, the others have their eight bytes; exact either way. */
    void figure(double value) {
        double hundredfold = value * 100;
        // a negative zero is another zero
        boolean usual = value != 0 || Double.doubleToRawLongBits(value) == 0;
        if (usual && value == Math.rint(value) && Math.abs(value) < EXACT >> 8) {
            number(zigzag((long) value) << 2 | 1);
        } else if (usual && Math.abs(hundredfold) < EXACT >> 8 && Math.rint(hundredfold) / 100 == value) {
            number(zigzag((long) Math.rint(hundredfold)) << 2 | 2);
        } else {
            one(0);
            eight(Double.doubleToRawLongBits(value));
        }
    }

    void optional(Double value) {
        if (value == null) {
            one(3);
        } else {
            figure(value);
        }
    }

    private void eight(long value) {
        room(8);
        for (int shift = 0; shift < 64; shift += 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    /** An instant near the last one. */
    void near(Instant at) {
        long nanos = Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
        long delta = nanos - base;
        base = nanos;
        if (delta % MILLI == 0) {
            number(zigzag(delta / MILLI) << 1);
        } else {
            number(zigzag(delta) << 1 | 1);
        }
    }

    /** Any instant or none. */
    void any(Instant at) {
        if (at == null) {
            one(0);
        } else {
            number(at.getNano() + 1L);
            signed(at.getEpochSecond());
        }
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
