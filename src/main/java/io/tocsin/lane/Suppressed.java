package io.tocsin.lane;

import io.tocsin.model.Because;
import io.tocsin.model.Life;
import io.tocsin.model.Text;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Map;

/** What a watch knows, and the store does not, of what keeps an alert from being told or from ending. */
final class Suppressed {
    private Suppressed() {}

    /** For an alert, open or not; empty if there is nothing. */
    static JsonArray of(ClusterWatch watch, String alertId) {
        JsonArray suppressed = new JsonArray();
        Life life = watch.book().life(alertId);
        Map<String, String> faults = watch.tally().faults();
        List<String> rules = life == null
                ? List.of()
                : life.because().stream()
                        .map(Because::rule)
                        .map(rule -> rule.name())
                        .toList();
        watch.session().quarantined().stream()
                .filter(rules::contains)
                .sorted()
                .forEach(rule -> suppressed.add(Outcome.suppressed(
                        "quarantine",
                        "rule \"" + rule + "\" is out of force, so its silence ends nothing: "
                                + Text.clean(Text.cut(faults.getOrDefault(rule, "it failed"), 300)),
                        null,
                        null)));
        watch.book().muted().stream()
                .filter(key -> alertId.startsWith(idOf(key)))
                .forEach(key -> suppressed.add(Outcome.suppressed(
                        "muted",
                        "somebody resolved it by hand and its rule still holds: silent until it no longer does, or gets worse",
                        null,
                        null)));
        return suppressed;
    }

    /** An id without the number of its life. */
    private static String idOf(io.tocsin.model.AlertKey key) {
        String first = key.id(1);
        return first.substring(0, first.length() - 1);
    }
}
