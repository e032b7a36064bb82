package io.tocsin.notify.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.LayoutBase;
import io.tocsin.bus.LogBlock;
import io.tocsin.bus.LogFamily;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

class LayoutTest {
    private static final String EVERY_CONTROL =
            IntStream.range(0, 0xa0).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    + "\u2028\u2029\u202e\ufeff\ud800";

    private final LayoutBase<ch.qos.logback.classic.spi.ILoggingEvent> plain =
            started(new ColourLayout(false, ZoneOffset.UTC));
    private final LayoutBase<ch.qos.logback.classic.spi.ILoggingEvent> colour =
            started(new ColourLayout(true, ZoneOffset.UTC));
    private final LayoutBase<ch.qos.logback.classic.spi.ILoggingEvent> json = started(new JsonLayout());

    private static <L extends LayoutBase<?>> L started(L layout) {
        layout.start();
        return layout;
    }

    private static LoggingEvent event(Marker family, String message, Object... arguments) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(new LoggerContext());
        event.setLoggerName("io.tocsin.lane.LaneVerticle");
        event.setLevel(Level.INFO);
        event.setInstant(Instant.parse("2026-11-23T13:30:37.123Z"));
        event.setMessage(message);
        event.setArgumentArray(arguments);
        if (family != null) {
            event.addMarker(family);
        }
        return event;
    }

    @Test
    void anUnmarkedLineSaysItsLevelAndItsLogger() {
        assertThat(plain.doLayout(event(null, "hello {}", "you")))
                .isEqualTo("13:30:37.123 INFO  LaneVerticle: hello you\n");
    }

    @Test
    void aMarkedLineIsItsMessage() {
        assertThat(plain.doLayout(event(LogFamily.SUCCESS, "★ session active: {}", "main")))
                .isEqualTo("13:30:37.123 ★ session active: main\n");
    }

    @Test
    void theTitleOfAMarkedLineStandsOnTheColourOfItsFamily() {
        assertThat(colour.doLayout(event(LogFamily.FAILURE, "❌ store fails: disk full")))
                .isEqualTo("\u001b[2m13:30:37.123\u001b[0m \u001b[48;5;160;38;5;231m ❌ store fails: \u001b[0m"
                        + "\u001b[91m disk full\u001b[0m\n");
    }

    @Test
    void aBlockIsIndentedAndAligned() {
        LogBlock block = LogBlock.of("★ session active")
                .with("Cluster", "main")
                .with("Lane", 0)
                .with("Owner", null);
        assertThat(plain.doLayout(event(LogFamily.SUCCESS, block.toString())))
                .isEqualTo("13:30:37.123 ★ session active\n             Cluster: main\n             Lane:    0\n");
        assertThat(plain.doLayout(event(LogFamily.SUCCESS, "{}", block)))
                .isEqualTo(plain.doLayout(event(LogFamily.SUCCESS, block.toString())));
    }

    @Test
    void noCharacterBelowA0BreaksOrColoursALine() {
        for (int c = 0; c < 0xa0; c++) {
            String value = "a" + (char) c + "b";
            for (Marker family : new Marker[] {null, LogFamily.FAILURE}) {
                assertOneLine(plain.doLayout(event(family, "❌ {} fails", value)));
                assertOneLine(json.doLayout(event(family, "❌ {} fails", value)));
            }
            assertOneLine(plain.doLayout(event(null, value)));
            LogBlock block = LogBlock.of(value).with(value, value);
            assertThat(plain.doLayout(event(LogFamily.SUCCESS, block.toString()))
                            .lines())
                    .hasSize(2);
        }
    }

    @Test
    void whateverIsLoggedIsWithoutControlCharacters() {
        LoggingEvent event = event(null, EVERY_CONTROL, EVERY_CONTROL);
        event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(
                new IllegalStateException(EVERY_CONTROL, new RuntimeException(EVERY_CONTROL))));
        event.setKeyValuePairs(List.of(new KeyValuePair(EVERY_CONTROL, EVERY_CONTROL)));
        assertThat(plain.doLayout(event).lines()).allSatisfy(LayoutTest::assertClean);
        assertOneLine(json.doLayout(event));
        assertThat(plain.doLayout(event).lines().skip(1)).allMatch(line -> line.startsWith("             "));
    }

    @Test
    void onlyOurOwnColoursAreInAColouredLine() {
        String line = colour.doLayout(event(LogFamily.HEALTH, "✅ {}", "\u001b[2J\u001b]52;c;x\u0007"));
        assertThat(line.replaceAll("\u001b\\[[0-9;]*m", ""))
                .doesNotContain("\u001b")
                .contains("\\u001b[2J");
    }

    @Test
    void aVeryLongValueIsCut() {
        assertThat(plain.doLayout(event(null, "{}", "x".repeat(1_000_000)))).hasSizeLessThan(9_000);
    }

    @Test
    void jsonHasTheFieldsOfTheEvent() {
        LoggingEvent event = event(LogFamily.ACTION, "📤 sent");
        event.setKeyValuePairs(List.of(new KeyValuePair("alert_id", "a-1"), new KeyValuePair("level", 2)));
        JsonObject line = new JsonObject(json.doLayout(event));
        assertThat(line.getString("time")).isEqualTo("2026-11-23T13:30:37.123Z");
        assertThat(line.getString("family")).isEqualTo("action");
        assertThat(line.getString("message")).isEqualTo("📤 sent");
        assertThat(line.getString("alert_id")).isEqualTo("a-1");
        assertThat(line.getString("level")).isEqualTo("info");
        assertThat(line.getInteger("field_level")).isEqualTo(2);
    }

    @Test
    void colourIsForTerminalsUnlessAskedForOrForbidden() {
        assertThat(ColourMode.of("always").coloured(false, "1", "dumb")).isTrue();
        assertThat(ColourMode.of("never").coloured(true, null, "xterm")).isFalse();
        assertThat(ColourMode.of(null).coloured(true, null, "xterm")).isTrue();
        assertThat(ColourMode.AUTO.coloured(true, "", "xterm")).isTrue();
        assertThat(ColourMode.AUTO.coloured(true, "1", "xterm")).isFalse();
        assertThat(ColourMode.AUTO.coloured(true, null, "dumb")).isFalse();
        assertThat(ColourMode.AUTO.coloured(false, null, "xterm")).isFalse();
    }

    private static void assertOneLine(String line) {
        assertThat(line).endsWith("\n");
        assertThat(line.substring(0, line.length() - 1).codePoints())
                .noneMatch(c -> c < 0x20 || (c >= 0x7f && c < 0xa0));
    }

    private static void assertClean(String line) {
        assertThat(line.codePoints()).noneMatch(c -> c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x202e);
    }
}
