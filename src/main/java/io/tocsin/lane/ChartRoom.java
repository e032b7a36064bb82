package io.tocsin.lane;

/** How many series of one lane may have a chart. */
final class ChartRoom {
    private static final int MOST = 50_000;

    /** What a chart takes of the heap, bytes. */
    private static final int EACH = 2300;

    private final int most;
    private int taken;

    ChartRoom(int most) {
        this.most = most;
    }

    /** A part of what all lanes have: a tenth of the heap, and no more than anybody looks at. */
    static ChartRoom ofHeap(long bytes, int lanes) {
        return new ChartRoom((int) Math.min(MOST, bytes / 10 / EACH) / lanes);
    }

    boolean take() {
        if (taken == most) {
            return false;
        }
        taken++;
        return true;
    }

    void give(int charts) {
        taken -= charts;
    }
}
