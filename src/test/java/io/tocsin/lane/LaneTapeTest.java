package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.cli.Paper;
import io.tocsin.cli.Parts;
import io.tocsin.cli.replay.Replay;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.SeriesLimit;
import io.tocsin.evaluate.SessionSettings;
import io.tocsin.lane.record.Folder;
import io.tocsin.lane.record.Preamble;
import io.tocsin.lane.record.Recorder;
import io.tocsin.lane.record.RecordingSettings;
import io.tocsin.model.Head;
import io.tocsin.model.Metric;
import io.tocsin.model.Telemetry;
import io.tocsin.store.MemoryStore;
import io.tocsin.store.Restored;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watch that is recorded over several files, replayed from all of them and without the first. */
class LaneTapeTest {
    private static final Instant BEGIN = Instant.parse("2026-01-05T03:00:00Z");
    private static final Set<String> RECEIVERS = Set.of("log");
    private static final String RULES = Stand.HEADER + """
            rule "a figure is high"
            when
                $m : Metric(value > 99.5)
            then
                insertLogical(Finding.of("figure", $m).warning("figure at " + fig($m.value())).holdFor("7s").quietFor("3s"));
            end
            rule "the log hears of all"
            when
                $a : Alert(state != AlertState.PENDING)
            then
                insertLogical(new Route($a.id(), "log"));
            end
            rule "nobody answers"
            when
                $a : Alert(state == AlertState.FIRING)
            then
                insertLogical(new Escalation($a.id(), $a.level() + 1, seconds(11), List.of("oncall"), "nobody answers"));
            end
            """;

    @TempDir
    Path folder;

    private final Set<String> live = new TreeSet<>();
    private final SplittableRandom random = new SplittableRandom(3);

    private void lives(RuleBook book, Recorder recorder, SimpleMeterRegistry registry) {
        MemoryStore store = new MemoryStore();
        LaneTape tape = new LaneTape(0, recorder, store);
        Restored nothing = store.claim("east");
        tape.opened("east", book.hash(), nothing, BEGIN);
        WatchSettings settings = new WatchSettings(
                new SessionSettings(
                        "east", null, Duration.ofSeconds(60), Duration.ofHours(24), new SeriesLimit(10_000)),
                RECEIVERS);
        try (ClusterWatch watch = new ClusterWatch(book, settings, nothing, BEGIN)) {
            for (int tenth = 1; tenth < 2500; tenth++) {
                Instant now = BEGIN.plusMillis(100L * tenth + random.nextInt(40));
                tape.tick(List.of(watch), book.hash(), now);
                Instant due = watch.nextDue();
                if (due != null && !due.isAfter(now)) {
                    watch.advance(now);
                    take(watch);
                }
                List<Telemetry> batch = batch(now, tenth < 2300);
                tape.put("east", batch, now);
                watch.put(batch, now);
                take(watch);
                if (tenth % 100 == 0) {
                    await().until(() ->
                            registry.get("tocsin_recording_waiting").gauge().value() == 0);
                }
            }
            tape.closed("east", BEGIN.plusSeconds(260));
        }
    }

    /** Figures at random; one stays high. */
    private List<Telemetry> batch(Instant now, boolean high) {
        List<Telemetry> batch = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Head head = new Head("east", "n" + i, now, now, Map.of(), Duration.ofSeconds(60), true, null);
            batch.add(new Metric(head, "figure", i == 0 && high ? 100 : random.nextDouble() * 99.501));
        }
        return batch;
    }

    private void take(ClusterWatch watch) {
        Step step = watch.drain();
        step.changes().forEach(change -> {
            if (change.alert().firedAt() != null) {
                live.add(change.alert().id() + " " + change.transition().kind().wire() + " "
                        + change.transition().at());
            }
        });
        step.transaction()
                .notifications()
                .forEach(one -> live.add(one.alertId() + " told " + one.change().wire() + " " + one.createdAt()));
    }

    private JsonArray replay(Path rules, Path... files) throws Exception {
        Paper paper = new Paper();
        int code = Replay.run(
                new Parts.Past(List.of(files), rules, null, null), paper.pipe(), new Parts.Look(false, true, false));
        assertThat(code).as(paper.err()).isZero();
        return new JsonObject(paper.out()).getJsonArray("alerts");
    }

    private static Set<String> lines(JsonArray alerts) {
        Set<String> lines = new TreeSet<>();
        for (Object one : alerts) {
            JsonObject alert = ((JsonObject) one).getJsonObject("rules");
            String id = alert.getString("id");
            for (Object change : alert.getJsonArray("transitions")) {
                JsonObject transition = (JsonObject) change;
                if (!transition.getString("kind").equals("pending")) {
                    lines.add(id + " " + transition.getString("kind") + " " + transition.getString("at"));
                }
            }
            for (Object told : alert.getJsonArray("notifications")) {
                JsonObject notification = (JsonObject) told;
                lines.add(
                        id + " told " + notification.getString("change") + " " + notification.getString("created_at"));
            }
        }
        return lines;
    }

    @Test
    void allFilesGiveWhatWasLivedAndLaterOnesGoOnFromThere() throws Exception {
        Path rules = folder.resolve("rules");
        Files.createDirectories(rules);
        Files.writeString(rules.resolve("figures.drl"), RULES);
        Path recordings = folder.resolve("recordings");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (RuleBook book = RuleBook.load(rules)) {
            Preamble preamble = new Preamble(
                    BEGIN, 1, book.hash(), Duration.ofSeconds(60), Duration.ofHours(24), 10_000, RECEIVERS, Map.of());
            RecordingSettings settings = new RecordingSettings(true, recordings, 1, 100);
            try (Recorder recorder = Recorder.start(settings, preamble, registry)) {
                lives(book, recorder, registry);
            }
        }
        List<Path> files = Folder.files(recordings);
        assertThat(files).hasSizeGreaterThan(2);
        live.removeIf(line -> line.contains(" pending "));
        assertThat(live).anyMatch(line -> line.contains("escalated")).anyMatch(line -> line.contains("resolved"));

        assertThat(lines(replay(rules, recordings))).isEqualTo(live);

        JsonArray rest = replay(rules, files.subList(1, files.size()).toArray(Path[]::new));
        assertThat(rest).isNotEmpty();
        assertThat(lines(rest).stream().filter(line -> !line.contains("stale") && !line.contains("fresh")))
                .as("a restart marks what it finds, and no more")
                .isSubsetOf(live);
        JsonObject lasting = rest.getJsonObject(0).getJsonObject("rules");
        assertThat(live)
                .contains(lasting.getString("id") + " fired " + lasting.getString("fired_at"))
                .contains(lasting.getString("id") + " resolved " + lasting.getString("resolved_at"));
        assertThat(Instant.parse(lasting.getString("fired_at"))).isBefore(BEGIN.plusSeconds(10));
    }
}
