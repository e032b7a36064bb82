package io.tocsin.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.logging.AbstractLogger;
import com.hazelcast.logging.LogEvent;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class HazelcastLogTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Repeated repeated = new Repeated(nanos::get);
    private final List<String> said = new ArrayList<>();
    private final HazelcastLog.Bounded log =
            new HazelcastLog.Bounded("com.hazelcast.OperationExecutorImpl", new Memo(), repeated);

    @Test
    void whatComesAgainIsCountedAndToldEveryTenMinutes() {
        for (int i = 0; i < 1200; i++) {
            log.warning("[127.0.0.1]:5701 [tocsin] [5.7.0] no answer after " + i + " ms");
            nanos.addAndGet(Duration.ofMillis(600).toNanos());
        }
        assertThat(said).hasSize(2);
        assertThat(said.get(0)).isEqualTo("no answer after 0 ms");
        assertThat(said.get(1)).isEqualTo("no answer after 1000 ms (and 999 times more since it was told last)");
        assertThat(repeated.counted()).isEqualTo(1198);
    }

    @Test
    void whatIsNewIsToldAtOnce() {
        log.warning("one thing");
        log.severe("another thing", new IllegalStateException());
        assertThat(said).containsExactly("one thing", "another thing");
    }

    @Test
    void whatNobodyCanReadIsToldWithoutAStackAndOnce() {
        for (int i = 0; i < 10; i++) {
            log.severe(
                    "Failed to process: Packet{conn=Connection[id=3, 127.0.0.1:5714->/127.0.0.1:5358" + i + "]}",
                    new HazelcastSerializationException("count 838860800"));
        }
        assertThat(said).as("told in our own words instead").isEmpty();
        assertThat(repeated.counted()).isEqualTo(9);
    }

    private final class Memo extends AbstractLogger {
        @Override
        public void log(Level level, String message) {
            said.add(message);
        }

        @Override
        public void log(Level level, String message, Throwable thrown) {
            said.add(message);
        }

        @Override
        @SuppressWarnings("removal")
        public void log(LogEvent event) {
            said.add(event.getLogRecord().getMessage());
        }

        @Override
        public Level getLevel() {
            return Level.WARNING;
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }
    }
}
