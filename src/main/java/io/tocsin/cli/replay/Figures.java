package io.tocsin.cli.replay;

import io.tocsin.model.Severity;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A story in numbers.
 *
 * @param alerts alerts that fired
 * @param severities how many were so bad at their worst
 * @param escalations levels climbed
 * @param notifications decided for receivers
 * @param receivers how many for each
 * @param noise how long alerts fired, all together
 * @param open alerts that were not over at the end
 * @param lapsed pending ones of which nobody heard
 */
record Figures(
        long alerts,
        Map<Severity, Long> severities,
        long escalations,
        long notifications,
        Map<String, Long> receivers,
        Duration noise,
        long open,
        long lapsed) {

    static Figures of(Story story) {
        Map<Severity, Long> severities = new EnumMap<>(Severity.class);
        Map<String, Long> receivers = new TreeMap<>();
        List<Tale> alerts = story.alerts();
        long escalations = 0;
        long notifications = 0;
        long open = 0;
        Duration noise = Duration.ZERO;
        for (Tale tale : alerts) {
            severities.merge(tale.worst(), 1L, Long::sum);
            tale.notifications().forEach(one -> receivers.merge(one.receiver(), 1L, Long::sum));
            notifications += tale.notifications().size();
            escalations += tale.escalations();
            open += tale.resolved() ? 0 : 1;
            noise = noise.plus(tale.lasted(story.begin(), story.end()));
        }
        return new Figures(
                alerts.size(), severities, escalations, notifications, receivers, noise, open, story.lapsed());
    }

    long of(Severity severity) {
        return severities.getOrDefault(severity, 0L);
    }

    long of(String receiver) {
        return receivers.getOrDefault(receiver, 0L);
    }

    /** Minutes of noise, rounded. */
    long minutes() {
        return Math.round(noise.toSeconds() / 60.0);
    }
}
