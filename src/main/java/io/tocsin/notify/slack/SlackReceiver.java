package io.tocsin.notify.slack;

import io.tocsin.model.Notification;
import io.tocsin.notify.Endpoint;
import io.tocsin.notify.LastLook;
import io.tocsin.notify.Outcome;
import io.tocsin.notify.Poster;
import io.tocsin.notify.Poster.Answer;
import io.tocsin.notify.Receiver;
import io.tocsin.notify.RetryAfter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Posts to an incoming webhook of Slack. Not idempotent there: an unknown outcome may show a message twice, never none. */
public final class SlackReceiver implements Receiver {
    /** Stands in the history of an attempt whose message was refused as malformed: the next one is plain text. */
    static final String PLAIN_NEXT = "plain text follows: ";

    private static final Duration UNNAMED_LIMIT = Duration.ofSeconds(30);
    private static final Duration ONE_MESSAGE = Duration.ofSeconds(1);
    private static final Set<String> PASSING = Set.of(
            "rate_limited", "ratelimited", "service_unavailable", "request_timeout", "fatal_error", "internal_error");
    private static final Set<String> TOO_RICH = Set.of(
            "invalid_blocks",
            "invalid_blocks_format",
            "msg_too_long",
            "msg_blocks_too_long",
            "too_many_attachments",
            "no_text");

    private final SlackSettings settings;
    private final Poster poster;

    /**
     * For one webhook.
     *
     * @throws IllegalArgumentException if its address is not one that we send to
     */
    public SlackReceiver(Vertx vertx, SlackSettings settings, Supplier<Instant> now, LastLook lastLook) {
        this(
                settings,
                new Poster(
                        vertx,
                        Endpoint.secret("receivers." + settings.name() + ".url", settings.url()),
                        now,
                        lastLook));
    }

    SlackReceiver(SlackSettings settings, Poster poster) {
        this.settings = settings;
        this.poster = poster;
    }

    @Override
    public Future<Outcome> deliver(Notification notification) {
        if (!notification.change().told()) {
            return Future.succeededFuture(new Outcome.Skip(
                    "nobody is told of " + notification.change().wire()));
        }
        boolean plain = notification.attempts().stream()
                .anyMatch(attempt -> String.valueOf(attempt.detail()).startsWith(PLAIN_NEXT));
        JsonObject message =
                plain ? SlackMessage.fallback(notification) : SlackMessage.of(notification, settings.link());
        return poster.post(message, answer -> judge(answer, plain));
    }

    @Override
    public Future<Void> close() {
        return poster.close();
    }

    static Outcome judge(Answer answer, boolean plain) {
        int status = answer.status();
        if (status == 200) {
            return posted(answer, plain);
        }
        if (status == 429) {
            return new Outcome.Retry(answer.text(), Optional.of(limit(answer)));
        }
        if (status == 400 || status == 413) {
            return malformed(answer, plain);
        }
        if (status > 400 && status < 500 && status != 408 && status != 425) {
            return new Outcome.GiveUp(answer.text() + "; the webhook or its channel needs an administrator of Slack");
        }
        return new Outcome.Retry(answer.text(), answer.retryAfter());
    }

    private static Outcome posted(Answer answer, boolean plain) {
        if (answer.body().strip().equals("ok")) {
            return new Outcome.Delivered(plain ? "ok, as plain text" : "ok");
        }
        Optional<JsonObject> json = json(answer.body());
        if (json.isEmpty() || !(json.get().getValue("ok") instanceof Boolean ok)) {
            return Outcome.Retry.of("HTTP 200 without ok: " + answer.quote());
        }
        if (ok) {
            return new Outcome.Delivered("ok");
        }
        String error = String.valueOf(json.get().getValue("error"));
        if (PASSING.contains(error)) {
            return new Outcome.Retry(answer.text(), Optional.of(limit(answer)));
        }
        return TOO_RICH.contains(error) ? malformed(answer, plain) : new Outcome.GiveUp(answer.text());
    }

    private static Outcome malformed(Answer answer, boolean plain) {
        return plain
                ? new Outcome.GiveUp(answer.text() + ", as plain text too")
                : new Outcome.Retry(PLAIN_NEXT + answer.text(), Optional.of(ONE_MESSAGE));
    }

    private static Duration limit(Answer answer) {
        return answer.retryAfter().or(() -> named(answer)).orElse(UNNAMED_LIMIT);
    }

    private static Optional<Duration> named(Answer answer) {
        return json(answer.body())
                .map(body -> body.getValue("retry_after"))
                .filter(Number.class::isInstance)
                .flatMap(value -> RetryAfter.seconds(((Number) value).doubleValue()));
    }

    private static Optional<JsonObject> json(String body) {
        try {
            return body.stripLeading().startsWith("{") ? Optional.of(new JsonObject(body)) : Optional.empty();
        } catch (DecodeException e) {
            return Optional.empty(); // no JSON is an answer too: the caller quotes it
        }
    }
}
