package io.tocsin.lane;

import io.tocsin.model.AlertKey;
import io.tocsin.model.Life;
import io.tocsin.model.Standing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keys whose alert somebody resolved by hand while its finding stood: silent until they are clear, or worse comes. */
final class Mutes {
    private final Map<AlertKey, Life> resolved = new HashMap<>();

    void add(Life life) {
        resolved.put(life.alert().key(), life);
    }

    /** Whether the key is muted and nothing worse stands than what was resolved. */
    boolean cover(AlertKey key, List<Standing> standing) {
        Life life = resolved.get(key);
        return life != null
                && standing.stream()
                        .allMatch(one ->
                                one.finding().severity().compareTo(life.alert().severity()) <= 0);
    }

    /** The resolved alert as it is stored from now on; null if the key was not muted. */
    Life end(AlertKey key, Instant now) {
        Life life = resolved.remove(key);
        return life == null ? null : life.clear(now);
    }

    List<Life> lives() {
        return List.copyOf(resolved.values());
    }

    Set<AlertKey> keys() {
        return Set.copyOf(resolved.keySet());
    }
}
