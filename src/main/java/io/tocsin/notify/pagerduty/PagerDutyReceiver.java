package io.tocsin.notify.pagerduty;

import io.tocsin.model.Notification;
import io.tocsin.notify.Endpoint;
import io.tocsin.notify.LastLook;
import io.tocsin.notify.Outcome;
import io.tocsin.notify.Poster;
import io.tocsin.notify.Poster.Answer;
import io.tocsin.notify.Receiver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens, acknowledges and resolves incidents at PagerDuty through its Events API v2. */
public final class PagerDutyReceiver implements Receiver {
    private static final String NEVER_HEARD = "PagerDuty never heard of it";
    private static final Duration UNNAMED_LIMIT = Duration.ofMinutes(1);

    private final PagerDutySettings settings;
    private final Poster poster;

    /**
     * For one integration.
     *
     * @throws IllegalArgumentException if its address is not one that we send to
     */
    public PagerDutyReceiver(Vertx vertx, PagerDutySettings settings, Supplier<Instant> now, LastLook lastLook) {
        this(
                settings,
                new Poster(
                        vertx,
                        Endpoint.open("receivers." + settings.name() + ".url", settings.url(), settings.routingKey()),
                        now,
                        lastLook));
    }

    PagerDutyReceiver(PagerDutySettings settings, Poster poster) {
        this.settings = settings;
        this.poster = poster;
    }

    @Override
    public int concurrency() {
        return 4;
    }

    @Override
    public Future<Void> close() {
        return poster.close();
    }

    @Override
    public Future<Outcome> deliver(Notification notification) {
        String key = settings.routingKey().reveal();
        return switch (notification.change()) {
            case FIRED, RAISED, FELL, ACK_EXPIRED -> trigger(notification);
            case ESCALATED, ROUTED ->
                notification.first() ? trigger(notification) : skip("incident is already open at PagerDuty");
            case ACKNOWLEDGED ->
                notification.first()
                        ? skip(NEVER_HEARD)
                        : poster.post(PagerDutyEvent.acknowledge(notification, key), PagerDutyReceiver::judge);
            case RESOLVED ->
                notification.first()
                        ? skip(NEVER_HEARD)
                        : poster.post(PagerDutyEvent.resolve(notification, key), PagerDutyReceiver::judge);
            case PENDING, STALE, FRESH, LAPSED ->
                skip("nobody is told of " + notification.change().wire());
        };
    }

    private Future<Outcome> trigger(Notification notification) {
        JsonObject event =
                PagerDutyEvent.trigger(notification, settings.routingKey().reveal(), settings.link());
        return poster.post(event, PagerDutyReceiver::judge);
    }

    private static Future<Outcome> skip(String reason) {
        return Future.succeededFuture(new Outcome.Skip(reason));
    }

    static Outcome judge(Answer answer) {
        int status = answer.status();
        if (status == 202) {
            return new Outcome.Delivered("accepted");
        }
        if (status == 429) {
            return new Outcome.Retry(
                    answer.text(), Optional.of(answer.retryAfter().orElse(UNNAMED_LIMIT)));
        }
        if (status >= 400 && status < 500 && status != 408 && status != 425) {
            return new Outcome.GiveUp(answer.text());
        }
        return new Outcome.Retry(answer.text(), answer.retryAfter());
    }
}
