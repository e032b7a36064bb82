package io.tocsin.notify;

import io.tocsin.notify.log.LogReceiver;
import io.tocsin.notify.log.LogSettings;
import io.tocsin.notify.pagerduty.PagerDutyReceiver;
import io.tocsin.notify.pagerduty.PagerDutySettings;
import io.tocsin.notify.slack.SlackReceiver;
import io.tocsin.notify.slack.SlackSettings;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.function.Supplier;

/** Makes receivers of their settings. */
public final class Receivers {
    private Receivers() {}

    /** The receiver that these settings describe, as nobody else tells it. */
    static Receiver of(ReceiverSettings settings, Vertx vertx, Supplier<Instant> now) {
        return of(settings, vertx, now, LastLook.NOBODY_ELSE);
    }

    /**
     * The receiver that these settings describe.
     *
     * @param now the time
     * @param lastLook asked before anything is sent
     * @throws IllegalArgumentException naming the config key, if its address is not one that we send to
     */
    public static Receiver of(ReceiverSettings settings, Vertx vertx, Supplier<Instant> now, LastLook lastLook) {
        if (settings instanceof LogSettings) {
            return new LogReceiver();
        }
        if (settings instanceof SlackSettings slack) {
            return new SlackReceiver(vertx, slack, now, lastLook);
        }
        if (settings instanceof PagerDutySettings pagerDuty) {
            return new PagerDutyReceiver(vertx, pagerDuty, now, lastLook);
        }
        throw new IllegalArgumentException("receivers." + settings.name() + ".type: no receiver of type "
                + settings.type() + "; allowed are log, slack and pagerduty");
    }
}
