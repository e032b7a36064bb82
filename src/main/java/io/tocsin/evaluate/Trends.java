package io.tocsin.evaluate;

import io.tocsin.model.Reading;
import io.tocsin.model.Trend;
import java.util.Collection;
import org.kie.api.runtime.KieSession;

/** Keeps the trends of the series that rules ask for, and the facts that say them. */
final class Trends {
    private KieSession session;

    void attach(KieSession session) {
        this.session = session;
    }

    /** Takes a figure into the trend of its series; whether the trend could be worked out. */
    boolean take(Series one, Reading reading) {
        double value = reading.figure();
        if (!Double.isFinite(value)) {
            return false;
        }
        if (one.window == null) {
            one.window = new TrendWindow();
        }
        one.window.add(reading.receivedAt().toEpochMilli(), value);
        TrendWindow.Figures now = one.window.figures();
        if (now.warm()) {
            say(one, trend(reading, value, now));
        }
        return now.warm();
    }

    private static Trend trend(Reading reading, double value, TrendWindow.Figures now) {
        return new Trend(
                reading.key(),
                reading.node(),
                reading.subject(),
                reading.metric(),
                value,
                now.mean(),
                now.deviation(),
                now.slope(),
                now.baseMean(),
                now.baseDeviation(),
                now.samples(),
                true,
                true);
    }

    private void say(Series one, Trend trend) {
        one.trend = trend;
        if (one.trendHandle == null) {
            one.trendHandle = session.insert(trend);
        } else {
            session.update(one.trendHandle, trend);
        }
    }

    /** The newest reading of the series is no longer fresh. */
    void stale(Series one) {
        if (one.trend != null) {
            Trend t = one.trend;
            say(
                    one,
                    new Trend(
                            t.key(),
                            t.node(),
                            t.subject(),
                            t.metric(),
                            t.value(),
                            t.mean(),
                            t.deviation(),
                            t.slopePerMinute(),
                            t.baselineMean(),
                            t.baselineDeviation(),
                            t.samples(),
                            t.warm(),
                            false));
        }
    }

    void remove(Series one) {
        if (one.trendHandle != null) {
            session.delete(one.trendHandle);
        }
    }

    /** Says the trend again in a new session. */
    void refill(Series one) {
        one.trendHandle = one.trend == null ? null : session.insert(one.trend);
    }

    /** Forgets how series move that no rule asks for any longer. */
    void keep(RuleBook rules, Collection<Series> all) {
        for (Series one : all) {
            if (one.window != null && !rules.wantsTrend(one.reading.metric())) {
                one.window = null;
                one.trend = null;
            }
        }
    }
}
