package io.tocsin;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.tocsin.bus.Address;
import io.tocsin.membership.Members;
import io.tocsin.membership.SeenMember;
import io.tocsin.store.Beat;
import io.tocsin.store.Held;
import io.tocsin.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Who is there, how each stands, and what each has, as the members and the store say; for the API, and once a second for
 * the metrics: {@code tocsin_cluster_epoch{cluster}} of the clusters of this member, {@code tocsin_member_clusters{member}}
 * how many each has, {@code tocsin_member_beat_age_seconds{member}} for how long each has not shown that it lives,
 * {@code tocsin_members_strangers}.
 */
final class WhoHasWhat extends VerticleBase {
    private static final long EVERY_MS = 1000;

    private final Store store;
    private final Members members;
    private final Runnable look;
    private final Clock clock;
    private final MultiGauge epochs;
    private final MultiGauge clusters;
    private final MultiGauge beats;
    private final MeterRegistry registry;
    private Strangers strangers;

    /**
     * For the member that this process is.
     *
     * @param look what else is looked after once a second
     */
    WhoHasWhat(Store store, Members members, Runnable look, Clock clock, MeterRegistry registry) {
        this.store = store;
        this.members = members;
        this.look = look;
        this.clock = clock;
        this.registry = registry;
        this.epochs = MultiGauge.builder("tocsin_cluster_epoch")
                .description("How often a cluster of this member has changed hands")
                .register(registry);
        this.clusters = MultiGauge.builder("tocsin_member_clusters")
                .description("How many monitored clusters each member has")
                .register(registry);
        this.beats = MultiGauge.builder("tocsin_member_beat_age_seconds")
                .description("For how long each member has not shown in the store that it lives")
                .register(registry);
    }

    @Override
    public Future<?> start() {
        strangers = new Strangers(vertx.eventBus(), clock);
        Gauge.builder("tocsin_members_strangers", strangers, all -> all.found().size())
                .description("Processes that use the same store and are not among the members")
                .register(registry);
        vertx.eventBus()
                .localConsumer(Address.MEMBERS, message -> message.reply(new JsonObject().put("result", describe())));
        vertx.setPeriodic(EVERY_MS, any -> {
            look.run();
            strangers.look(members.seen(), store.beats());
            measure();
        });
        return Future.succeededFuture();
    }

    private JsonObject describe() {
        Map<String, Integer> owned = owned();
        Map<String, List<String>> told = new HashMap<>();
        new TreeMap<>(store.senders())
                .forEach((receiver, held) -> told.computeIfAbsent(held.place(), any -> new ArrayList<>())
                        .add(receiver));
        Map<String, Duration> still = still();
        JsonArray all = new JsonArray();
        for (SeenMember one : members.seen()) {
            String place = one.place();
            JsonObject json = Described.member(one);
            if (!one.foreign()) {
                json.put("clusters", owned.getOrDefault(place, 0))
                        .put("receivers", new JsonArray(told.getOrDefault(place, List.of())))
                        .put("beat_age_seconds", Described.seconds(still.get(place)));
            }
            all.add(json);
        }
        return new JsonObject()
                .put("member", place())
                .put("minority", members.ownership().minority())
                .put("members", all)
                .put("strangers", new JsonArray(List.copyOf(new TreeSet<>(strangers.found()))));
    }

    /** Where this member is; on a local bus the name of its host. */
    private String place() {
        return members.name() == null ? members.seen().get(0).place() : members.name();
    }

    private Map<String, Integer> owned() {
        Map<String, Integer> owned = new TreeMap<>();
        for (Held held : store.holders().values()) {
            if (held.place() != null) {
                owned.merge(held.place(), 1, Integer::sum);
            }
        }
        return owned;
    }

    /** Of several lives at one place the latest counts. */
    private Map<String, Duration> still() {
        Map<String, Duration> still = new TreeMap<>();
        for (Beat beat : store.beats()) {
            still.merge(beat.place(), beat.still(), (a, b) -> a.compareTo(b) < 0 ? a : b);
        }
        return still;
    }

    private void measure() {
        String me = place();
        Map<String, Number> mine = new TreeMap<>();
        store.holders().forEach((cluster, held) -> {
            if (me.equals(held.place())) {
                mine.put(cluster, held.epoch());
            }
        });
        Map<String, Integer> owned = owned();
        Map<String, Duration> still = still();
        Map<String, Number> counts = new TreeMap<>();
        Map<String, Number> ages = new TreeMap<>();
        for (SeenMember one : members.seen()) {
            if (one.present() && !one.foreign()) {
                counts.put(one.place(), owned.getOrDefault(one.place(), 0));
                if (still.containsKey(one.place())) {
                    ages.put(one.place(), still.get(one.place()).toMillis() / 1000.0);
                }
            }
        }
        show(epochs, "cluster", mine);
        show(clusters, "member", counts);
        show(beats, "member", ages);
    }

    private static void show(MultiGauge gauge, String tag, Map<String, Number> values) {
        Function<Map.Entry<String, Number>, MultiGauge.Row<?>> row =
                one -> MultiGauge.Row.of(Tags.of(tag, one.getKey()), one.getValue());
        gauge.register(values.entrySet().stream().map(row).toList(), true);
    }
}
