package io.tocsin.store;

import static io.tocsin.store.Given.T0;
import static io.tocsin.store.Given.change;
import static io.tocsin.store.Given.done;
import static io.tocsin.store.Given.life;
import static io.tocsin.store.Given.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Senders freeze, are taken over, thaw, send late and crash, in any order: when all is quiet, the last thing that a receiver
 * was told of each alert is its current state.
 */
class LateSenderTest {
    private static final int ALERTS = 2;
    private static final int PROCESSES = 2;

    private static Path data;
    private static final Map<Backing, Stage> STAGES = new HashMap<>();
    private static int histories;

    @BeforeContainer
    static void open() throws IOException {
        data = Files.createTempDirectory("late");
    }

    @AfterContainer
    static void close() throws IOException {
        STAGES.values().forEach(stage -> stage.peers.forEach(Peer::close));
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Stage stage(Backing backing) {
        return STAGES.computeIfAbsent(backing, any -> {
            FakeCodec codec = new FakeCodec();
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < PROCESSES; i++) {
                // whoever does not beat at this moment counts as frozen
                peers.add(new Peer("p" + i, backing, data, codec, Duration.ZERO));
            }
            peers.forEach(Peer::tick);
            return new Stage(peers);
        });
    }

    private record Stage(List<Peer> peers) {}

    enum What {
        TELL,
        LOOK,
        LOOK_AND_SEND,
        SEND,
        RECORD,
        FAIL,
        FREEZE_OR_THAW,
        CRASH
    }

    /** One process does one thing, with one alert or the first of what it has in hand. */
    record Event(What what, int process, int alert) {}

