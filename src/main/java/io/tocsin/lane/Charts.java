package io.tocsin.lane;

import io.tocsin.evaluate.Lookup;
import io.tocsin.model.Alert;
import io.tocsin.model.Reading;
import io.tocsin.model.Standing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The charts of one cluster: now and then the newest readings are looked at, so a reading that comes in costs nothing.
 * Which series have one is decided by who comes first, until there is no room; a series that is gone for an hour makes some.
 */
final class Charts {
    static final int SLOTS = 240;

    /** A look at all series costs more than one at those that are known. */
    private static final int NEW_EVERY = 4;

    private static final int FEW = 5_000;

    private final Map<String, Chart> charts = new HashMap<>();
    private final long[] times = new long[SLOTS];
    private final ChartRoom room;
    private String ruleHash = "";
    private long sample = -1;
    private long leftOut;

    Charts(ChartRoom room) {
        this.room = room;
    }

    void sample(ClusterWatch watch, Instant now) {
        sample++;
        times[(int) (sample % SLOTS)] = now.toEpochMilli();
        Lookup lookup = watch.session().lookup();
        for (Iterator<Map.Entry<String, Chart>> all = charts.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Chart> one = all.next();
            one.getValue().sample(drawable(lookup.reading(one.getKey())), sample, false);
            if (one.getValue().isEmpty(sample)) {
                all.remove();
                room.give(1);
            }
        }
        if (sample % NEW_EVERY == 0 || watch.session().size() <= FEW) {
            leftOut = 0;
            lookup.each(this::begin);
        }
        limits(watch);
    }

    private static Reading drawable(Reading reading) {
        return reading == null || !Chart.draws(reading) ? null : reading;
    }

    private void begin(Reading reading) {
        // one that is not fresh was restored: when it came in is not known for sure
        if (!Chart.draws(reading) || !reading.fresh() || charts.containsKey(reading.key())) {
            return;
        }
        if (!room.take()) {
            leftOut++;
            return;
        }
        Chart chart = new Chart(reading, SLOTS);
        chart.sample(reading, sample, true);
        charts.put(reading.key(), chart);
    }

    private void limits(ClusterWatch watch) {
        String hash = watch.session().rules().hash();
        if (!hash.equals(ruleHash)) {
            ruleHash = hash;
            charts.values().forEach(Chart::forgetLimits);
        }
        for (Alert alert : watch.alerts()) {
            for (Standing standing : watch.session().findings(alert.key())) {
                if (standing.finding().limit() != null && standing.finding().value() != null) {
                    standing.facts().forEach(fact -> limit(standing, fact));
                }
            }
        }
    }

    /** A rule may read several series; the limit is that of the figure which it names. */
    private void limit(Standing standing, Object fact) {
        if (fact instanceof Reading reading
                && reading.figure() == standing.finding().value()) {
            Chart chart = charts.get(reading.key());
            if (chart != null) {
                chart.limit(standing);
            }
        }
    }

    /** How many series have no chart as there was no room. */
    long leftOut() {
        return leftOut;
    }

    void close() {
        room.give(charts.size());
        charts.clear();
        leftOut = 0;
    }

    /**
     * A page of charts, taken now and put together later, on any thread.
     *
     * @param question {@code {node?, type?, since_ms, after?, limit}}
     */
    Supplier<JsonObject> page(JsonObject question, Instant now) {
        String node = question.getString("node");
        String type = question.getString("type");
        String after = question.getString("after", "");
        int limit = question.getInteger("limit");
        List<Chart> found = charts.values().stream()
                .filter(one -> one.place().compareTo(after) > 0)
                .filter(one -> node == null || node.equals(one.latest().node()))
                .filter(one -> type == null || type.equals(one.latest().type()))
                .sorted(Comparator.comparing(Chart::place))
                .limit(limit + 1L)
                .toList();
        boolean more = found.size() > limit;
        String next = more ? found.get(limit - 1).place() : null;
        List<Chart.Drawn> drawn = found.stream()
                .limit(limit)
                .sorted(Comparator.comparing(one -> one.latest().key()))
                .map(Chart::drawn)
                .toList();
        long[] at = times.clone();
        long last = sample;
        long oldest = now.toEpochMilli() - question.getLong("since_ms");
        return () -> {
            JsonArray series = new JsonArray();
            drawn.forEach(one -> series.add(one.json(at, oldest, last)));
            return new JsonObject().put("series", series).put("next_cursor", next);
        };
    }
}
