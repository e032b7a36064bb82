package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpiriesTest {
    private final Expiries expiries = new Expiries();

    /** A target whose time a reading may put off. */
    private static final class Renewed implements Expiries.Target {
        private long due;

        @Override
        public long dueAt(long pushed) {
            return Math.max(pushed, due);
        }
    }

    private static Expiries.Target fixed() {
        return pushed -> pushed;
    }

    @Test
    void whatIsDueComesInOrderAndNotEarlier() {
        Expiries.Target late = fixed();
        Expiries.Target early = fixed();
        expiries.push(5_500, late);
        expiries.push(5_200, early);

        assertThat(expiries.poll(5_199)).isNull();
        assertThat(expiries.next()).isEqualTo(5_200);
        assertThat(expiries.poll(9_000)).isSameAs(early);
        assertThat(expiries.poll(9_000)).isSameAs(late);
        assertThat(expiries.next()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void renewedTargetIsMovedOn() {
        Renewed target = new Renewed();
        expiries.push(5_000, target);
        target.due = 35_000;

        assertThat(expiries.poll(6_000)).isNull();
        assertThat(expiries.poll(34_999)).isNull();
        assertThat(expiries.poll(35_000)).isSameAs(target);
        assertThat(expiries.size()).isZero();
    }

    @Test
    void cancelledEntryNeverComes() {
        Expiries.Entry waits = expiries.push(5_000, fixed());
        Expiries.Target stays = fixed();
        expiries.push(5_001, stays);
        Expiries.Entry begun = expiries.push(5_002, fixed());
        expiries.cancel(waits);
        expiries.poll(4_999);
        expiries.cancel(begun);

        assertThat(expiries.poll(10_000)).isSameAs(stays);
        assertThat(expiries.size()).isZero();
    }

    @Test
    void stoppingWhereItAsksToBeAskedMissesNothing() {
        SplittableRandom random = new SplittableRandom(1);
        TreeMap<Long, List<Expiries.Target>> expected = new TreeMap<>();
        for (int i = 0; i < 1_000; i++) {
            Expiries.Target target = new Renewed();
            long at = random.nextLong(1, 60_000);
            expiries.push(at, target);
            expected.computeIfAbsent(at, any -> new ArrayList<>()).add(target);
        }

        TreeMap<Long, List<Expiries.Target>> got = new TreeMap<>();
        for (long now = expiries.next(); now != Long.MAX_VALUE; now = expiries.next()) {
            for (Expiries.Target due = expiries.poll(now); due != null; due = expiries.poll(now)) {
                got.computeIfAbsent(now, any -> new ArrayList<>()).add(due);
            }
        }

        assertThat(got.keySet()).isEqualTo(expected.keySet());
        got.forEach((at, targets) -> assertThat(targets).containsExactlyInAnyOrderElementsOf(expected.get(at)));
    }
}
