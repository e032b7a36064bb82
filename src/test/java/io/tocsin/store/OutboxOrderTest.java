package io.tocsin.store;

import static io.tocsin.store.Given.at;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is told and however it goes, all stores say the same, in order, and forget nothing. */
class OutboxOrderTest {
    private static final int ALERTS = 3;
    private static final ChangeKind[] KINDS = {ChangeKind.FIRED, ChangeKind.ESCALATED, ChangeKind.ACKNOWLEDGED};

    private static final Map<Backing, Store> STORES = new EnumMap<>(Backing.class);

    private static Path data;
    private static int histories;

    @BeforeContainer
    static void open() throws IOException {
        data = Files.createTempDirectory("outbox");
        for (Backing backing : Backing.values()) {
            STORES.put(backing, backing.open(data.resolve(backing.name())));
        }
    }

    @AfterContainer
    static void close() throws IOException {
        STORES.values().forEach(Store::close);
        STORES.clear();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** One thing that happens: an alert is told of, or what is due is tried with some outcome. */
    record Event(boolean tell, int alert, int delay, NotificationState outcome, boolean attempted) {}

    @Provide
    Arbitrary<List<Event>> histories() {
        return Combinators.combine(
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(0, ALERTS - 1),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of(NotificationState.values()),
                        Arbitraries.of(true, true, true, false))
                .as(Event::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 60)
    void everyStoreDeliversByRevisionAndForgetsNothing(@ForAll("histories") List<Event> history) {
        String name = "history" + ++histories;
        Outlet memory = new Outlet(new MemoryStore(), name);
        List<Outlet> others =
                STORES.values().stream().map(store -> new Outlet(store, name)).toList();
        int second = 0;
        for (Event event : history) {
            second++;
            memory.happens(event, second);
            for (Outlet sql : others) {
                sql.happens(event, second);
                assertThat(sql.said).isEqualTo(memory.said);
                assertThat(done(sql.store.nextDue(name))).isEqualTo(done(memory.store.nextDue(name)));
                assertThat(sql.store.backlog(name)).isEqualTo(memory.store.backlog(name));
            }
        }
        memory.drain(second);
        for (Outlet sql : others) {
            sql.drain(second);
            assertThat(sql.all()).isEqualTo(memory.all());
        }
        memory.holds();
    }

    /** A store with one receiver, and what that receiver was asked to take. */
    private static final class Outlet {
        private final Store store;
        private final String name;
        private final long epoch;
        private final Map<Integer, Long> revisions = new HashMap<>();
        private final List<Notification> said = new ArrayList<>();

        Outlet(Store store, String name) {
            this.store = store;
            this.name = name;
            this.epoch = store.claim(name).epoch();
            done(store.takeUp(name));
        }

        private Life alert(int alert, long revision) {
            return life(name, "n" + alert, 1, revision, AlertState.FIRING);
        }

        void happens(Event event, int second) {
            if (event.tell) {
                long revision = revisions.merge(event.alert, 1L, Long::sum);
                Life life = alert(event.alert, revision);
                ChangeKind kind = KINDS[(int) (revision % KINDS.length)];
                Notification told = told(life, name, kind, revision == 1, at(second + event.delay));
                done(store.commit(Given.of(name, epoch, List.of(change(life)), List.of(told))));
                return;
            }
            for (Notification due : done(store.due(name, at(second), 2, Set.of()))) {
                said.add(due);
                attempt(due, event, second);
            }
        }

        private void attempt(Notification due, Event event, int second) {
            boolean pending = event.outcome == NotificationState.PENDING;
            var attempt = event.attempted ? new Notification.Attempt(at(second), 1, "outcome", "") : null;
            done(store.record(due, attempt, event.outcome, "why", pending ? at(second + event.delay) : null));
        }

        void drain(int second) {
            for (int i = 1; store.backlog(name) > 0; i++) {
                assertThat(i).isLessThan(200);
                happens(new Event(false, 0, 0, NotificationState.SENT, true), second + 10 + i);
            }
            done(store.due(name, at(second), 1, Set.of()));
        }

        List<Notification> all() {
            List<Notification> all = new ArrayList<>();
            for (int alert = 0; alert < ALERTS; alert++) {
                all.addAll(store.notifications(alert(alert, 1).alert().id()));
            }
            return all;
        }

        /** What was promised, whichever store it is. */
        void holds() {
            Map<String, Long> reached = new HashMap<>();
            for (Notification n : said) {
                assertThat(n.revision()).isGreaterThanOrEqualTo(reached.getOrDefault(n.alertId(), 0L));
                reached.put(n.alertId(), n.revision());
            }
            for (int alert = 0; alert < ALERTS; alert++) {
                List<Notification> told =
                        store.notifications(alert(alert, 1).alert().id());
                assertThat(told).hasSize(revisions.getOrDefault(alert, 0L).intValue());
                assertThat(told).noneMatch(n -> n.state() == NotificationState.PENDING);
                if (!told.isEmpty()) {
                    assertThat(said)
                            .anyMatch(n -> n.alertId().equals(told.get(0).alertId()) && n.revision() == told.size());
                }
            }
        }
    }
}
