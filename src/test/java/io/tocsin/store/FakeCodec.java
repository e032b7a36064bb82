package io.tocsin.store;

import io.tocsin.model.Alert;
import io.tocsin.model.Because;
import io.tocsin.model.Notification;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Tracking;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what it is given and writes a ticket for it; outlives the store that it is lent to. */
final class FakeCodec implements Codec {
    /** What follows the ticket, to give documents a real one's size. */
    private final String padding;

    private final Map<String, Object> kept = new ConcurrentHashMap<>();
    private final AtomicLong next = new AtomicLong();

    /** A message with which an alert cannot be written. */
    static final String UNWRITABLE = "unwritable";

    FakeCodec() {
        this(0);
    }

    FakeCodec(int padding) {
        this.padding = " ".repeat(padding);
    }

    private String ticket(Object value) {
        return ticket(value, "");
    }

    private String ticket(Object value, String words) {
        String number = "ticket " + next.incrementAndGet();
        kept.put(number, value);
        return number + '|' + words + padding;
    }

    private Object value(String ticket) {
        Object value = kept.get(ticket.split("\\|", 2)[0]);
        if (value == null) {
            throw new IllegalArgumentException("no such ticket");
        }
        return value;
    }

    /** From now on nothing that was written can be read. */
    void forget() {
        kept.clear();
    }

    @Override
    public String alert(Alert alert) {
        if (UNWRITABLE.equals(alert.message())) {
            throw new IllegalArgumentException("this alert cannot be written");
        }
        // what it says stands in it, as it does in JSON
        return ticket(alert, alert.alertType() + ' ' + alert.subject() + ' ' + alert.node() + ' ' + alert.message());
    }

    @Override
    public Alert alert(String text) {
        return (Alert) value(text);
    }

    @Override
    public String tracking(Tracking tracking) {
        return ticket(tracking);
    }

    @Override
    public Tracking tracking(String text) {
        return (Tracking) value(text);
    }

    @Override
    public String because(List<Because> because) {
        return ticket(because);
    }

    @Override
    public List<Because> because(String text) {
        return ((List<?>) value(text)).stream().map(Because.class::cast).toList();
    }

    @Override
    public String attempts(List<Notification.Attempt> attempts) {
        return ticket(List.copyOf(attempts));
    }

    @Override
    public List<Notification.Attempt> attempts(String text) {
        return ((List<?>) value(text))
                .stream().map(Notification.Attempt.class::cast).toList();
    }

    @Override
    public String telemetry(Telemetry telemetry) {
        return ticket(telemetry);
    }

    @Override
    public Telemetry telemetry(String text) {
        return (Telemetry) value(text);
    }
}
