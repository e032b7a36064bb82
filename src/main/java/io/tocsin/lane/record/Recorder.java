package io.tocsin.lane.record;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.LogFamily;
import io.tocsin.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what all lanes record, on a thread of its own. Its queue is bounded; while the disk fails it drops what comes, and
 * tries a new file now and then.
 */
public final class Recorder implements AutoCloseable {
    static final String TOO_MANY_WAIT = "too many readings waited for the disk";
    static final String DISK = "the disk failed";

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int MOST_WAITING = 200_000;
    private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long CLOSE_MILLIS = 4000;

    private final RecordingSettings settings;
    private final LinkedBlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger generation = new AtomicInteger();
    private final int mostWaiting;
    private final MeterRegistry registry;
    private final Counter readings;
    private final Counter bytes;
    private final Thread thread = new Thread(this::run, "recorder");
    private Preamble preamble;
    private FileWriter file;
    private long flushed;
    private long failedAt;
    private long written;
    private Entry.Gap lost;
    private volatile boolean closing;

    private Recorder(RecordingSettings settings, Preamble preamble, MeterRegistry registry, int mostWaiting) {
        this.settings = settings;
        this.preamble = preamble;
        this.registry = registry;
        this.mostWaiting = mostWaiting;
        this.readings = registry.counter("tocsin_recording_readings_total");
        this.bytes = registry.counter("tocsin_recording_bytes_total");
        registry.gauge("tocsin_recording_waiting", waiting);
    }

    /**
     * Begins a recording.
     *
     * @param preamble what stands at the head of its first file
     * @throws IOException if nothing can be written there
     */
    public static Recorder start(RecordingSettings settings, Preamble preamble, MeterRegistry registry)
            throws IOException {
        return start(settings, preamble, registry, MOST_WAITING);
    }

    static Recorder start(RecordingSettings settings, Preamble preamble, MeterRegistry registry, int mostWaiting)
            throws IOException {
        Recorder recorder = new Recorder(settings, preamble, registry, mostWaiting);
        Files.createDirectories(settings.folder());
        recorder.open();
        recorder.thread.setDaemon(true);
        recorder.thread.start();
        return recorder;
    }

    /** What a lane records onto. */
    public Tape tape(int lane) {
        return new Tape(lane, this);
    }

    /** The file that is written at present; null while the disk fails. */
    public synchronized Path file() {
        return file == null ? null : file.path();
    }

    int generation() {
        return generation.get();
    }

    boolean offer(Entry entry) {
        int weight = entry.weight();
        // what is larger than the bound alone may wait alone
        if (waiting.addAndGet(weight) > mostWaiting && waiting.get() > weight || closing) {
            waiting.addAndGet(-weight);
            return false;
        }
        return queue.offer(entry);
    }

    void dropped(long lostReadings) {
        registry.counter("tocsin_recording_dropped_total", "reason", TOO_MANY_WAIT)
                .increment(Math.max(1, lostReadings));
    }

    private void run() {
        flushed = System.nanoTime();
        while (!closing || !queue.isEmpty()) {
            try {
                Entry entry = queue.poll(FLUSH_NANOS / 4, TimeUnit.NANOSECONDS);
                if (entry != null) {
                    waiting.addAndGet(-entry.weight());
                }
                attend(entry);
            } catch (InterruptedException told) {
                break;
            }
        }
        end();
    }

    private synchronized void attend(Entry entry) {
        try {
            if (file == null && (closing || System.nanoTime() - failedAt > RETRY_NANOS)) {
                reopen();
            }
            if (entry != null) {
                write(entry);
            }
            if (file != null && System.nanoTime() - flushed > FLUSH_NANOS) {
                file.flush();
                flushed = System.nanoTime();
                counted();
            }
            if (file != null && (file.size() >= (long) settings.fileMb() << 20 || file.crowded())) {
                file.end();
                counted();
                file.close();
                preamble = preamble.next();
                open();
            }
        } catch (IOException fault) {
            failed(fault);
        }
    }

    private void write(Entry entry) throws IOException {
        long size = entry instanceof Entry.Put put ? put.batch().size() : 0;
        if (file == null) {
            registry.counter("tocsin_recording_dropped_total", "reason", DISK).increment(Math.max(1, size));
            lost = lost == null
                    ? new Entry.Gap(entry.lane(), entry.at(), 1, size, DISK)
                    : new Entry.Gap(lost.lane(), lost.at(), lost.entries() + 1, lost.readings() + size, DISK);
            return;
        }
        if (entry instanceof Entry.Gap) {
            generation.incrementAndGet();
        }
        file.write(entry);
        readings.increment(size);
    }

    private void counted() {
        bytes.increment(file.size() - written);
        written = file.size();
    }

    private synchronized void open() throws IOException {
        file = new FileWriter(Folder.file(settings.folder(), preamble.recording(), preamble.number()), preamble);
        written = 0;
        generation.incrementAndGet();
        int gone = Folder.trim(settings.folder(), file.path(), (long) settings.totalMb() << 20);
        if (gone > 0) {
            registry.counter("tocsin_recording_files_deleted_total", "reason", "more than telemetry.record_total_mb")
                    .increment(gone);
        }
    }

    private void reopen() throws IOException {
        failedAt = System.nanoTime();
        preamble = preamble.next();
        Files.createDirectories(settings.folder());
        open();
        LOG.info(
                LogFamily.SUCCESS,
                "★ recording goes on in {}",
                Text.clean(file.path().toString()));
        if (lost != null) {
            file.write(lost);
            lost = null;
        }
    }

    private void failed(IOException fault) {
        if (file != null) {
            LOG.error(
                    LogFamily.FAILURE,
                    "❌ recording to {} failed: {}; what arrives is not recorded until it works again",
                    Text.clean(file.path().toString()),
                    Text.clean(String.valueOf(fault)));
            try {
                file.close();
            } catch (IOException again) {
                LOG.debug("closing it failed too", again);
            }
        }
        file = null;
        failedAt = System.nanoTime();
    }

    private synchronized void end() {
        try {
            if (file != null) {
                file.end();
                counted();
                file.close();
            }
        } catch (IOException fault) {
            failed(fault);
        }
        file = null;
    }

    /** Writes what waits, for a few seconds at most, and ends the file in order. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
    }
}
