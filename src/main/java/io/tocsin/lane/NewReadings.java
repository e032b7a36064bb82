package io.tocsin.lane;

import io.tocsin.model.Reading;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The newest readings of the series of a cluster that had one since somebody last asked. */
final class NewReadings {
    private static final int MOST = 5_000;

    private final JsonArray readings = new JsonArray();
    private final String node;
    private final String type;
    private int omitted;

    private NewReadings(String node, String type) {
        this.node = node;
        this.type = type;
    }

    /** Only says where the next ones begin if the question has no mark, or one of an owner that is gone. */
    static JsonObject of(ClusterWatch watch, JsonObject question) {
        NewReadings found = new NewReadings(question.getString("node"), question.getString("type"));
        String[] mark = question.getString("mark", "").split(":");
        if (mark.length == 2 && mark[0].equals(Long.toString(watch.epoch()))) {
            watch.session().lookup().since(Long.parseLong(mark[1]), found::add);
        }
        return new JsonObject()
                .put("mark", watch.epoch() + ":" + watch.session().round())
                .put("readings", found.readings)
                .put("omitted", found.omitted);
    }

    private void add(Reading reading) {
        if (node != null && !node.equals(reading.node()) || type != null && !type.equals(reading.type())) {
            return;
        }
        if (readings.size() < MOST) {
            readings.add(Queries.shown(reading));
        } else {
            omitted++;
        }
    }
}
