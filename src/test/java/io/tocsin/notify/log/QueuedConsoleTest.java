package io.tocsin.notify.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the log when whoever reads it is slow. */
class QueuedConsoleTest {
    private final CountDownLatch reads = new CountDownLatch(1);
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("test");
    private final QueuedConsole console = new QueuedConsole();
    private final ByteArrayOutputStream read = new ByteArrayOutputStream() {
        @Override
        public void write(byte[] bytes, int from, int length) {
            try {
                reads.await();
            } catch (InterruptedException told) {
                Thread.currentThread().interrupt();
            }
            super.write(bytes, from, length);
        }
    };

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %msg%n");
        encoder.start();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        console.setOutputStream(read);
        logger.setLevel(Level.INFO);
        logger.addAppender(console);
    }

    @AfterEach
    void stop() {
        reads.countDown();
        context.stop();
    }

    private List<String> lines() {
        return read.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void everythingIsWrittenInOrderBeforeItEnds() {
        reads.countDown();
        for (int i = 0; i < 1000; i++) {
            logger.info("line {}", i);
        }
        context.stop();
        assertThat(lines())
                .hasSize(1000)
                .startsWith("INFO line 0", "INFO line 1")
                .endsWith("INFO line 999");
        assertThat(console.dropped()).isZero();
    }

    @Test
    void nobodyWaitsForWhoeverReadsItAndWhatIsDroppedIsCounted() {
        for (int i = 0; i < 10_000; i++) {
            logger.info("line {}", i);
        }
        long dropped = console.dropped();
        assertThat(dropped).isBetween(10_000L - 8192, 10_000L - 7000);
        logger.warn("this one matters");
        assertThat(console.dropped()).as("there is room for warnings").isEqualTo(dropped);
        reads.countDown();
        await().untilAsserted(() -> assertThat(lines())
                .contains("WARN this one matters")
                .anyMatch(line -> line.startsWith("WARN ⚠️ " + dropped + " lines of the log were dropped")));
        logger.info("later");
        context.stop();
        assertThat(lines()).endsWith("INFO later");
        assertThat(lines()).hasSize((int) (10_000 - dropped) + 3);
    }
}
