package io.tocsin.lane.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.model.AlertKey;
import io.tocsin.model.CheckResult;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.DebugTrace;
import io.tocsin.model.ExternalAlert;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.LimitType;
import io.tocsin.model.Metric;
import io.tocsin.model.MetricAlert;
import io.tocsin.model.Origin;
import io.tocsin.model.Percentile;
import io.tocsin.model.PerformanceAnalysis;
import io.tocsin.model.QuorumStatus;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Severity;
import io.tocsin.model.SystemState;
import io.tocsin.model.Telemetry;
import io.tocsin.model.ThroughputMetric;
import io.tocsin.model.Timing;
import io.tocsin.model.Topology;
import io.tocsin.store.Restored;
import io.tocsin.store.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecorderTest {
    private static final Instant T0 = Instant.parse("2026-01-05T03:00:00.123456789Z");

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private static Preamble preamble() {
        return new Preamble(
                T0,
                1,
                "abc",
                Duration.ofSeconds(60),
                Duration.ofHours(24),
                1000,
                Set.of("log", "slack"),
                Map.of("east", new Topology("east", List.of("e1", "e2"), 1)));
    }

    private RecordingSettings settings(int fileMb, int totalMb) {
        return new RecordingSettings(true, folder, fileMb, totalMb);
    }

    private static Head head(String node, Instant seen, Instant received, Map<String, String> labels) {
        return new Head("east", node, seen, received, labels, Duration.ofSeconds(30), true, null);
    }

    /** Every message type, with and without what may be left out, with awkward values. */
    private static List<Telemetry> everyType() {
        Instant later = T0.plusNanos(1_234_567);
        Head plain = head("n1", T0, T0, Map.of());
        Head odd = head("nö|1", T0.minusSeconds(3), later, Map.of("mount", "/data", "b", "\u0000"));
        Map<String, Object> free = Map.of(
                "store_id",
                "s1",
                "n",
                1,
                "l",
                1L << 40,
                "d",
                0.1,
                "t",
                true,
                "f",
                false,
                "list",
                List.of(1, "x", Map.of("deep", -7)),
                "text",
                "ünï");
        return List.of(
                new ResourceUsage(plain, ResourceType.MEMORY, 89.55, 1L << 40, 0L),
                new ResourceUsage(odd, ResourceType.DISK, -0.0, null, null),
                new Metric(odd, "figure", Double.MIN_VALUE),
                new Metric(plain, "figure", 1e300),
                new Metric(plain, "whole", -123456789),
                new Metric(plain, "cents", 0.07),
                new Metric(plain, "third", 1 / 3.0),
                new LatencyMetric(plain, "write", 12.345, Percentile.P95, Long.MAX_VALUE),
                new ThroughputMetric(plain, "emit", null, 10_000.0, 5.5),
                new Timing(plain, "read", 0.001),
                new MetricAlert(plain, "queue", 12, 10, LimitType.MAX, Severity.WARNING),
                new HealthCheck(plain, "http", CheckResult.FAIL, 1.5, free, "no\nanswer"),
                new HealthCheck(odd, "http", CheckResult.PASS, null, Map.of(), null),
                new ComponentHealth(
                        plain, "store", HealthStatus.UNHEALTHY, free, Instant.parse("2999-01-01T00:00:00Z")),
                new ComponentHealth(plain, "store", HealthStatus.HEALTHY, Map.of("store_id", "s2"), null),
                new ClusterHealth(
                        head(null, T0, T0, Map.of()),
                        HealthStatus.DEGRADED,
                        1,
                        null,
                        List.of("n1"),
                        List.of(),
                        QuorumStatus.LOST,
                        Origin.RECEIVED),
                new ExternalAlert(plain, "node_failure", Severity.CRITICAL, "gone", free),
                new DebugTrace(plain, "core", "gc", free),
                new PerformanceAnalysis(plain, "core", "bottleneck", null, free),
                new SystemState(plain, "memory", free));
    }

    private List<Entry> read(Path file) throws IOException {
        List<Entry> all = new ArrayList<>();
        try (FileReader reader = new FileReader(file)) {
            for (List<Entry> some = reader.next(); some != null; some = reader.next()) {
                all.addAll(some);
            }
        }
        return all;
    }

    private List<Entry> record(Entry... entries) throws IOException {
        try (Recorder recorder = Recorder.start(settings(64, 2048), preamble(), registry)) {
            Tape tape = recorder.tape(0);
            Arrays.stream(entries).forEach(tape::add);
        }
        return read(Folder.files(folder).get(0));
    }

    @Test
    void whatIsReadEqualsWhatWasRecorded() throws IOException {
        Restored stored = new Restored(
                7,
                List.of(),
                Map.of(new AlertKey("east", "memory_usage", "n1"), 3L),
                List.of(new Transaction.SourceSeen("n1", "http", T0, true, 30_000)));
        Entry[] entries = {
            new Entry.Opened(0, T0, "east", "abc", stored, false, Map.of("abc rule", "rule \"x\" when then end")),
            new Entry.Put(0, T0.plusMillis(5), "east", everyType()),
            new Entry.Tick(0, T0.plusMillis(100)),
            new Entry.Put(0, T0.plusNanos(100_000_001), "east", everyType()),
            new Entry.Command(0, T0.plusSeconds(1), "east", "{\"alert_id\":\"x-1\"}", new AlertKey("east", "a", "b")),
            new Entry.Command(0, T0.plusSeconds(1), "east", "{}", null),
            new Entry.Closed(0, T0.plusSeconds(2), "east")
        };
        assertThat(record(entries)).containsExactly(entries);
    }

    @Test
    void theHeadSaysWhatWatchesNeedToKnow() throws IOException {
        record();
        try (FileReader reader = new FileReader(Folder.files(folder).get(0))) {
            assertThat(reader.preamble()).isEqualTo(preamble());
            assertThat(reader.next()).isNull();
            assertThat(reader.ended()).isTrue();
        }
    }

    @Test
    void filesAreNoLargerThanAllowedAndTheOldestGo() throws IOException {
        try (Recorder recorder = Recorder.start(settings(1, 2), preamble(), registry)) {
            Tape tape = recorder.tape(0);
            java.util.Random random = new java.util.Random(5);
            for (int i = 0; i < 6000; i++) {
                List<Telemetry> batch = new ArrayList<>();
                for (int n = 0; n < 100; n++) {
                    batch.add(new Metric(head("n" + n, T0, T0, Map.of()), "figure", random.nextDouble()));
                }
                tape.add(new Entry.Put(0, T0.plusMillis(i), "east", batch));
                if (i % 500 == 0) {
                    await().until(() ->
                            registry.get("tocsin_recording_waiting").gauge().value() < 10_000);
                }
            }
        }
        List<Path> files = Folder.files(folder);
        long total = 0;
        for (Path file : files) {
            assertThat(Files.size(file)).isLessThan(2 << 20);
            total += Files.size(file);
        }
        assertThat(total).isLessThan(4 << 20);
        assertThat(files.get(0).toString()).doesNotEndWith("-00001.tocsin");
        assertThat(registry.get("tocsin_recording_files_deleted_total")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void aLaneIsAskedHowItStandsWhenAFileBegins() throws IOException {
        try (Recorder recorder = Recorder.start(settings(1, 100), preamble(), registry)) {
            Tape tape = recorder.tape(0);
            assertThat(tape.asksHowItStands()).isFalse();
            String noise = "x".repeat(100);
            java.util.Random random = new java.util.Random(5);
            await().until(() -> {
                for (int i = 0; i < 500; i++) {
                    tape.add(new Entry.Command(0, T0, "east", noise + random.nextLong() + random.nextGaussian(), null));
                }
                return tape.asksHowItStands();
            });
            assertThat(tape.asksHowItStands()).as("once").isFalse();
        }
    }

    @Test
    void whatDoesNotFitIsCountedAndTheRecordingSaysSo() throws IOException {
        List<Telemetry> batch = everyType();
        try (Recorder recorder = Recorder.start(settings(64, 2048), preamble(), registry, 50)) {
            Tape tape = recorder.tape(0);
            for (int i = 0; i < 10_000; i++) {
                tape.add(new Entry.Put(0, T0.plusMillis(i), "east", batch));
            }
            await().until(() -> registry.get("tocsin_recording_waiting").gauge().value() == 0);
            tape.add(new Entry.Tick(0, T0.plusSeconds(100)));
        }
        List<Entry> entries = read(Folder.files(folder).get(0));
        double dropped =
                registry.get("tocsin_recording_dropped_total").counter().count();
        long missing = entries.stream()
                .filter(Entry.Gap.class::isInstance)
                .mapToLong(entry -> ((Entry.Gap) entry).readings())
                .sum();
        long kept = entries.stream()
                .filter(Entry.Put.class::isInstance)
                .mapToLong(entry -> ((Entry.Put) entry).batch().size())
                .sum();
        assertThat(missing).isPositive().isEqualTo((long) dropped);
        assertThat(kept + missing).isEqualTo(10_000L * batch.size());
    }

    private Path recorded() throws IOException {
        Entry[] entries = new Entry[2000];
        Arrays.setAll(entries, i -> new Entry.Put(0, T0.plusMillis(i), "east", everyType()));
        record(entries);
        return Folder.files(folder).get(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 5000})
    void anEndInTheMiddleCostsTheLastFrameOnly(int missing) throws IOException {
        Path file = recorded();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - missing), StandardOpenOption.TRUNCATE_EXISTING);
        try (FileReader reader = new FileReader(file)) {
            int frames = 0;
            while (reader.next() != null) {
                frames++;
            }
            assertThat(frames).isPositive();
            assertThat(reader.torn()).isTrue();
        }
    }

    @Test
    void damageInTheMiddleIsNamed() throws IOException {
        Path file = recorded();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(RecordingFault.class)
                .hasMessageMatching(
                        ".*: the frame at byte \\d+ of " + bytes.length + " is damaged: its checksum is wrong.*");
    }

    @Test
    void aNewerVersionIsRefusedByItsNumber() throws IOException {
        Path file = recorded();
        byte[] bytes = Files.readAllBytes(file);
        bytes[9] = 9;
        Files.write(file, bytes);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(RecordingFault.class)
                .hasMessageContaining("is a recording of version 9; this Tocsin reads versions up to 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 9, 12, 60})
    void aFileCutInItsHeadIsNamed(int length) throws IOException {
        Path file = recorded();
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length), StandardOpenOption.TRUNCATE_EXISTING);
        assertThatThrownBy(() -> read(file)).isInstanceOf(RecordingFault.class).hasMessageStartingWith(file.toString());
    }

    @Test
    void nobodyElseMayReadARecording() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(recorded())))
                .isEqualTo("rw-------");
    }
}
