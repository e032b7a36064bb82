package io.tocsin.store;

import io.tocsin.model.Alert;
import io.tocsin.model.Notification;
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
                && is(query.alertType(), alert.alertType())
                && is(query.key(), alert.key().toString())
                && (query.text() == null || new Needle(query.text()).in(alert));
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
                figures(fired, kept -> List.of("")).getOrDefault("", new Figures(0, 0, null, null)),
                figures(fired, kept -> kept.firedBy),
                fired.stream()
                        .collect(Collectors.groupingBy(
                                kept -> kept.life.alert().alertType(), TreeMap::new, Collectors.counting())),
                figures(fired, kept -> List.of(kept.life.alert().severity().wire())),
                most(figures(
                        fired,
                        kept -> Stream.ofNullable(kept.life.alert().node()).toList())),
                byReceiver);
    }

    private static Map<String, Figures> figures(
            List<MemoryAlerts.Kept> fired, Function<MemoryAlerts.Kept, List<String>> names) {
        Map<String, Figures.Sums> sums = new TreeMap<>();
        for (MemoryAlerts.Kept kept : fired) {
            Alert alert = kept.life.alert();
            Long end = alert.open() ? null : Micros.of(alert.resolution().at());
            for (String name : names.apply(kept)) {
                sums.computeIfAbsent(name, any -> new Figures.Sums())
                        .add(Micros.of(alert.firedAt()), kept.firstAck == null ? null : Micros.of(kept.firstAck), end);
            }
        }
        return SqlStats.figures(sums);
    }

    private static Map<String, Figures> most(Map<String, Figures> nodes) {
        return nodes.entrySet().stream()
                .sorted(Map.Entry.<String, Figures>comparingByValue(
                                Comparator.comparingLong(Figures::fired).reversed())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SqlStats.MOST_NODES)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    static long resolvedSince(MemoryAlerts alerts, Instant since) {
        return alerts.all()
                .map(kept -> kept.life.alert().resolution())
                .filter(end -> end != null && !end.at().isBefore(since))
                .count();
    }
}
