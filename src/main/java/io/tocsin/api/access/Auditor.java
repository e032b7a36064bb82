package io.tocsin.api.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.LogFamily;
import io.tocsin.model.Text;
import io.tocsin.store.AuditLog;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what people and programs do, each action once: a line in the log at once, and a row in the store, later if the
 * store is away. For one event loop.
 */
public final class Auditor {
    private static final Logger log = LoggerFactory.getLogger("io.tocsin.audit");
    private static final int MOST_WAITING = 10_000;
    private static final long AGAIN_MS = 2000;
    private static final long LAST_WORDS_MS = 1000;
    private static final int LONGEST = 300;

    private final Vertx vertx;
    private final AuditLog store;
    private final Clock clock;
    private final MeterRegistry registry;
    private final String member;
    private final Random random = new Random();
    private final Deque<AuditLog.Entry> waiting = new ArrayDeque<>();
    /** What is repeated by a program that goes on and on is written down once a minute. */
    private final Buckets repeated = new Buckets(1, 1 / 60.0);

    private Context context;
    private boolean writing;
    private Promise<Void> empty;

    /**
     * For one member.
     *
     * @param member what it is called
     */
    public Auditor(Vertx vertx, AuditLog store, Clock clock, MeterRegistry registry, String member) {
        this.vertx = vertx;
        this.store = store;
        this.clock = clock;
        this.registry = registry;
        this.member = member;
    }

    /** From now on, on the event loop that calls this. */
    public void start() {
        context = vertx.getOrCreateContext();
        registry.gauge("tocsin_audit_waiting", waiting, Deque::size);
    }

    /** An action that may be tried again and again without anything being done: the same is written down once a minute. */
    public void refused(Note note) {
        if (repeated.take(
                        note.actor() + "|" + note.client() + "|" + note.action() + "|" + note.target(), clock.instant())
                .isZero()) {
            done(note);
        }
    }

    /** An action. */
    public void done(Note note) {
        Instant now = clock.instant();
        AuditLog.Entry entry = new AuditLog.Entry(
                id(now),
                now,
                clean(note.actor()),
                note.verified(),
                note.action(),
                clean(note.target()),
                note.outcome().wire(),
                clean(note.detail()),
                clean(note.client()),
                note.request(),
                member);
        log.info(LogFamily.ACTION, "{}", line(entry));
        registry.counter("tocsin_audit_entries_total", "action", note.action(), "outcome", entry.outcome())
                .increment();
        if (waiting.size() >= MOST_WAITING) {
            registry.counter("tocsin_audit_lost_total", "reason", "too many wait for the store")
                    .increment();
            return;
        }
        waiting.add(entry);
        write();
    }

    private void write() {
        if (writing || waiting.isEmpty()) {
            if (waiting.isEmpty() && empty != null) {
                empty.tryComplete();
            }
            return;
        }
        writing = true;
        store.append(waiting.peek())
                .whenComplete((done, fault) -> context.runOnContext(any -> {
                    writing = false;
                    if (fault == null) {
                        waiting.poll();
                        write();
                    } else {
                        registry.counter("tocsin_audit_retries_total").increment();
                        vertx.setTimer(AGAIN_MS, again -> write());
                    }
                }));
    }

    /** What waits is written, if that can be done within a second; what remains is in the log. */
    public Future<Void> stop() {
        empty = Promise.promise();
        write();
        return empty.future().timeout(LAST_WORDS_MS, TimeUnit.MILLISECONDS).otherwise(any -> {
            registry.counter("tocsin_audit_lost_total", "reason", "stopped before the store was back")
                    .increment(waiting.size());
            return null;
        });
    }

    /** Sorted like the instants, so that a page ends at one place whatever happens at the same moment. */
    private String id(Instant now) {
        return HexFormat.of().toHexDigits(now.toEpochMilli()).substring(4)
                + HexFormat.of().toHexDigits(random.nextLong());
    }

    private static String clean(String text) {
        return Text.clean(Text.cut(text, LONGEST));
    }

    private static String line(AuditLog.Entry entry) {
        StringBuilder line = new StringBuilder("🔏 audit: ");
        line.append(entry.actor() == null ? "somebody" : entry.actor())
                .append(entry.verified() || entry.actor() == null || entry.client() == null ? "" : " (as they say)")
                .append("  ")
                .append(entry.action());
        if (entry.target() != null) {
            line.append(' ').append(entry.target());
        }
        line.append(": ").append(entry.outcome());
        if (entry.detail() != null) {
            line.append(", ").append(entry.detail());
        }
        if (entry.client() != null) {
            line.append("  from ").append(entry.client());
        }
        return entry.request() == null
                ? line.toString()
                : line.append(", request ").append(entry.request()).toString();
    }
}
