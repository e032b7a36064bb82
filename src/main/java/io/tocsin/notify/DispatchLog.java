package io.tocsin.notify;

import io.tocsin.bus.LogFamily;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.Text;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said of one receiver's deliveries, in the log and to whoever watches receivers; each thing once. */
final class DispatchLog {
    private static final Logger LOG = LoggerFactory.getLogger(DispatchVerticle.class);

    private final String receiver;
    private final boolean logged;
    private final Consumer<ReceiverHealth> health;
    /** Null as long as nothing is known of it. */
    private Boolean up;

    DispatchLog(String receiver, boolean logged, Consumer<ReceiverHealth> health) {
        this.receiver = Text.clean(receiver);
        this.logged = logged;
        this.health = health;
    }

    String receiver() {
        return receiver;
    }

    void takenUp(int concurrency) {
        LOG.info(LogFamily.SUCCESS, "★ receiver {} active: tells up to {} at once", receiver, concurrency);
    }

    void handedOver() {
        LOG.info(LogFamily.SUCCESS, "★ receiver {} handed over: another member tells it from now on", receiver);
        forget();
    }

    void takenAway() {
        LOG.warn(
                LogFamily.FAILURE,
                "❌ receiver {} was taken over by another member while this one did not answer; what was sent late is"
                        + " followed by the current state",
                receiver);
        forget();
    }

    private void forget() {
        if (up != null) {
            up = null;
            tell(ReceiverHealth.handedOver(receiver));
        }
    }

    void stopped(int underWay) {
        if (underWay == 0) {
            LOG.info(LogFamily.FAILURE, "💀 receiver {} stopped: nothing was under way", receiver);
        } else {
            LOG.warn(
                    LogFamily.FAILURE,
                    "💀 receiver {} stopped: {} under way, sent again with the same key at the next start",
                    receiver,
                    underWay);
        }
    }

    void outcome(Notification notification, Verdict verdict, Outcome outcome) {
        if (verdict.state() == NotificationState.SENT) {
            sent(notification, verdict);
        } else if (verdict.state() == NotificationState.FAILED) {
            up = false;
            LOG.error(
                    LogFamily.FAILURE,
                    "❌ receiver {} was not told: alert {} {}, attempt {}: {}",
                    receiver,
                    Text.clean(notification.alertId()),
                    notification.change().wire(),
                    notification.attempts().size() + 1,
                    verdict.detail());
            tell(new ReceiverHealth(receiver, false, verdict.detail(), notification.alertId()));
        } else if (verdict.state() == NotificationState.PENDING) {
            LOG.debug(
                    "receiver {}: alert {} again at {}: {}",
                    receiver,
                    Text.clean(notification.alertId()),
                    verdict.nextAttemptAt(),
                    Text.clean(outcome.text()));
        }
    }

    private void sent(Notification notification, Verdict verdict) {
        if (logged) {
            LOG.info(
                    LogFamily.ACTION,
                    "📤 sent to {}: {} {} {}  {}  attempt {} ({})",
                    receiver,
                    notification.change().wire(),
                    Text.clean(notification.alert().alertType()),
                    Text.clean(notification.alert().subject()),
                    Text.clean(notification.alertId()),
                    notification.attempts().size() + 1,
                    verdict.attempt().detail());
        }
        if (Boolean.FALSE.equals(up)) {
            LOG.info(LogFamily.SUCCESS, "★ receiver {} works again", receiver);
        }
        if (!Boolean.TRUE.equals(up)) {
            up = true;
            tell(new ReceiverHealth(receiver, true, null, null));
        }
    }

    /** The log's own health is nobody's concern: where would one read of it? */
    private void tell(ReceiverHealth news) {
        if (logged) {
            health.accept(news);
        }
    }

    void opened(String reason, int failures, Duration pause) {
        up = false;
        String why = Text.cut(Text.clean(reason), 300);
        LOG.error(
                LogFamily.FAILURE,
                "❌ receiver {} fails: {} attempts in a row, the last one: {}; tried again in {}, nothing is lost",
                receiver,
                failures,
                why,
                Text.duration(pause));
        tell(new ReceiverHealth(receiver, false, why, null));
    }

    void outboxAway(String what, Throwable error) {
        LOG.warn(
                LogFamily.FAILURE,
                "❌ receiver {} cannot use the outbox ({}): {}; tried again until it works",
                receiver,
                what,
                Text.cut(Text.clean(String.valueOf(error.getMessage())), 300));
    }
}