    @Provide
    Arbitrary<List<Event>> histories() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(3, What.TELL),
                                Tuple.of(3, What.LOOK),
                                Tuple.of(4, What.LOOK_AND_SEND),
                                Tuple.of(2, What.SEND),
                                Tuple.of(3, What.RECORD),
                                Tuple.of(1, What.FAIL),
                                Tuple.of(1, What.FREEZE_OR_THAW),
                                Tuple.of(1, What.CRASH)),
                        Arbitraries.integers().between(0, PROCESSES - 1),
                        Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 1)))
                .as(Event::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(30);
    }

    @Property(tries = 250)
    void onSqliteTheCurrentStateIsToldLast(@ForAll("histories") List<Event> history) {
        play(Backing.SQLITE, history);
    }

    @Property(tries = 60)
    void onPostgresqlTheCurrentStateIsToldLast(@ForAll("histories") List<Event> history) {
        play(Backing.POSTGRESQL, history);
    }

    @Example
    void oldStateThatArrivesWhileTheCurrentOneIsOnItsWay() {
        play(
                Backing.SQLITE,
                List.of(
                        new Event(What.TELL, 0, 0),
                        new Event(What.LOOK, 0, 0),
                        new Event(What.TELL, 0, 0),
                        new Event(What.LOOK_AND_SEND, 1, 0)));
    }

    private static void play(Backing backing, List<Event> history) {
        Play play = new Play(stage(backing).peers, "history" + ++histories);
        history.forEach(play::happens);
        play.end();
    }

    /** What a sender has in hand. */
    private static final class InHand {
        private final Notification notification;
        private boolean sent;

        InHand(Notification notification) {
            this.notification = notification;
        }
    }

    /** A process that sends as notifiers do: nothing of an alert twice at a time, nothing anew before all is recorded. */
    private static final class Sender {
        private final Peer peer;
        private final List<InHand> hand = new ArrayList<>();
        private boolean holds;
        private boolean frozen;
        private int took;

        Sender(Peer peer) {
            this.peer = peer;
        }

        Set<String> busy() {
            return hand.stream().map(one -> one.notification.alertId()).collect(Collectors.toSet());
        }
    }

    /** One history of one receiver. */
    private static final class Play {
        private final String name;
        private final List<Sender> senders;
        private final long epoch;
        private final long[] revisions = new long[ALERTS];
        /** What the receiver heard last, by alert. */
        private final Map<String, Long> heard = new HashMap<>();

        private int told;
        private int takeUps;

        Play(List<Peer> peers, String name) {
            this.name = name;
            this.senders = peers.stream().map(Sender::new).toList();
            this.epoch = peers.get(0).claim(name);
        }

        private Life alert(int number) {
            return life(name, "n" + number, 1, revisions[number], AlertState.FIRING);
        }

        void happens(Event event) {
            Sender sender = senders.get(event.process);
            sender.frozen ^= event.what == What.FREEZE_OR_THAW;
            if (sender.frozen && event.what != What.TELL) {
                return;
            }
            switch (event.what) {
                case TELL -> tell(event.alert);
                case LOOK -> look(sender);
                case LOOK_AND_SEND -> {
                    look(sender);
                    sendFirst(sender);
                }
                case SEND -> sendFirst(sender);
                case RECORD ->
                    sender.hand.stream()
                            .filter(one -> one.sent)
                            .findFirst()
                            .ifPresent(one -> record(sender, one, NotificationState.SENT));
                case FAIL ->
                    sender.hand.stream().findFirst().ifPresent(one -> record(sender, one, NotificationState.PENDING));
                case CRASH -> crash(sender);
                case FREEZE_OR_THAW -> {}
            }
        }

        private void tell(int alert) {
            revisions[alert]++;
            ChangeKind kind = revisions[alert] == 1 ? ChangeKind.FIRED : ChangeKind.ESCALATED;
            Notification one = told(alert(alert), name, kind, revisions[alert] == 1, T0);
            done(senders.get(0)
                    .peer
                    .store
                    .commit(Given.of(name, epoch, List.of(change(alert(alert), kind)), List.of(one))));
        }

        private void takeUp(Sender sender) {
            if (!sender.hand.isEmpty()) {
                return;
            }
            sender.peer.tick();
            done(sender.peer.store.takeUp(name));
            sender.holds = true;
            sender.took = ++takeUps;
        }

        private void look(Sender sender) {
            if (!sender.holds) {
                takeUp(sender);
            }
            try {
                Set<String> busy = sender.busy();
                done(sender.peer.store.due(name, T0, 10, busy)).stream()
                        .filter(due -> !busy.contains(due.alertId()))
                        .forEach(due -> sender.hand.add(new InHand(due)));
            } catch (FencedException | CompletionException lost) {
                sender.holds = false;
            }
        }

        private void sendFirst(Sender sender) {
            sender.hand.stream().filter(one -> !one.sent).findFirst().ifPresent(one -> send(sender, one));
        }

        /** After a last look; who finds that another one tells the receiver lets go. */
        private void send(Sender sender, InHand one) {
            if (!done(sender.peer.store.tells(name))) {
                sender.hand.remove(one);
                sender.holds = false;
                return;
            }
            one.sent = true;
            told++;
            heard.put(one.notification.alertId(), one.notification.revision());
        }

        private void record(Sender sender, InHand one, NotificationState state) {
            // a failed attempt may have arrived all the same
            if (!one.sent) {
                send(sender, one);
            }
            if (!sender.hand.remove(one)) {
                return;
            }
            var attempt = new Notification.Attempt(T0.plusMillis(told), 1, "outcome", "");
            try {
                done(sender.peer.store.record(
                        one.notification, attempt, state, null, state == NotificationState.PENDING ? T0 : null));
            } catch (FencedException lost) {
                sender.holds = false;
            }
        }

        /** Of whoever tells the receiver, or of one that froze, thawed, and maybe sent late. */
        private void crash(Sender sender) {
            sender.hand.clear();
            sender.holds = false;
        }

        /** Everybody thaws and comes to an end, whoever froze first before the others; then one goes on alone. */
        void end() {
            List<Sender> oldest = new ArrayList<>(senders);
            oldest.sort(Comparator.comparing(sender -> sender.took));
            for (Sender sender : oldest) {
                for (InHand one : List.copyOf(sender.hand)) {
                    record(sender, one, NotificationState.SENT);
                }
            }
            Sender last = senders.get(PROCESSES - 1);
            takeUp(last);
            int before = told;
            for (int i = 0; last.peer.store.backlog(name) > 0; i++) {
                assertThat(i).as("comes to an end").isLessThan(50);
                look(last);
                for (InHand one : List.copyOf(last.hand)) {
                    record(last, one, NotificationState.SENT);
                }
            }
            assertThat(told - before).as("nothing is repeated for ever").isLessThan(40);
            for (int alert = 0; alert < ALERTS; alert++) {
                if (revisions[alert] > 0) {
                    assertThat(heard).containsEntry(alert(alert).alert().id(), revisions[alert]);
                }
            }
        }
    }
}
