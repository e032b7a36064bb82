package io.tocsin.lane.record;

/** What one lane records onto. Belongs to the lane's thread; never waits: what does not fit is counted, and the recording says so. */
public final class Tape {
    private final int lane;
    private final Recorder recorder;
    private int generation;
    private Entry.Gap gap;

    Tape(int lane, Recorder recorder) {
        this.lane = lane;
        this.recorder = recorder;
        this.generation = recorder.generation();
    }

    /** Its lane. */
    public int lane() {
        return lane;
    }

    /** Whether a file has begun, or something got lost, since this was last asked: then each watch says how it stands. */
    public boolean asksHowItStands() {
        int now = recorder.generation();
        boolean asks = now != generation;
        generation = now;
        return asks;
    }

    /** Hands an entry to the recorder, or drops it if too many wait. */
    public void add(Entry entry) {
        if (gap != null && recorder.offer(gap)) {
            gap = null;
        }
        if (gap != null || !recorder.offer(entry)) {
            missing(entry);
        }
    }

    private void missing(Entry entry) {
        long readings = entry instanceof Entry.Put put ? put.batch().size() : 0;
        recorder.dropped(readings);
        gap = gap == null
                ? new Entry.Gap(lane, entry.at(), 1, readings, Recorder.TOO_MANY_WAIT)
                : new Entry.Gap(lane, gap.at(), gap.entries() + 1, gap.readings() + readings, gap.reason());
    }
}
