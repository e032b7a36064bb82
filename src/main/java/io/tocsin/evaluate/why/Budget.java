package io.tocsin.evaluate.why;

/** How many facts may still be looked at. */
final class Budget {
    private int left;

    Budget(int most) {
        left = most;
    }

    /** Whether one more may be. */
    boolean spend() {
        return left > 0 && left-- > 0;
    }

    boolean over() {
        return left <= 0;
    }
}
