package io.tocsin.notify.log;

import io.tocsin.bus.LogFamily;
import io.tocsin.model.Alert;
import io.tocsin.model.Notification;
import io.tocsin.notify.Outcome;
import io.tocsin.notify.Receiver;
import io.tocsin.notify.Wording;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells the log: one line a change of an alert, the same as fields for machines. */
public final class LogReceiver implements Receiver {
    private static final Logger LOG = LoggerFactory.getLogger("tocsin.alerts");

    @Override
    public Future<Outcome> deliver(Notification notification) {
        Alert alert = notification.alert();
        LoggingEventBuilder line = LOG.atLevel(level(notification))
                .addMarker(family(notification))
                .addKeyValue("alert_id", alert.id())
                .addKeyValue("change", notification.change().wire())
                .addKeyValue("severity", alert.severity().wire())
                .addKeyValue("state", alert.state().wire())
                .addKeyValue("alert_type", alert.alertType())
                .addKeyValue("cluster", alert.cluster())
                .addKeyValue("subject", alert.subject())
                .addKeyValue("escalation_level", alert.level());
        if (alert.node() != null) {
            line = line.addKeyValue("node", alert.node());
        }
        if (alert.symptom().value() != null) {
            line = line.addKeyValue("value", alert.symptom().value());
        }
        if (alert.degraded()) {
            line = line.addKeyValue("degraded", true);
        }
        line.log(AlertLine.of(notification));
        return Future.succeededFuture(new Outcome.Delivered("logged"));
    }

    /** A line is written when {@link #deliver} returns, so the bound is on those whose outcome is still being recorded. */
    @Override
    public int concurrency() {
        return 64;
    }

    @Override
    public boolean logged() {
        return false;
    }

    private static Marker family(Notification notification) {
        return switch (notification.change()) {
            case FIRED, RAISED, ROUTED, ACK_EXPIRED -> LogFamily.FAILURE;
            case ESCALATED, ACKNOWLEDGED -> LogFamily.ACTION;
            case PENDING, FELL, STALE, FRESH, RESOLVED, LAPSED -> LogFamily.HEALTH;
        };
    }

    private static Level level(Notification notification) {
        return switch (notification.change()) {
            case FIRED, RAISED, ROUTED, ACK_EXPIRED, ESCALATED ->
                switch (notification.alert().severity()) {
                    case CRITICAL -> Level.ERROR;
                    case WARNING -> Level.WARN;
                    case INFO -> Level.INFO;
                };
            default -> Level.INFO;
        };
    }

    /** The symbol at the beginning of a line. */
    static String symbol(Notification notification) {
        return switch (notification.change()) {
            case ESCALATED -> "⏫";
            case ACKNOWLEDGED -> "👤";
            case RESOLVED -> "✅";
            default -> Wording.emoji(notification.alert().severity());
        };
    }
}
