package io.tocsin.evaluate;

import io.tocsin.model.Because;
import io.tocsin.model.Reading;
import io.tocsin.model.Recurrence;
import io.tocsin.model.Source;
import io.tocsin.model.Trend;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.kie.api.runtime.KieSession;

/** What is known now of the series and sources that some facts were about. */
public final class Lookup {
    private final SeriesMap series;
    private final SourceBook sources;
    private final Supplier<KieSession> session;

    Lookup(SeriesMap series, SourceBook sources, Supplier<KieSession> session) {
        this.series = series;
        this.sources = sources;
        this.session = session;
    }

    /**
     * The facts of some types, also those that rules concluded. They never change, so another thread may look at them.
     *
     * @param most how many at most
     */
    public List<Object> facts(List<Class<?>> types, int most) {
        Collection<?> wanted = session.get().getObjects(fact -> types.stream().anyMatch(type -> type.isInstance(fact)));
        return wanted.stream().limit(most).<Object>map(fact -> fact).toList();
    }

    /** The newest reading of a series; null if there is none. */
    public Reading reading(String key) {
        Series one = series.get(key);
        return one == null ? null : one.reading;
    }

    /** Shows the newest reading of every series, in the order of their first appearance. */
    public void each(Consumer<Reading> visitor) {
        series.all().forEach(one -> visitor.accept(one.reading));
    }

    /**
     * Shows the readings that came in during a round or later.
     *
     * @param round what {@link RuleSession#round} was when somebody last looked
     */
    public void since(long round, Consumer<Reading> visitor) {
        for (Series one : series.all()) {
            if (one.round >= round) {
                visitor.accept(one.reading);
            }
        }
    }

    /** Whether any of their series is fresh: TRUE, FALSE, or null if they are about none. */
    public Boolean fresh(List<Object> facts) {
        Boolean fresh = null;
        for (Object fact : facts) {
            String key = Because.series(fact);
            if (key != null) {
                Series one = series.get(key);
                if (one != null && one.fresh) {
                    return true;
                }
                fresh = false;
            }
        }
        return fresh;
    }

    /** Whether they are about series or about alerts that keep coming, and each of the series is fresh. */
    public boolean allFresh(List<Object> facts) {
        boolean any = false;
        for (Object fact : facts) {
            String key = Because.series(fact);
            if (key != null) {
                Series one = series.get(key);
                if (one == null || !one.fresh) {
                    return false;
                }
                any = true;
            }
            // what is counted here is never past its time
            any |= fact instanceof Recurrence;
        }
        return any;
    }

    /** Whether something fresh was heard, since an instant, of the series or, where there is none, of the source that a fact is about. */
    public boolean heard(Object fact, Instant since) {
        if (fact instanceof Source source) {
            SourceState state = sources.get(source.node(), source.check());
            return state != null && state.freshSeries > 0;
        }
        String key = Because.series(fact);
        Series one = key == null ? null : series.get(key);
        return one != null
                && one.fresh
                && one.lastNews >= since.toEpochMilli()
                && (!(fact instanceof Trend) || one.trend != null && one.trend.fresh());
    }

    /** Whether a series is fresh at present. */
    public boolean fresh(String key) {
        Series one = series.get(key);
        return one != null && one.fresh;
    }

    /** Whether a series is known. */
    public boolean holds(String key) {
        return series.get(key) != null;
    }

    /** When something was last heard of what they are about; null if they are about no series and no source. */
    public Instant lastNews(List<Object> facts) {
        Instant last = null;
        for (Object fact : facts) {
            Instant seen = null;
            if (fact instanceof Reading reading) {
                Series one = series.get(reading.key());
                seen = one == null ? reading.receivedAt() : Instant.ofEpochMilli(one.lastNews);
            } else if (fact instanceof Trend trend && series.get(trend.key()) != null) {
                seen = Instant.ofEpochMilli(series.get(trend.key()).lastNews);
            } else if (fact instanceof Source source) {
                SourceState state = sources.get(source.node(), source.check());
                seen = state == null ? source.lastSeen() : Instant.ofEpochMilli(state.lastSeen);
            }
            if (seen != null && (last == null || seen.isAfter(last))) {
                last = seen;
            }
        }
        return last;
    }
}
