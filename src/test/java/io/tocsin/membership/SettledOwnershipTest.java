package io.tocsin.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettledOwnershipTest {
    private static final String ME = "10.0.0.1:1";
    private static final String OTHER = "10.0.0.2:1";
    private static final String THIRD = "10.0.0.3:1";

    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final AtomicInteger changes = new AtomicInteger();
    private final List<SeenMember> away = new ArrayList<>();
    private long nanos = 1;
    private final SettledOwnership ownership = new SettledOwnership(
            ME, Duration.ofSeconds(1), (time, what) -> due.add(new Due(nanos + time.toNanos(), what)), () -> nanos);

    private record Due(long at, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.compare(at, other.at);
        }
    }

    @Test
    void theFirstMemberWaitsASecondForOthers() {
        see(ready(ME));
        assertThat(ownership.ownerOf("main")).isNull();
        pass(Duration.ofMillis(900));
        assertThat(ownership.mine("main")).isFalse();
        pass(Duration.ofMillis(200));
        assertThat(ownership.mine("main")).isTrue();
    }

    @Test
    void whoJoinsOthersWaitsNoLongerThanTheyDo() {
        see(ready(OTHER), starting(ME));
        pass(Duration.ofMillis(101));
        assertThat(ownership.ownerOf("main")).isEqualTo(OTHER);
        see(ready(OTHER), ready(ME));
        pass(Duration.ofMillis(101));
        assertThat(Stream.of("a", "b", "c", "d", "e", "f", "g", "h").filter(ownership::mine))
                .isNotEmpty();
    }

    @Test
    void aViewThatFlickersDoesNotMoveAnything() {
        see(ready(ME), ready(OTHER));
        pass(Duration.ofSeconds(2));
        ownership.onChange(changes::incrementAndGet);
        see(ready(ME));
        pass(Duration.ofMillis(50));
        see(ready(ME), ready(OTHER));
        pass(Duration.ofSeconds(5));
        assertThat(changes).hasValue(0);
        assertThat(ownership.ownerOf("main")).isNotNull();
    }

    @Test
    void aChangeIsInForceAfterATenthOfASecondAndIsTold() {
        see(ready(ME), ready(OTHER));
        pass(Duration.ofSeconds(2));
        ownership.onChange(changes::incrementAndGet);
        see(ready(ME));
        pass(Duration.ofMillis(99));
        assertThat(changes).hasValue(0);
        pass(Duration.ofMillis(2));
        assertThat(changes).hasValue(1);
        assertThat(ownership.mine("anything")).isTrue();
    }

    @Test
    void aRestlessViewComesIntoForceAllTheSame() {
        for (int round = 0; round < 80 && ownership.ownerOf("main") == null; round++) {
            see(
                    round % 2 == 0
                            ? new SeenMember[] {ready(OTHER), ready(ME)}
                            : new SeenMember[] {ready(THIRD), ready(ME)});
            pass(Duration.ofMillis(50));
        }
        assertThat(ownership.ownerOf("main")).isNotNull();
    }

    @Test
    void rulesThatDifferForAMomentMoveNothing() {
        see(ready(ME), ready(OTHER));
        pass(Duration.ofSeconds(2));
        ownership.onChange(changes::incrementAndGet);
        see(ready(ME), with(OTHER, "new", MemberState.READY));
        pass(Duration.ofSeconds(1));
        see(with(ME, "new", MemberState.READY), with(OTHER, "new", MemberState.READY));
        pass(Duration.ofSeconds(5));
        assertThat(changes).hasValue(0);
        see(with(ME, "new", MemberState.READY), with(OTHER, "newer", MemberState.READY));
        pass(Duration.ofSeconds(3));
        assertThat(ownership.mine("anything")).isTrue();
        assertThat(changes).hasValue(1);
    }

    @Test
    void aMemberThatDrainsOwnsNothingMore() {
        see(ready(ME), ready(OTHER));
        pass(Duration.ofSeconds(2));
        see(with(ME, "h", MemberState.DRAINING), ready(OTHER));
        pass(Duration.ofMillis(101));
        assertThat(ownership.mine("anything")).isFalse();
        assertThat(ownership.sends("slack")).isFalse();
        assertThat(ownership.ownerOf("anything")).isEqualTo(OTHER);
    }

    @Test
    void aMemberThatIsNotWellGivesAwayWhatItHasUnlessItIsTheOnlyOne() {
        see(with(ME, "h", MemberState.AILING), ready(OTHER));
        pass(Duration.ofSeconds(2));
        assertThat(ownership.ownerOf("anything")).isEqualTo(OTHER);
        assertThat(ownership.sends("slack")).isFalse();
        see(with(ME, "h", MemberState.AILING));
        pass(Duration.ofSeconds(2));
        assertThat(ownership.mine("anything")).isTrue();
        assertThat(ownership.sends("slack")).isTrue();
    }

    @Test
    void whoSeesLessThanHalfIsCutOffForFiveMinutes() {
        see(ready(ME), ready(OTHER), ready(THIRD));
        pass(Duration.ofSeconds(2));
        ownership.onChange(changes::incrementAndGet);
        see(ready(ME), ready(THIRD));
        assertThat(ownership.minority()).isFalse();
        see(ready(ME));
        assertThat(ownership.minority()).isTrue();
        assertThat(changes).as("told at once").hasValue(1);
        pass(Duration.ofMinutes(4));
        see(ready(ME));
        assertThat(ownership.minority()).isTrue();
        pass(Duration.ofSeconds(61));
        see(ready(ME));
        assertThat(ownership.minority()).isFalse();
    }

    @Test
    void halfIsNotLessThanHalf() {
        see(ready(ME), ready(OTHER));
        see(ready(ME));
        assertThat(ownership.minority()).isFalse();
    }

    @Test
    void whoLeavesInGoodOrderIsNotMissed() {
        see(ready(ME), ready(OTHER), ready(THIRD));
        away.add(ready(OTHER).away(MemberState.LEFT, Instant.EPOCH));
        away.add(ready(THIRD).away(MemberState.LEFT, Instant.EPOCH));
        see(ready(ME));
        assertThat(ownership.minority()).isFalse();
    }

    @Test
    void foreignProcessesNeverCount() {
        ownership.see(new Roster.View(
                List.of(ready(ME)), List.of(SeenMember.foreign(OTHER), SeenMember.foreign(THIRD)), List.of()));
        pass(Duration.ofSeconds(2));
        see(ready(ME));
        assertThat(ownership.minority()).isFalse();
        assertThat(Stream.of("a", "b", "c", "d", "e", "f", "g", "h")).allMatch(ownership::mine);
    }

    private void see(SeenMember... members) {
        ownership.see(new Roster.View(List.of(members), List.of(), away));
    }

    private void pass(Duration time) {
        long until = nanos + time.toNanos();
        while (!due.isEmpty() && due.peek().at() <= until) {
            Due next = due.poll();
            nanos = next.at();
            next.what().run();
        }
        nanos = until;
    }

    private static SeenMember ready(String place) {
        return with(place, "h", MemberState.READY);
    }

    private static SeenMember starting(String place) {
        return with(place, "h", MemberState.STARTING);
    }

    private static SeenMember with(String place, String hash, MemberState state) {
        return SeenMember.of(new Announcement(place, place, "host", "1", hash, state, true, Instant.EPOCH));
    }
}
