package io.tocsin.membership;

import com.hazelcast.logging.AbstractLogger;
import com.hazelcast.logging.ILogger;
import com.hazelcast.logging.LogEvent;
import com.hazelcast.logging.LoggerFactorySupport;
import com.hazelcast.logging.Slf4jFactory;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.tocsin.bus.LogFamily;
import io.tocsin.model.Text;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Hazelcast logs, bounded: it complains twice a second, with a stack each time, of a process of another version that
 * tries to join for as long as that tries. Each warning is told once, in one line if it is understood, and then every ten
 * minutes how often it came again. Hazelcast makes it, by name.
 */
public final class HazelcastLog extends LoggerFactorySupport {
    private static final Logger log = LoggerFactory.getLogger(Members.class);
    private static final Pattern SELF = Pattern.compile("^\\[[^\\]]*\\]:\\d+ \\[[^\\]]*\\] \\[[^\\]]*\\] ");
    private static final Pattern PEER = Pattern.compile("->/?([^\\s,\\]}]+)");
    private static final Repeated REPEATED = new Repeated(System::nanoTime);

    private final Slf4jFactory plain = new Slf4jFactory();

    /** How many lines were counted and not told. */
    static double counted() {
        return REPEATED.counted();
    }

    /** Has Hazelcast log by way of this; to be called before it logs for the first time. */
    static void use() {
        System.setProperty("hazelcast.logging.class", HazelcastLog.class.getName());
    }

    @Override
    protected ILogger createLogger(String name) {
        return new Bounded(name, plain.getLogger(name), REPEATED);
    }

    /** One logger. */
    static final class Bounded extends AbstractLogger {
        private final String name;
        private final ILogger plain;
        private final Repeated repeated;

        Bounded(String name, ILogger plain, Repeated repeated) {
            this.name = name;
            this.plain = plain;
            this.repeated = repeated;
        }

        @Override
        public void log(Level level, String message, Throwable thrown) {
            if (level.intValue() < Level.WARNING.intValue()) {
                plain.log(level, message, thrown);
            } else if (plain.isLoggable(level)) {
                warn(level, SELF.matcher(String.valueOf(message)).replaceFirst(""), thrown);
            }
        }

        private void warn(Level level, String message, Throwable thrown) {
            boolean unreadable = thrown instanceof HazelcastSerializationException;
            if (unreadable && name.endsWith("OperationRunnerImpl")) {
                // the executor says the same, and of whom
                repeated.count();
                return;
            }
            Matcher peer = PEER.matcher(message);
            String who = peer.find() ? peer.group(1).replaceFirst(":\\d+$", "") : null;
            String gist = unreadable ? "unreadable from " + who : name + message.replaceAll("\\d+", "#");
            String again = repeated.again(Text.cut(gist, 200));
            if (again == null) {
                return;
            }
            if (unreadable) {
                log.error(
                        LogFamily.FAILURE,
                        "❌ {} sends what cannot be read here and is not let in: is its Hazelcast of another version? Whoever"
                                + " joins needs com.hazelcast:hazelcast {}{}",
                        who == null ? "a process" : Text.clean(who),
                        HazelcastConfig.VERSION,
                        again);
            } else {
                plain.log(level, message + again, thrown);
            }
        }

        @Override
        public void log(Level level, String message) {
            log(level, message, null);
        }

        @Override
        @SuppressWarnings("removal")
        public void log(LogEvent event) {
            log(
                    event.getLogRecord().getLevel(),
                    event.getLogRecord().getMessage(),
                    event.getLogRecord().getThrown());
        }

        @Override
        public Level getLevel() {
            return plain.getLevel();
        }

        @Override
        public boolean isLoggable(Level level) {
            return plain.isLoggable(level);
        }
    }
}
