package io.tocsin.api.access;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sessions that somebody ended before their time, by their marks, until that time has come. */
final class EndedSessions {
    private static final int MOST = 100_000;

    private final Map<String, Instant> until = new LinkedHashMap<>();

    /**
     * One more.
     *
     * @param end when the session would have ended by itself at the latest
     */
    synchronized void add(String mark, Instant end, Instant now) {
        for (Iterator<Instant> all = until.values().iterator(); all.hasNext(); ) {
            if (all.next().isAfter(now) && until.size() < MOST) {
                break;
            }
            all.remove();
        }
        until.put(mark, end);
    }

    synchronized boolean contains(String mark) {
        return until.containsKey(mark);
    }
}
