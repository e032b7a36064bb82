package io.tocsin.evaluate;

import io.tocsin.model.Reading;
import java.util.Arrays;
import java.util.Collection;

/**
 * The metrics that tables of limits are about, as marks in a text: a reading of any other metric is put aside before it
 * is joined with the rows, for the price of a look at one character. A mark may stand for several names, so one that is
 * let through need not be in any table.
 */
public final class LimitNames {
    private static final int LEAST = 1 << 7;
    // a text in compiled rules is not longer than 64 KiB
    private static final int MOST = 1 << 15;
    private static final int PLACES_EACH = 16;

    private LimitNames() {}

    static String marks(Collection<String> metrics) {
        int places = LEAST;
        while (places < MOST && places < metrics.size() * PLACES_EACH) {
            places *= 2;
        }
        char[] marks = new char[places];
        Arrays.fill(marks, '.');
        metrics.forEach(metric -> marks[place(metric, marks.length)] = 'x');
        return new String(marks);
    }

    private static int place(String metric, int places) {
        int hash = metric.hashCode();
        return (hash ^ hash >>> 15) & places - 1;
    }

    /** Whether the metric of a reading may be one of those that were marked. */
    public static boolean among(Reading reading, String marks) {
        String metric = reading.metric();
        return metric != null && marks.charAt(place(metric, marks.length())) == 'x';
    }
}
