package io.tocsin.api;

import io.tocsin.bus.Address;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Asks once a second what no event tells: how clusters are, how many alerts there are, and which readings are new where
 * somebody reads them. One question of a kind at a time; so readings cost nothing while nobody looks.
 */
final class StreamFeed {
    private static final DeliveryOptions SOON =
            new DeliveryOptions().setSendTimeout(5_000).setLocalOnly(true);

    /** How many different sets of readings may be asked for. */
    private static final int MOST_GROUPS = 50;

    private static final int READINGS_IN_AN_EVENT = 500;

    private final EventBus bus;
    private final StreamHub hub;
    private final StreamMeters meters;
    private final StreamTallies tallies;
    private final Map<String, JsonObject> clusters = new HashMap<>();
    /** Where the next readings of a group begin; a blank text if that is not known yet. */
    private final Map<StreamFilter, String> marks = new HashMap<>();

    private final Set<StreamFilter> asked = new LinkedHashSet<>();
    private JsonObject tally;
    private boolean askingClusters;

    StreamFeed(EventBus bus, StreamHub hub, StreamMeters meters, StreamTallies tallies) {
        this.bus = bus;
        this.hub = hub;
        this.meters = meters;
        this.tallies = tallies;
    }

    /** Somebody listens who has heard no tally yet. */
    void joined(StreamFilter filter) {
        if (filter.has(StreamTopic.ALERTS)) {
            tally = null;
            tallies.due();
        }
    }

    /** An alert changed. */
    void changed() {
        tallies.due();
    }

    /** The readings that a stream wants, apart from what else it wants. */
    static StreamFilter group(StreamFilter filter) {
        return new StreamFilter(Set.of(StreamTopic.READINGS), filter.cluster(), filter.node(), filter.type());
    }

    void ask() {
        Set<StreamFilter> groups = new LinkedHashSet<>();
        boolean alerts = false;
        boolean health = false;
        for (StreamReader reader : hub.readers()) {
            alerts |= reader.filter().has(StreamTopic.ALERTS);
            health |= reader.filter().has(StreamTopic.CLUSTERS);
            if (reader.filter().has(StreamTopic.READINGS)) {
                groups.add(group(reader.filter()));
            }
        }
        if (alerts) {
            tallies.ask(this::tally);
        }
        if (health && !askingClusters) {
            clusters();
        }
        marks.keySet().retainAll(groups);
        groups.stream().limit(MOST_GROUPS).filter(one -> !asked.contains(one)).forEach(this::readings);
        if (groups.size() > MOST_GROUPS) {
            meters.dropped("more than " + MOST_GROUPS + " different sets are read", groups.size() - MOST_GROUPS);
        }
    }

    private Future<Object> ask(JsonObject question) {
        return bus.<JsonObject>request(Address.QUERY, question, SOON)
                .map(reply -> reply.body().getValue("result"));
    }

    private void tally(JsonObject now) {
        if (!now.equals(tally)) {
            tally = now;
            hub.add(StreamTopic.ALERTS, "tally", null, null, null, now);
        }
    }

    private void clusters() {
        askingClusters = true;
        ask(new JsonObject().put("what", "clusters"))
                .onComplete(any -> askingClusters = false)
                .onSuccess(answer -> {
                    if (answer instanceof JsonArray all) {
                        all.forEach(one -> cluster((JsonObject) one));
                    }
                });
    }

    private void cluster(JsonObject entry) {
        String name = entry.getString("cluster");
        if (!entry.equals(clusters.put(name, entry))) {
            hub.add(StreamTopic.CLUSTERS, "cluster", name, null, null, entry);
        }
    }

    private void readings(StreamFilter group) {
        asked.add(group);
        ask(new JsonObject()
                        .put("what", "readings-since")
                        .put("cluster", group.cluster())
                        .put("node", group.node())
                        .put("type", group.type())
                        .put("mark", marks.getOrDefault(group, "")))
                .onComplete(any -> asked.remove(group))
                .onSuccess(answer -> readings(group, (JsonObject) answer));
    }

    private void readings(StreamFilter group, JsonObject answer) {
        marks.put(group, answer.getString("mark"));
        if (answer.getInteger("omitted", 0) > 0) {
            meters.dropped("more came within a second than are told", answer.getInteger("omitted"));
        }
        JsonArray readings = answer.getJsonArray("readings");
        for (int from = 0; from < readings.size(); from += READINGS_IN_AN_EVENT) {
            int to = Math.min(readings.size(), from + READINGS_IN_AN_EVENT);
            Buffer data = new JsonArray(readings.getList().subList(from, to)).toBuffer();
            hub.now(group, "reading", data);
        }
    }
}
