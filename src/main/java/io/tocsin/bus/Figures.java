package io.tocsin.bus;

import io.tocsin.model.Text;

/** What numbers may be. */
final class Figures {
    private Figures() {}

    /** {@code a number from 0 to 100}. */
    static String range(double min, double max) {
        if (max != Double.POSITIVE_INFINITY) {
            return "a number from " + Text.number(min) + " to " + Text.number(max);
        }
        return min == Double.NEGATIVE_INFINITY ? "a number" : "a number of at least " + Text.number(min);
    }

    /** {@code a whole number from 0 to 100}. */
    static String range(long max) {
        return max == Long.MAX_VALUE ? "a whole number of at least 0" : "a whole number from 0 to " + max;
    }

    /** The whole number from 0 to {@code max} that the value is, with or without a point; null if it is none. */
    static Long whole(Object value, long max) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            long whole = ((Number) value).longValue();
            return whole >= 0 && whole <= max ? whole : null;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            // beyond 2^53 a double no longer tells whole numbers apart
            boolean whole = number >= 0 && number <= Math.min(max, 0x1p53) && number == Math.rint(number);
            return whole ? (Long) (long) number : null;
        }
        return null;
    }
}
