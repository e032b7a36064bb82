package io.tocsin.store;

import io.tocsin.model.Alert;
import io.tocsin.model.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the history answers, worked out over all alerts in memory. */
final class MemoryQueries {
    private MemoryQueries() {}

    static History.Page page(Stream<Alert> all, History.Query query) {
        int limit = Cursor.limit(query);
        Cursor cursor = Cursor.of(query.cursor());
        List<Alert> alerts = all.filter(alert -> wanted(alert, query))
                .filter(alert -> cursor == null || Cursor.after(alert).compareTo(cursor) < 0)
                .sorted(Comparator.comparing(Cursor::after).reversed())
                .limit(limit + 1L)
                .toList();
        if (alerts.size() <= limit) {
            return new History.Page(alerts, null);
        }
        return new History.Page(
                alerts.subList(0, limit), Cursor.after(alerts.get(limit - 1)).text());
    }

    private static boolean wanted(Alert alert, History.Query query) {
        return any(query.states(), alert.state())
                && any(query.severities(), alert.severity())
                && is(query.cluster(), alert.cluster())
                && is(query.node(), alert.node())
                && is(query.alertType(), alert.alertType());
    }

    private static <T> boolean any(Set<T> wanted, T found) {
        return wanted == null || wanted.isEmpty() || wanted.contains(found);
    }

    private static boolean is(String wanted, String found) {
        return wanted == null || wanted.equals(found);
    }

    static History.Stats stats(MemoryAlerts alerts, Instant since) {
        List<MemoryAlerts.Kept> fired = alerts.all()
                .filter(kept -> !kept.life.alert().since().isBefore(since))
                .filter(kept -> kept.life.alert().firedAt() != null)
                .toList();
        Map<String, Map<String, Long>> byReceiver = fired.stream()
                .flatMap(kept -> alerts.outbox.of(kept.life.alert().id()).stream())
                .collect(Collectors.groupingBy(
                        Notification::receiver,
                        TreeMap::new,
                        Collectors.groupingBy(n -> n.state().wire(), TreeMap::new, Collectors.counting())));
        return new History.Stats(
                fired.size(),
                mean(fired, kept -> kept.firstAck),
                mean(
                        fired,
                        kept -> kept.life.alert().open()
                                ? null
                                : kept.life.alert().resolution().at()),
                byRule(fired),
                counts(fired, Alert::alertType),
                counts(fired, alert -> alert.severity().wire()),
                byReceiver);
    }

    private static Double mean(List<MemoryAlerts.Kept> fired, Function<MemoryAlerts.Kept, Instant> end) {
        var seconds = fired.stream()
                .filter(kept -> end.apply(kept) != null)
                .mapToDouble(kept -> Duration.between(kept.life.alert().firedAt(), end.apply(kept))
                                .toNanos()
                        / 1e9)
                .average();
        return seconds.isPresent() ? seconds.getAsDouble() : null;
    }

    private static Map<String, Long> byRule(List<MemoryAlerts.Kept> fired) {
        return fired.stream()
                .flatMap(kept -> kept.firedBy.stream())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private static Map<String, Long> counts(List<MemoryAlerts.Kept> fired, Function<Alert, String> name) {
        return fired.stream()
                .collect(Collectors.groupingBy(
                        kept -> name.apply(kept.life.alert()), TreeMap::new, Collectors.counting()));
    }
}
