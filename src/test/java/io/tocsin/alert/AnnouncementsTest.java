package io.tocsin.alert;

import static io.tocsin.alert.Lives.NOW;
import static io.tocsin.alert.Lives.acknowledged;
import static io.tocsin.alert.Lives.firing;
import static io.tocsin.alert.Lives.heard;
import static io.tocsin.alert.Lives.pending;
import static io.tocsin.alert.Lives.resolved;
import static io.tocsin.model.ChangeKind.ACKNOWLEDGED;
import static io.tocsin.model.ChangeKind.ACK_EXPIRED;
import static io.tocsin.model.ChangeKind.ESCALATED;
import static io.tocsin.model.ChangeKind.FELL;
import static io.tocsin.model.ChangeKind.FIRED;
import static io.tocsin.model.ChangeKind.LAPSED;
import static io.tocsin.model.ChangeKind.PENDING;
import static io.tocsin.model.ChangeKind.RAISED;
import static io.tocsin.model.ChangeKind.RESOLVED;
import static io.tocsin.model.ChangeKind.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.Cause;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
    private static final Set<String> CONFIGURED = Set.of("log", "slack", "pagerduty");
    private static final Set<String> NOBODY = Set.of();

    private static Announcements.Announced announce(Life life, Set<String> routes, ChangeKind... kinds) {
        List<Transition> transitions = new ArrayList<>();
        for (ChangeKind kind : kinds) {
            long revision = transitions.size() + 1;
            List<String> to = kind == ESCALATED ? List.of("pagerduty", "boss@example.org") : List.of();
            transitions.add(new Transition(life.alert().id(), revision, kind, NOW, Cause.READING, "why", null, to));
        }
        return Announcements.of(life, transitions, routes, CONFIGURED, NOW);
    }

    private static List<String> told(Life life, Set<String> routes, ChangeKind... kinds) {
        return announce(life, routes, kinds).notifications().stream()
                .map(n -> n.receiver() + " " + n.change())
                .toList();
    }

    @Test
    void fireIsToldToThoseItIsRoutedToAndExist() {
        Life unheard = heard(firing(), NOBODY, NOBODY);
        assertThat(told(unheard, Set.of("log", "slack", "teams"), FIRED)).containsExactly("log FIRED", "slack FIRED");
        assertThat(announce(unheard, Set.of("log", "teams"), FIRED)
                        .life()
                        .tracking()
                        .heard())
                .containsExactly("log");
    }

    @Test
    void nobodyIsToldOfWhatIsPendingLapsedStaleOrFresh() {
        assertThat(told(heard(pending(0), NOBODY, NOBODY), Set.of("log"), PENDING))
                .isEmpty();
        assertThat(told(heard(resolved(), NOBODY, NOBODY), Set.of("log"), LAPSED))
                .isEmpty();
        assertThat(told(firing(), Set.of("log"), STALE, ChangeKind.FRESH)).isEmpty();
    }

    @Test
    void escalationAddsItsReceiversAndTellsTheOldOnesToo() {
        Life life = heard(firing(), Set.of("log"), Set.of("pagerduty", "boss@example.org"));
        Announcements.Announced announced = announce(life, Set.of("log"), ESCALATED);
        assertThat(announced.notifications().stream().map(Notification::receiver))
                .containsExactly("log", "pagerduty");
        assertThat(announced.notifications())
                .allSatisfy(one -> assertThat(one.detail()).contains("why", "boss@example.org"));
        assertThat(announced.life().tracking().heard()).containsExactlyInAnyOrder("log", "pagerduty");
    }

    @Test
    void endIsToldToExactlyThoseWhoHeard() {
        Life life = heard(resolved(), Set.of("log", "pagerduty"), Set.of("pagerduty"));
        assertThat(told(life, Set.of("log", "slack"), RESOLVED)).containsExactly("log RESOLVED", "pagerduty RESOLVED");
    }

    @Test
    void answerAndFallAreToldToThoseWhoHeardOnly() {
        Life answered = heard(acknowledged(null), Set.of("log"), NOBODY);
        assertThat(told(answered, Set.of("log", "slack"), ACKNOWLEDGED)).containsExactly("log ACKNOWLEDGED");
        assertThat(told(heard(firing(), Set.of("log"), NOBODY), Set.of("log"), FELL))
                .containsExactly("log FELL");
    }

    @Test
    void riseAndAnAnswerThatRanOutAreToldToAllWhoAreConcernedNow() {
        Life life = heard(firing(), Set.of("log"), Set.of("slack"));
        assertThat(told(life, Set.of("log", "pagerduty"), RAISED))
                .containsExactly("log RAISED", "pagerduty RAISED", "slack RAISED");
        assertThat(told(life, Set.of("log"), ACK_EXPIRED)).containsExactly("log ACK_EXPIRED", "slack ACK_EXPIRED");
    }

    @Test
    void whatFiredAndEndedInOneStepIsToldToNobody() {
        assertThat(told(heard(resolved(), NOBODY, NOBODY), Set.of("log"), FIRED, RESOLVED))
                .isEmpty();
        assertThat(told(heard(resolved(), NOBODY, Set.of("slack")), Set.of("log"), FIRED, ESCALATED, RESOLVED))
                .isEmpty();
    }

    @Test
    void aStepIsOneNotificationAReceiverWhateverHappenedInIt() {
        Life life = heard(firing(), NOBODY, Set.of("pagerduty"));
        Announcements.Announced announced = announce(life, Set.of("log"), PENDING, FIRED, STALE, ESCALATED);
        assertThat(announced.notifications().stream().map(n -> n.receiver() + " " + n.change()))
                .containsExactly("log FIRED", "pagerduty FIRED");
        assertThat(announced.notifications().get(0).detail()).contains("escalated at once");
    }

    @Test
    void escalationThatIsFollowedByAFallInTheSameStepReachesThoseItCalls() {
        Life life = heard(firing(), Set.of("log"), Set.of("pagerduty"));
        assertThat(told(life, Set.of("log"), ESCALATED, FELL)).containsExactly("log ESCALATED", "pagerduty ESCALATED");
    }

    @Test
    void receiverThatRulesAddLaterHearsOfWhatFires() {
        Life life = heard(firing(), Set.of("log"), NOBODY);
        assertThat(told(life, Set.of("log", "slack"))).containsExactly("slack ROUTED");
        assertThat(told(life, Set.of("log", "slack"), STALE)).containsExactly("slack ROUTED");
        assertThat(told(heard(acknowledged(null), Set.of("log"), NOBODY), Set.of("slack")))
                .isEmpty();
    }
}
