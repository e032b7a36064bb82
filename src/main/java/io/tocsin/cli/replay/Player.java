package io.tocsin.cli.replay;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.SeriesLimit;
import io.tocsin.evaluate.SessionSettings;
import io.tocsin.lane.ClusterWatch;
import io.tocsin.lane.Commands;
import io.tocsin.lane.OtherPolicy;
import io.tocsin.lane.Pulse;
import io.tocsin.lane.Step;
import io.tocsin.lane.WatchSettings;
import io.tocsin.lane.record.Entry;
import io.tocsin.lane.record.Preamble;
import io.tocsin.model.Alert;
import io.tocsin.store.Restored;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Plays entries through one rule set, as the lanes did: the same batches, the same ticks, the same answers. Where a process
 * began, the rules that it had take up what it found stored; other rules go on with what they decided themselves.
 */
final class Player implements AutoCloseable {
    private static final class Seat {
        private final int lane;
        private final Kept kept = new Kept();
        private ClusterWatch watch;
        private long epoch;
        private boolean used;

        private Seat(int lane) {
            this.lane = lane;
        }
    }

    private static final class Lane {
        private final List<Seat> seats = new ArrayList<>();
        private Instant earliest = Instant.MIN;
    }

    private final RuleBook book;
    private final String folder;
    private final Pulse pulse = new Pulse(System::nanoTime);
    private final Story story = new Story();
    private final Map<String, Seat> seats = new HashMap<>();
    private final Map<Integer, Lane> lanes = new HashMap<>();
    private Preamble setup;
    private SeriesLimit limit;

    /**
     * Of a rule set.
     *
     * @param folder what people call it
     */
    Player(RuleBook book, String folder) {
        this.book = book;
        this.folder = folder;
    }

    /** What people call its rules. */
    String folder() {
        return folder;
    }

    /** What it is at, for others to see. */
    Pulse pulse() {
        return pulse;
    }

    Story story() {
        return story;
    }

    void play(Chunk chunk) {
        if (chunk.breaks()) {
            seats.values().forEach(this::shut);
        }
        if (chunk.setup() != null) {
            setup = chunk.setup();
            limit = limit == null || chunk.breaks() ? new SeriesLimit(setup.maxSeries()) : limit;
        }
        for (Entry entry : chunk.entries()) {
            play(entry);
        }
    }

    private void play(Entry entry) {
        story.reached(entry.at());
        if (entry instanceof Entry.Put put) {
            boolean taken = act(put.cluster(), put.at(), watch -> watch.put(put.batch(), put.at()));
            story.readings(put.batch().size(), taken);
        } else if (entry instanceof Entry.Tick tick) {
            tick(tick);
        } else if (entry instanceof Entry.Opened opened) {
            opened(opened);
        } else if (entry instanceof Entry.Command command) {
            act(command.cluster(), command.at(), watch -> command(watch, command));
        } else if (entry instanceof Entry.Closed closed && seats.containsKey(closed.cluster())) {
            shut(seats.get(closed.cluster()));
        }
    }

    private void tick(Entry.Tick tick) {
        Lane lane = lanes.get(tick.lane());
        if (lane == null || lane.earliest.isAfter(tick.at())) {
            return;
        }
        lane.earliest = Instant.MAX;
        for (Seat seat : lane.seats) {
            Instant due = seat.watch == null ? null : seat.watch.nextDue();
            if (due != null && !due.isAfter(tick.at())) {
                act(seat, tick.at(), watch -> watch.advance(tick.at()));
                due = seat.watch == null ? null : seat.watch.nextDue();
            }
            lane.earliest = due != null && due.isBefore(lane.earliest) ? due : lane.earliest;
        }
    }

