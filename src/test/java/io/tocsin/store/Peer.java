package io.tocsin.store;

import static io.tocsin.store.Given.done;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** One of several processes on one database, which beats and looks only when the test says so. */
final class Peer implements AutoCloseable {
    private static final Duration NEVER = Duration.ofDays(1000);

    final SqlStore store;
    final AtomicReference<Instant> now = new AtomicReference<>(Given.T0);
    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

    Peer(String place, Backing backing, Path data, Codec codec, Duration settle) {
        Holder me = Holder.of(place);
        InstantSource source = now::get;
        store = SqlStore.among(
                backing.settings(data),
                codec,
                new SimpleMeterRegistry(),
                source.withZone(ZoneOffset.UTC),
                new Sharing(me, NEVER, settle, nanos::get));
        tick();
    }

    /** Time passes for this process; the others' stands. */
    void waits(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** It shows that it lives, and looks. */
    void tick() {
        done(store.tick());
    }

    /** It lives for so long, beating and looking as often as a process does. */
    void lives(Duration time) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(Sharing.EVERY)) {
            waits(Sharing.EVERY);
            tick();
        }
    }

    long claim(String cluster) {
        return store.claim(cluster).epoch();
    }

    @Override
    public void close() {
        store.close();
    }
}
