package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tocsin.config.ConfigLoader;
import io.tocsin.config.Overrides;
import io.tocsin.config.Settings;
import io.tocsin.evaluate.RuleBook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RehearsalTest {
    @TempDir
    Path data;

    @Test
    void rehearsedAlertsAreHeardByNobodyAndLeaveNothing() throws Exception {
        Settings settings = ConfigLoader.load(null, Map.of(), Map.of(), new Overrides(Path.of("rules"), data))
                .settings();
        RuleBook book = RuleBook.load(settings.rules().path());
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger root = (Logger) LoggerFactory.getLogger("io.tocsin");
        root.addAppender(said);
        Files.createDirectories(data.resolve("rehearsal-of-one-that-was-killed/more"));
        try {
            Rehearsal rehearsal = Rehearsal.begin(settings, book, new SteadyClock());
            await().atMost(Duration.ofSeconds(60)).until(() -> rehearsal.played() > 20);
            rehearsal.end();
            await().atMost(Duration.ofSeconds(20)).until(rehearsal::ended);
        } finally {
            root.detachAppender(said);
        }
        assertThat(said.list).isEmpty();
        try (Stream<Path> left = Files.list(data)) {
            assertThat(left).isEmpty();
        }
    }
}
