package io.tocsin.membership;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What is said again and again: said once, then every ten minutes how often it came since. For any number of threads. */
final class Repeated {
    private static final Duration REST = Duration.ofMinutes(10);
    private static final int MOST = 500;

    private final LongSupplier nanos;
    private final LongAdder counted = new LongAdder();
    private final Map<String, Said> said = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Said> eldest) {
            return size() > MOST;
        }
    };

    private record Said(long at, long since) {}

    /**
     * Nothing was said yet.
     *
     * @param nanos monotonic time
     */
    Repeated(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What to add when it is said now, nothing at first; null if it is only to be counted. */
    synchronized String again(String gist) {
        long now = nanos.getAsLong();
        Said last = said.get(gist);
        if (last != null && now - last.at < REST.toNanos()) {
            said.put(gist, new Said(last.at, last.since + 1));
            count();
            return null;
        }
        said.put(gist, new Said(now, 0));
        return last == null || last.since == 0 ? "" : " (and " + last.since + " times more since it was told last)";
    }

    /** One more that is not said. */
    void count() {
        counted.increment();
    }

    /** How many were not said. */
    double counted() {
        return counted.sum();
    }
}
