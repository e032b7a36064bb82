package io.tocsin.membership;

import static io.tocsin.model.HealthStatus.DEGRADED;
import static io.tocsin.model.HealthStatus.HEALTHY;
import static io.tocsin.model.HealthStatus.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.membership.Roster.Process;
import io.tocsin.membership.Roster.View;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The roll is called, and what is said of it: members come, go and are lost at set times. */
class MemberReadingsTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final String A = "10.0.0.1:5701";
    private static final String B = "10.0.0.2:5701";

    private final Roster roster = new Roster();
    private final Map<String, Announcement> said = new HashMap<>();
    private Instant now = START;

    @Test
    void aMemberThatTakesPartIsHealthyAndOneThatStartsIsNotMentioned() {
        say(A, MemberState.READY);
        say(B, MemberState.STARTING);
        assertThat(health(unlisted(), call(A, B))).containsExactly(Map.entry(A, HEALTHY));
    }

    @Test
    void aLostMemberIsUnhealthyForAnHour() {
        say(A, MemberState.READY);
        say(B, MemberState.READY);
        call(A, B);
        assertThat(health(unlisted(), call(A)))
                .as("soon others may be lost too, and this one is cut off")
                .containsOnlyKeys(A);
        now = START.plus(MemberReadings.DOUBT);
        assertThat(health(unlisted(), call(A))).containsEntry(B, UNHEALTHY);
        now = START.plus(Duration.ofMinutes(59));
        assertThat(health(unlisted(), call(A))).containsEntry(B, UNHEALTHY);
        now = START.plus(Duration.ofMinutes(61));
        assertThat(health(unlisted(), call(A))).containsEntry(B, HEALTHY);
        now = START.plus(Duration.ofHours(25));
        assertThat(health(unlisted(), call(A))).doesNotContainKey(B);
    }

    @Test
    void aLostMemberThatIsListedStaysUnhealthyUntilItIsBack() {
        say(A, MemberState.READY);
        say(B, MemberState.READY);
        call(A, B);
        call(A);
        now = START.plus(Duration.ofHours(30));
        assertThat(health(listed(), call(A))).containsEntry(B, UNHEALTHY);
        assertThat(health(listed(), call(A, B))).containsEntry(B, HEALTHY);
    }

    @Test
    void anOrderlyLeaveIsNeverUnhealthy() {
        say(A, MemberState.READY);
        say(B, MemberState.READY);
        call(A, B);
        say(B, MemberState.DRAINING);
        assertThat(health(unlisted(), call(A, B))).containsEntry(B, DEGRADED);
        View left = call(A);
        assertThat(health(unlisted(), left)).containsEntry(B, HEALTHY);
        assertThat(health(listed(), left)).containsEntry(B, DEGRADED);
    }

    @Test
    void aListedMemberThatDoesNotComeIsMissedAfterAMinute() {
        say(A, MemberState.READY);
        assertThat(health(listed(), call(A))).containsOnlyKeys(A);
        now = START.plusSeconds(61);
        assertThat(health(listed(), call(A))).containsEntry(B, UNHEALTHY);
    }

    @Test
    void whoIsCutOffSaysOfNobodyThatItIsGone() {
        say(A, MemberState.READY);
        say(B, MemberState.READY);
        call(A, B);
        now = START.plusSeconds(61);
        assertThat(listed().of(call(A), true, now))
                .filteredOn(ComponentHealth.class::isInstance)
                .extracting(one -> one.node())
                .containsExactly(A);
    }

    @Test
    void aMemberThatOnlyStartedIsNotMissed() {
        say(A, MemberState.READY);
        say(B, MemberState.STARTING);
        call(A, B);
        assertThat(call(A).away()).isEmpty();
    }

    @Test
    void differencesOfOneWhoIsGoneAreOver() {
        say(A, MemberState.READY);
        say(B, MemberState.READY);
        View both = call(A, B);
        SeenMember odd = both.ours().get(1).judged(Duration.ofSeconds(-3600), Set.of(Difference.RULES));
        View judged = new View(List.of(both.ours().get(0), odd), List.of(), List.of());
        assertThat(metrics(judged))
                .containsEntry("member_differs rules", 1.0)
                .containsEntry("member_differs version", 0.0)
                .containsEntry("member_clock_skew", -3600.0);
        call(A);
        now = START.plus(MemberReadings.DOUBT);
        assertThat(metrics(call(A))).containsEntry("member_differs rules", 0.0).containsEntry("member_clock_skew", 0.0);
    }

    @Test
    void aNewcomerLearnsWhoIsMissed() throws Exception {
        say(A, MemberState.READY);
        say(B, MemberState.READY);
        call(A, B);
        call(A);
        List<SeenMember> told = Missed.read(roster.awayText());
        assertThat(told).singleElement().satisfies(one -> {
            assertThat(one.node()).isEqualTo(B);
            assertThat(one.state()).isEqualTo(MemberState.LOST);
            assertThat(one.since()).isEqualTo(START);
        });
        Roster other = new Roster();
        Process process = new Process(A, A);
        assertThat(other.call(List.of(process), any -> Optional.of(said.get(A)), told, now)
                        .away())
                .isEqualTo(told);
    }

    @Test
    void anAnnouncementThatIsGoneForAMomentIsNotTakenBack() {
        say(A, MemberState.READY);
        call(A);
        said.clear();
        assertThat(call(A).ours()).hasSize(1);
    }

    private Map<String, Double> metrics(View view) {
        return unlisted().of(view, false, now).stream()
                .filter(Metric.class::isInstance)
                .map(Metric.class::cast)
                .filter(one -> one.node().equals(B))
                .collect(Collectors.toMap(
                        one -> (one.name() + " " + one.labels().getOrDefault("what", "")).strip(), Metric::value));
    }

    private Map<String, HealthStatus> health(MemberReadings readings, View view) {
        return readings.of(view, false, now).stream()
                .filter(ComponentHealth.class::isInstance)
                .map(ComponentHealth.class::cast)
                .collect(Collectors.toMap(ComponentHealth::node, ComponentHealth::status));
    }

    private static MemberReadings listed() {
        return new MemberReadings(new Listed(List.of(A, B), Runnable::run), START);
    }

    private static MemberReadings unlisted() {
        return new MemberReadings(new Listed(List.of(), Runnable::run), START);
    }

    @Test
    void whoIsListedByNameIsOneNodeWhateverItCallsItself() {
        // the list here has names; one member found its own among them, the other has been told addresses
        Listed listed = new Listed(List.of("localhost:5701", "localhost:5702", "nowhere.invalid:5703"), Runnable::run);
        MemberReadings readings = new MemberReadings(listed, START);
        say("127.0.0.1:5701", "localhost:5701", MemberState.READY);
        say("127.0.0.1:5702", "127.0.0.1:5702", MemberState.READY);
        now = START.plus(Duration.ofMinutes(2));
        Roster.View view = call("127.0.0.1:5701", "127.0.0.1:5702");
        assertThat(health(readings, view))
                .as("whose name is not known yet is not mentioned")
                .doesNotContainKey("127.0.0.1:5702");
        listed.see(view, 0);
        assertThat(health(readings, view))
                .isEqualTo(Map.of(
                        "localhost:5701", HEALTHY, "localhost:5702", HEALTHY, "nowhere.invalid:5703", UNHEALTHY));

        call("127.0.0.1:5701");
        now = now.plus(MemberReadings.DOUBT);
        assertThat(health(readings, call("127.0.0.1:5701"))).containsEntry("localhost:5702", UNHEALTHY);
        say("127.0.0.1:5702", "localhost:5702", MemberState.READY);
        assertThat(health(readings, call("127.0.0.1:5701", "127.0.0.1:5702")))
                .as("its next life, under its name")
                .containsEntry("localhost:5702", HEALTHY)
                .doesNotContainKey("127.0.0.1:5702");
    }

    @Test
    void ownNameIsKnownFromTheListEvenWhileNoServerKnowsIt() {
        HazelcastSettings pod = new HazelcastSettings(true, "t", "127.0.0.1", 5701, List.of());
        assertThat(Listed.isMe("localhost:5701", pod, "127.0.0.1", "web")).isTrue();
        assertThat(Listed.isMe("localhost:5702", pod, "127.0.0.1", "web")).isFalse();
        assertThat(Listed.isMe("tocsin-0.members.invalid:5701", pod, "127.0.0.1", "tocsin-0"))
                .isTrue();
        assertThat(Listed.isMe("tocsin-01.members.invalid:5701", pod, "127.0.0.1", "tocsin-0"))
                .isFalse();
    }

    private void say(String place, MemberState state) {
        say(place, place, state);
    }

    private void say(String place, String node, MemberState state) {
        said.put(place, new Announcement(place, node, "host", "1", "h", state, true, START));
    }

    private View call(String... present) {
        return roster.call(
                Stream.of(present).map(place -> new Process(place, place)).toList(),
                process -> Optional.ofNullable(said.get(process.id())),
                List.of(),
                now);
    }
}
