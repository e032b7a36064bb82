package io.tocsin.lane.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Reads what {@link Sink} wrote. Bytes that it did not write give an {@link IllegalStateException} or nonsense, never a hang. */
final class Source {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000L;

    private byte[] bytes = new byte[0];
    private int end;
    private int at;
    private long base;

    /** Goes on with other bytes; times go on from the last one. */
    void take(byte[] next, int length) {
        bytes = next;
        end = length;
        at = 0;
    }

    boolean more() {
        return at < end;
    }

    int one() {
        if (at >= end) {
            throw new IllegalStateException("ends in the middle of an entry");
        }
        return bytes[at++] & 0xff;
    }

    long number() {
        int first = one();
        if (first < 0x80) {
            return first;
        }
        long value = first & 0x7f;
        for (int shift = 7; shift < 64; shift += 7) {
            int next = one();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IllegalStateException("a number is too long");
    }

    /** A number of things that follow, each of at least a byte. */
    int count() {
        long count = number();
        if (count < 0 || count > end - at) {
            throw new IllegalStateException("a length of " + count + " is beyond the frame");
        }
        return (int) count;
    }

    long signed() {
        return unzigzag(number());
    }

    private static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    Long optionalLong() {
        long value = number();
        return value == 0 ? null : Long.valueOf(unzigzag(value - 1));
    }

    double figure() {
        return figure(number());
    }

    private double figure(long value) {
        return switch ((int) value & 3) {
            case 1 -> unzigzag(value >>> 2);
            case 2 -> unzigzag(value >>> 2) / 100.0;
            case 0 -> Double.longBitsToDouble(eight());
            default -> throw new IllegalStateException("a figure is missing");
        };
    }

    Double optionalFigure() {
        long value = number();
        return value == 3 ? null : Double.valueOf(figure(value));
    }

    private long eight() {
        if (end - at < 8) {
            throw new IllegalStateException("ends in the middle of an entry");
        }
        long value = 0;
        for (int shift = 0; shift < 64; shift += 8) {
            value |= (bytes[at++] & 0xffL) << shift;
        }
        return value;
    }

    String text() {
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    Instant near() {
        long value = number();
        base += (value & 1) == 0 ? unzigzag(value >>> 1) * MILLI : unzigzag(value >>> 1);
        return Instant.ofEpochSecond(Math.floorDiv(base, SECOND), Math.floorMod(base, SECOND));
    }

    Instant any() {
        long nanos = number();
        return nanos == 0 ? null : Instant.ofEpochSecond(signed(), nanos - 1);
    }
}
