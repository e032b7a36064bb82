package io.tocsin.membership;

import static io.tocsin.membership.Difference.CLOCK;
import static io.tocsin.membership.Difference.NAME;
import static io.tocsin.membership.Difference.RULES;
import static io.tocsin.membership.Difference.STORE;
import static io.tocsin.membership.Difference.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final SeenMember A = member("10.0.0.1:1", "alpha", "1", "h", true);
    private static final SeenMember B = member("10.0.0.2:1", "beta", "1", "h", true);
    private static final SeenMember C = member("10.0.0.3:1", "gamma", "1", "h", true);

    @Test
    void membersThatAreAlikeAgree() {
        assertThat(Agreement.of(List.of(A, B, C), Map.of()))
                .allMatch(one -> one.differs().isEmpty());
    }

    @Test
    void oneOfThreeWithOtherRulesOrVersionIsTheOneThatDiffers() {
        SeenMember odd = member("10.0.0.1:1", "alpha", "2", "other", true);
        List<SeenMember> judged = Agreement.of(List.of(odd, B, C), Map.of());
        assertThat(judged.get(0).differs()).containsExactlyInAnyOrder(RULES, VERSION);
        assertThat(judged.subList(1, 3)).allMatch(one -> one.differs().isEmpty());
    }

    @Test
    void oneAgainstOneTheOlderIsRight() {
        SeenMember odd = member("10.0.0.2:1", "beta", "2", "other", true);
        List<SeenMember> judged = Agreement.of(List.of(A, odd), Map.of(B.place(), Duration.ofHours(1)));
        assertThat(judged.get(0).differs()).isEmpty();
        assertThat(judged.get(1).differs()).contains(RULES, VERSION);
    }

    @Test
    void theClockThatIsOffIsBlamedAlsoByItsOwnMember() {
        Map<String, Duration> seenByA =
                Map.of(A.place(), Duration.ZERO, B.place(), Duration.ofHours(-1), C.place(), Duration.ofMinutes(-60));
        List<SeenMember> judged = Agreement.of(List.of(A, B, C), seenByA);
        assertThat(judged.get(0).differs()).containsExactly(CLOCK);
        assertThat(judged.get(0).skew()).isEqualTo(Duration.ofHours(1));
        assertThat(judged.get(1).differs()).isEmpty();
    }

    @Test
    void ofTwoClocksThatOfTheOlderMemberIsRight() {
        List<SeenMember> judged =
                Agreement.of(List.of(A, B), Map.of(B.place(), Duration.ZERO, A.place(), Duration.ofHours(-1)));
        assertThat(judged.get(0).differs()).isEmpty();
        assertThat(judged.get(1).differs()).containsExactly(CLOCK);
        assertThat(judged.get(1).skew()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void twoSecondsAreForgivenAndUnknownClocksAreNotJudged() {
        assertThat(Agreement.of(List.of(A, B, C), Map.of(A.place(), Duration.ZERO, B.place(), Duration.ofSeconds(2))))
                .allMatch(one -> one.differs().isEmpty());
        assertThat(Agreement.of(List.of(A, B), Map.of(A.place(), Duration.ZERO, B.place(), Duration.ofMillis(-2001)))
                        .get(1)
                        .differs())
                .containsExactly(CLOCK);
    }

    @Test
    void oneNameOnTwoHostsIsBlamedOnTheYounger() {
        SeenMember twin = member("10.0.0.9:1", "alpha", "1", "h", true);
        SeenMember sameHost = member("10.0.0.1:2", "alpha", "1", "h", true);
        List<SeenMember> judged = Agreement.of(List.of(A, twin, sameHost), Map.of());
        assertThat(judged.get(0).differs()).isEmpty();
        assertThat(judged.get(1).differs()).containsExactly(NAME);
        assertThat(Agreement.of(List.of(A, sameHost), Map.of()))
                .allMatch(one -> one.differs().isEmpty());
    }

    @Test
    void aStoreOfItsOwnMattersOnlyAmongSeveral() {
        SeenMember file = member("10.0.0.1:1", "alpha", "1", "h", false);
        assertThat(Agreement.of(List.of(file), Map.of()).get(0).differs()).isEmpty();
        assertThat(Agreement.of(List.of(file, B), Map.of()).get(0).differs()).containsExactly(STORE);
    }

    @Test
    void whoOnlyStartsIsNotJudgedAndNobodyIsByIt() {
        SeenMember file = member("10.0.0.1:1", "alpha", "1", "h", false);
        SeenMember newcomer = SeenMember.of(
                new Announcement("10.0.0.2:1", "n", "alpha", "2", "none", MemberState.STARTING, false, Instant.EPOCH));
        assertThat(Agreement.of(List.of(file, newcomer), Map.of(newcomer.place(), Duration.ofHours(1))))
                .allMatch(one -> one.differs().isEmpty());
    }

    private static SeenMember member(String place, String name, String version, String hash, boolean shared) {
        return SeenMember.of(
                new Announcement(place, place, name, version, hash, MemberState.READY, shared, Instant.EPOCH));
    }
}