    private boolean act(String cluster, Instant at, Consumer<ClusterWatch> work) {
        Seat seat = seats.get(cluster);
        if (seat == null || seat.watch == null) {
            return false;
        }
        act(seat, at, work);
        Instant due = seat.watch == null ? null : seat.watch.nextDue();
        Lane lane = lanes.get(seat.lane);
        if (due != null && due.isBefore(lane.earliest)) {
            lane.earliest = due;
        }
        return true;
    }

    private void act(Seat seat, Instant at, Consumer<ClusterWatch> work) {
        String cluster = seat.watch.cluster();
        Pulse.Work now = pulse.begin(cluster, book);
        try {
            pulse.in(seat.watch.session());
            work.accept(seat.watch);
            take(seat);
        } catch (RuntimeException fault) {
            shut(seat);
            story.failed(cluster, at, fault);
            open(seat, cluster, at, seat.kept.restored(seat.epoch), (hash, rule) -> null);
        } finally {
            pulse.end(now);
        }
    }

    private void command(ClusterWatch watch, Entry.Command command) {
        JsonObject body = new JsonObject(command.body());
        if (command.key() != null) {
            // under other rules it may be another life of the same trouble: whoever answered would have answered that
            String id = watch.alerts().stream()
                    .filter(alert -> alert.key().equals(command.key()))
                    .map(Alert::id)
                    .findFirst()
                    .orElse(body.getString("alert_id"));
            body.put("alert_id", id);
        }
        story.answered(Commands.run(watch, body, command.at()).reason() == null);
    }

    private void opened(Entry.Opened opened) {
        Seat seat = seats.computeIfAbsent(opened.cluster(), name -> seat(opened.lane()));
        if (seat.watch != null && opened.goesOn()) {
            return;
        }
        shut(seat);
        seat.epoch = opened.from().epoch();
        boolean asRecorded = !seat.used || opened.ruleHash().equals(book.hash());
        if (asRecorded) {
            seat.kept.set(opened.from());
            opened.from().open().forEach(life -> story.known(life.alert()));
        }
        seat.used = true;
        open(
                seat,
                opened.cluster(),
                opened.at(),
                asRecorded ? opened.from() : seat.kept.restored(seat.epoch),
                (hash, rule) -> opened.texts().get(Entry.Opened.text(hash, rule)));
    }

    private Seat seat(int lane) {
        Seat seat = new Seat(lane);
        lanes.computeIfAbsent(lane, number -> new Lane()).seats.add(seat);
        return seat;
    }

    private void open(Seat seat, String cluster, Instant at, Restored from, OtherPolicy.Texts texts) {
        var session = new SessionSettings(
                cluster, setup.topologies().get(cluster), setup.defaultTtl(), setup.staleAfter(), limit);
        Pulse.Work now = pulse.begin(cluster, book);
        try {
            seat.watch = new ClusterWatch(
                    book, new WatchSettings(session, setup.receivers()), from, new OtherPolicy(book, texts), at);
            take(seat);
        } catch (RuntimeException fault) {
            shut(seat);
            story.failed(cluster, at, fault);
        } finally {
            pulse.end(now);
        }
        lanes.get(seat.lane).earliest = Instant.MIN;
    }

    private void take(Seat seat) {
        Step step = seat.watch.drain();
        if (!step.isEmpty()) {
            seat.kept.take(step.transaction());
            story.take(step);
        }
    }

    private void shut(Seat seat) {
        if (seat.watch != null) {
            story.faults(seat.watch.tally().faults());
            seat.watch.close();
            seat.watch = null;
        }
    }

    /** Rules that failed, with the reason. */
    Map<String, String> faults() {
        Map<String, String> faults = new TreeMap<>(story.faults());
        seats.values().stream()
                .filter(seat -> seat.watch != null)
                .forEach(seat -> faults.putAll(seat.watch.tally().faults()));
        return faults;
    }

    /** A thread that does not come back keeps what it is at; nothing else may touch that. */
    @Override
    public void close() {
        if (pulse.now() == null && !pulse.relieved()) {
            seats.values().forEach(this::shut);
        }
    }
}
