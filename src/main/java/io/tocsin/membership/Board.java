package io.tocsin.membership;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.ReplicatedMapConfig;
import com.hazelcast.core.EntryAdapter;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.replicatedmap.ReplicatedMap;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where members announce themselves, a map that each of them has whole. Whoever is in the cluster may write anything into
 * it: only the entries of processes that are there are read, one by one, and what is no announcement is ignored.
 *
 * <p>Counter: {@code tocsin_members_ignored_total{reason}} entries that were not usable: type, length, shape, place,
 * unreadable.
 */
final class Board {
    private static final String NAME = "tocsin.members";
    private static final String AWAY = "away";

    /** What a process that ended without a word leaves behind goes after this. */
    private static final long TTL_SECONDS = 60;

    private static final long AWAY_TTL_SECONDS = TimeUnit.DAYS.toSeconds(1);

    /** How many refreshes an unusable entry is not looked at again. */
    private static final int REST = 20;

    private final HazelcastInstance hazelcast;
    private final MeterRegistry registry;
    private final Map<String, Integer> resting = new HashMap<>();
    private String lastAway;

    Board(HazelcastInstance hazelcast, MeterRegistry registry) {
        this.hazelcast = hazelcast;
        this.registry = registry;
    }

    /** Kept as bytes, so that a value of somebody else's class harms nobody who does not read it. */
    static void configure(Config config) {
        config.addReplicatedMapConfig(new ReplicatedMapConfig(NAME)
                .setInMemoryFormat(InMemoryFormat.BINARY)
                .setAsyncFillup(true));
    }

    /** Calls back on a thread of Hazelcast's whenever an entry has changed. */
    void onChange(Runnable changed) {
        map().addEntryListener(new EntryAdapter<String, Object>() {
            @Override
            public void onEntryEvent(EntryEvent<String, Object> event) {
                changed.run();
            }
        });
    }

    /** Announces. Blocks until it is written. */
    void write(String id, Announcement announcement) {
        map().put(id, announcement.text(), TTL_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes an announcement back. Blocks until it is gone. */
    void remove(String id) {
        map().remove(id);
    }

    /** What a process announces; empty if nothing that is usable. Never blocks; one thread. */
    Optional<Announcement> read(String id, String place) {
        if (resting.computeIfPresent(id, (any, left) -> left > 1 ? left - 1 : null) != null) {
            return Optional.empty();
        }
        try {
            Object raw = map().get(id);
            return raw == null ? Optional.empty() : Optional.of(Announcement.read(raw, place));
        } catch (Announcement.Unusable unusable) {
            ignored(unusable.getMessage());
        } catch (HazelcastException foreign) {
            ignored("unreadable");
        }
        if (resting.size() > 1000) {
            resting.clear();
        }
        resting.put(id, REST);
        return Optional.empty();
    }

    /** Who is missed, in the words of whoever wrote it last; empty if that is not new. One thread. */
    List<SeenMember> away() {
        try {
            Object raw = map().get(AWAY);
            if (raw == null || raw.equals(lastAway)) {
                return List.of();
            }
            lastAway = raw instanceof String text ? text : null;
            return Missed.read(raw);
        } catch (Announcement.Unusable unusable) {
            ignored(unusable.getMessage());
        } catch (HazelcastException foreign) {
            ignored("unreadable");
        }
        return List.of();
    }

    /** Tells the others who is missed. Blocks until it is written. */
    void writeAway(String text) {
        map().put(AWAY, text, AWAY_TTL_SECONDS, TimeUnit.SECONDS);
    }

    private void ignored(String reason) {
        registry.counter("tocsin_members_ignored_total", "reason", reason).increment();
    }

    private ReplicatedMap<String, Object> map() {
        return hazelcast.getReplicatedMap(NAME);
    }
}
