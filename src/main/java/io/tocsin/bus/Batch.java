package io.tocsin.bus;

import io.tocsin.model.ClusterHealth;
import io.tocsin.model.ExternalAlert;
import io.tocsin.model.Head;
import io.tocsin.model.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The messages of one body as they are decoded. */
final class Batch {
    private static final Set<String> NODE_OPTIONAL = Set.of(ClusterHealth.TYPE, ExternalAlert.TYPE);

    private final Instant receivedAt;
    private final Limits limits;
    private final List<Telemetry> accepted = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();

    Batch(Instant receivedAt, Limits limits) {
        this.receivedAt = receivedAt;
        this.limits = limits;
    }

    /** One message a line. */
    void lines(byte[] body) {
        int from = 0;
        for (int to = 0; to <= body.length; to++) {
            if (to == body.length || body[to] == '\n') {
                if (!blank(body, from, to)) {
                    line(body, from, to);
                }
                from = to + 1;
            }
        }
        if (size() == 0) {
            throw new InvalidMessage("body: expected one message a line, found nothing");
        }
    }

    private static boolean blank(byte[] body, int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private void line(byte[] body, int from, int to) {
        if (size() == limits.maxMessages()) {
            throw new InvalidMessage(JsonText.tooMany(limits.maxMessages()));
        }
        try {
            JsonText.line(JsonFault.utf8(body, from, to), this::add);
        } catch (InvalidMessage e) {
            reject(e);
        }
    }

    /** One message; a wrong one is rejected. */
    void add(JsonText.Item item) {
        try {
            accepted.add(message(item));
        } catch (InvalidMessage e) {
            reject(e);
        }
    }

    private void reject(InvalidMessage e) {
        rejected.add(new Rejected(size(), e.getMessage()));
    }

    private int size() {
        return accepted.size() + rejected.size();
    }

    Decoded decoded() {
        return new Decoded(accepted, rejected);
    }

    private Telemetry message(JsonText.Item item) {
        if (!(item.value() instanceof Map<?, ?> map)) {
            throw new InvalidMessage("message: expected an object, found " + Plain.found(item.value()));
        }
        String type = TypeName.of(map.get("type"));
        if (item.flaw() != null) {
            throw new InvalidMessage(
                    type + "." + item.flaw().path() + ": " + item.flaw().text());
        }
        Fields fields = Fields.received(type, map);
        return TelemetryDecoder.TYPES.get(type).read(fields, head(fields, type));
    }

    private Head head(Fields fields, String type) {
        String node = NODE_OPTIONAL.contains(type) ? fields.name("node", null) : fields.name("node");
        Instant timestamp = fields.time("timestamp");
        if (timestamp != null && timestamp.isAfter(receivedAt.plus(TelemetryJson.MAX_AHEAD))) {
            throw fields.wrong("timestamp", "at most 5 minutes after its receipt at " + receivedAt);
        }
        Duration ttl = fields.duration("ttl", TelemetryJson.MAX_TTL);
        return new Head(
                fields.name("cluster", Head.DEFAULT_CLUSTER),
                // the health of a cluster is one series, whoever reports it
                type.equals(ClusterHealth.TYPE) ? null : node,
                timestamp == null ? receivedAt : timestamp,
                receivedAt,
                fields.labels("labels"),
                ttl == null ? limits.defaultTtl() : ttl,
                true,
                null);
    }
}
