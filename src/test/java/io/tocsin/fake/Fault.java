package io.tocsin.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/**
 * What a fake server does with one request instead of its duty.
 *
 * @param status the HTTP status; 0 for none
 * @param contentType of the body
 * @param body what it answers; <code>{request}</code> in it becomes the request's address and body
 * @param headers further headers
 * @param accepts whether the request is taken nevertheless: the sender cannot know
 * @param ending how the answer ends
 */
public record Fault(
        int status, String contentType, String body, Map<String, String> headers, boolean accepts, Ending ending) {
    /** How an answer ends. */
    public enum Ending {
        /** As it should. */
        COMPLETE,
        /** Headers and a piece of the body, then nothing more. */
        STALLS,
        /** The connection is closed without an answer. */
        RESET
    }

    private static final String HTML = "<html><body><h1>Bad gateway</h1></body></html>";

    /** Any answer. */
    public static Fault answer(int status, String body) {
        return new Fault(status, "text/plain", body, Map.of(), false, Ending.COMPLETE);
    }

    /** 400 with the words of PagerDuty. */
    public static Fault invalidEvent() {
        return json(
                400,
                "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":[\"Length of"
                        + " 'routing_key' is incorrect (should be 32 characters)\"]}");
    }

    /** 429 that does not say for how long. */
    public static Fault rateLimited() {
        return answer(429, "Request Limit Exceeded");
    }

    /** 429 for so many seconds. */
    public static Fault rateLimited(Duration wait) {
        return rateLimited().header("Retry-After", Long.toString(wait.toSeconds()));
    }

    /** 429 until a date. */
    public static Fault rateLimitedUntil(Instant until) {
        return rateLimited()
                .header("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC)));
    }

    /** 429 that says for how long in its body only, as Slack may. */
    public static Fault rateLimitedInBody(int seconds) {
        return json(429, "{\"retry_after\":" + seconds + ",\"ok\":false,\"error\":\"rate_limited\"}");
    }

    /** 500. */
    public static Fault serverError() {
        return answer(500, "rollup_error");
    }

    /** 502 with a page of HTML. */
    public static Fault badGateway() {
        return new Fault(502, "text/html", HTML, Map.of(), false, Ending.COMPLETE);
    }

    /** 200 with a page of HTML: something in between answered. */
    public static Fault page() {
        return new Fault(200, "text/html", HTML, Map.of(), false, Ending.COMPLETE);
    }

    /** 200 that is a refusal. */
    public static Fault okFalse(String error) {
        return json(200, "{\"ok\":false,\"error\":\"" + error + "\"}");
    }

    /** 410: the channel is archived. */
    public static Fault gone() {
        return answer(410, "channel_is_archived");
    }

    /** 302 to somewhere else. */
    public static Fault redirect(String to) {
        return answer(302, "").header("Location", to);
    }

    /** 202 whose body lacks the deduplication key; the event is taken. */
    public static Fault noDedupKey() {
        return new Fault(
                202,
                "application/json",
                "{\"status\":\"success\",\"message\":\"Event processed\"}",
                Map.of(),
                true,
                Ending.COMPLETE);
    }

    /** Takes the request, begins to answer and never ends. */
    public static Fault slowBody() {
        return new Fault(200, "text/plain", "o", Map.of(), true, Ending.STALLS);
    }

    /** An answer far larger than anybody needs. */
    public static Fault hugeBody() {
        return answer(200, "x".repeat(5_000_000));
    }

    /** Closes the connection before it takes the request. */
    public static Fault reset() {
        return new Fault(0, "", "", Map.of(), false, Ending.RESET);
    }

    /** Takes the request, then closes the connection: the sender cannot know. */
    public static Fault resetAfterAccepting() {
        return new Fault(0, "", "", Map.of(), true, Ending.RESET);
    }

    private static Fault json(int status, String body) {
        return new Fault(status, "application/json", body, Map.of(), false, Ending.COMPLETE);
    }

    private Fault header(String name, String value) {
        return new Fault(status, contentType, body, Map.of(name, value), accepts, ending);
    }

    /** Until when a sender has to stay away after this. */
    Optional<Instant> blocksUntil(Instant now) {
        String header = headers.get("Retry-After");
        if (header == null) {
            return Optional.empty();
        }
        return Optional.of(
                header.matches("\\d+")
                        ? now.plusSeconds(Long.parseLong(header))
                        : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header)));
    }
}
