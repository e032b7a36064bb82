package io.tocsin.lane;

import io.tocsin.evaluate.RuleSession;
import io.tocsin.evaluate.SeenSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which sources of a session are to be written: those that changed, and once a minute all that were heard of. */
final class SourceNotes {
    private static final Duration EVERY = Duration.ofSeconds(60);

    private Instant written;

    SourceNotes(Instant now) {
        this.written = now;
    }

    List<SeenSource> due(RuleSession session, Instant now) {
        List<SeenSource> changed = session.drainSources();
        if (now.isBefore(written.plus(EVERY))) {
            return changed;
        }
        Instant since = written;
        written = now;
        Set<SeenSource> heard = new LinkedHashSet<>(changed);
        session.sources().stream()
                .filter(source -> !source.lastSeen().isBefore(since))
                .forEach(heard::add);
        return List.copyOf(heard);
    }
}
