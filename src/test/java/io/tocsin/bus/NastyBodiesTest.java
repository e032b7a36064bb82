package io.tocsin.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bus.TelemetryJson.Format;
import io.tocsin.model.Telemetry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(10)
class NastyBodiesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String GOOD = "{\"type\":\"timing\",\"node\":\"n1\",\"operation\":\"w\",\"duration_ms\":1}";

    private static Decoded decode(byte[] body, Format format) {
        return TelemetryJson.decode(body, format, NOW, Limits.DEFAULT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("", "body: expected a message or an array of messages, found nothing"),
                Arguments.of(" \n ", "body: expected a message or an array of messages, found nothing"),
                Arguments.of(
                        "[".repeat(100_000),
                        "line 1 column 34: expected at most 32 levels of arrays and objects, found more"),
                Arguments.of(
                        "{\"a\":".repeat(100_000),
                        "line 1 column 162: expected at most 32 levels of arrays and objects, found more"),
                Arguments.of(
                        "{\"a\":" + "9".repeat(10_000_000) + "}",
                        "expected texts of at most 65536 characters and numbers of at most 100, found a longer one"),
                Arguments.of(
                        "{\"a\":\"" + "x".repeat(10_000_000) + "\"}",
                        "expected texts of at most 65536 characters and numbers of at most 100, found a longer one"),
                Arguments.of(
                        "{\"" + "x".repeat(100_000) + "\":1}",
                        "expected texts of at most 65536 characters and numbers of at most 100, found a longer one"),
                Arguments.of("{\"type\":", "line 1 column 9: expected the rest of the JSON, found the end"),
                Arguments.of("[" + GOOD, "expected the rest of the JSON, found the end"),
                Arguments.of(
                        GOOD + "\n" + GOOD,
                        "line 2 column 1: expected the end after one message or one array of them; or send one message"
                                + " a line as application/x-ndjson, found {"),
                Arguments.of("{'type':1}", "line 1 column 2: expected JSON, found this: Unexpected character ('''"),
                Arguments.of("{\"a\":1,}", "line 1 column 8: expected JSON, found this: Unexpected character ('}'"),
                Arguments.of(
                        "{\"a\":01}", "expected JSON, found this: Invalid numeric value: Leading zeroes not allowed"),
                Arguments.of("{\"a\":\"\n\"}", "expected JSON, found this: Illegal unquoted character"),
                Arguments.of("hello", "expected JSON, found this: Unrecognized token 'hello'"),
                Arguments.of("\u001b[31m", "line 1 column 2: expected JSON, found this: Illegal character ((CTRL-CHAR"),
                Arguments.of("\0", "expected JSON, found this: Illegal character ((CTRL-CHAR, code 0))"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyThatIsNoJsonIsRefusedWithItsPlace(String body, String expected) {
        assertThatThrownBy(() -> decode(bytes(body), Format.JSON))
                .isInstanceOf(InvalidMessage.class)
                .hasMessageContaining(expected)
                .satisfies(e -> assertThat(e.getMessage())
                        .hasSizeLessThan(300)
                        .doesNotContain("Source:", "StreamReadConstraints", "enable")
                        .matches("\\P{Cntrl}*"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aLineThatIsNoJsonHarmsNoOther(String body, String expected) {
        byte[] lines = bytes(GOOD + "\n" + body.replace('\n', ' ') + "\n" + GOOD);
        Decoded decoded = decode(lines, Format.NDJSON);
        assertThat(decoded.accepted()).hasSize(2);
        assertThat(decoded.rejected()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void noLineAtAllIsRefused() {
        assertThatThrownBy(() -> decode(bytes(" \n\r\n"), Format.NDJSON))
                .hasMessage("body: expected one message a line, found nothing");
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedWithTheirPlace() {
        for (String sequence : new String[] {"ff", "c3", "c0af", "eda080", "f4908080", "e282"}) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(bytes("{\"é\":\""));
            for (int i = 0; i < sequence.length(); i += 2) {
                body.write(Integer.parseInt(sequence.substring(i, i + 2), 16));
            }
            body.writeBytes(bytes("\"}"));
            String expected = "byte 8: expected UTF-8, found 0x" + sequence.substring(0, 2);
            assertThatThrownBy(() -> decode(body.toByteArray(), Format.JSON))
                    .as(sequence)
                    .hasMessage(expected);
            body.write('\n');
            body.writeBytes(bytes(GOOD));
            Decoded decoded = decode(body.toByteArray(), Format.NDJSON);
            assertThat(decoded.accepted()).hasSize(1);
            assertThat(decoded.rejected()).containsExactly(new Rejected(0, expected));
        }
        assertThat(decode(bytes("\uFEFF" + GOOD), Format.JSON).accepted()).hasSize(1);
        assertThat(decode(bytes(GOOD.replace("n1", "n\uFFFD")), Format.JSON).accepted())
                .hasSize(1);
    }

    @Test
    void aDeepObjectFromTheBusIsRejected() {
        JsonObject deep = new JsonObject();
        for (int i = 0; i < 5000; i++) {
            deep = new JsonObject().put("d", i % 2 == 0 ? new JsonArray().add(deep) : deep);
        }
        JsonObject message = new JsonObject(GOOD)
                .put("type", "debug_trace")
                .put("component", "c")
                .put("trace_type", "t");
        Decoded decoded = TelemetryJson.decode(message.put("data", deep), NOW, Limits.DEFAULT);
        assertThat(decoded.rejected())
                .containsExactly(new Rejected(
                        0, "debug_trace.data: expected at most 32 levels of arrays and objects, found more"));
        message.put("data", new JsonObject(Map.of("x", new Object())));
        assertThat(TelemetryJson.decode(message, NOW, Limits.DEFAULT).rejected())
                .containsExactly(new Rejected(0, "debug_trace.data: expected what JSON can hold, found a Object"));
    }

    @Test
    void aLongDurationIsRefusedAtOnce() {
        String body = GOOD.replace("\"w\"", "\"w\",\"ttl\":\"" + "1".repeat(60_000) + "\"");
        assertThat(decode(bytes(body), Format.JSON).rejected()).hasSize(1);
    }

    @Test
    void noBytesAtAllHarmMoreThanTheirBody() {
        Random random = new Random(7);
        byte[] good = bytes("[" + GOOD + "," + GOOD.replace("1}", "1.5e3,\"labels\":{\"é\":\"\\u0041\"}}") + "]");
        for (int i = 0; i < 50_000; i++) {
            byte[] body = good.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            for (Format format : Format.values()) {
                try {
                    assertThat(decode(body, format).accepted()).allMatch(NastyBodiesTest::sound);
                } catch (InvalidMessage e) {
                    assertThat(e.getMessage()).contains("expected", "found").matches("\\P{Cntrl}*");
                }
            }
        }
    }

    private static boolean sound(Telemetry telemetry) {
        return telemetry.node() != null
                && telemetry.head().ttl().compareTo(Duration.ZERO) > 0
                && !telemetry.timestamp().isAfter(NOW.plus(TelemetryJson.MAX_AHEAD));
    }
}
