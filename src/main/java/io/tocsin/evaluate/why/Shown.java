package io.tocsin.evaluate.why;

import io.tocsin.model.Alert;
import io.tocsin.model.Reading;
import io.tocsin.model.Source;
import io.tocsin.model.Text;
import io.tocsin.model.Topology;
import io.tocsin.model.Trend;
import io.tocsin.model.Wire;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Values for people, short and bounded. */
public final class Shown {
    private static final int LONGEST = 120;
    private static final int MOST = 8;

    private Shown() {}

    /** A value in a few words: figures with two decimals, enumerations in wire spelling, facts by their subject. */
    public static String text(Object value) {
        if (value instanceof Double || value instanceof Float) {
            double figure = ((Number) value).doubleValue();
            return Double.isFinite(figure) ? Text.number(figure) : "no figure";
        }
        if (value instanceof Wire word) {
            return word.wire();
        }
        if (value instanceof Collection<?> many) {
            return many.isEmpty() ? "nothing" : "[" + String.join(", ", names(many)) + "]";
        }
        String name = name(value);
        return Text.cut(Text.clean(name == null ? String.valueOf(value) : name), LONGEST);
    }

    private static List<String> names(Collection<?> many) {
        List<String> names = new ArrayList<>();
        for (Object one : many) {
            if (names.size() == MOST) {
                names.add("… " + (many.size() - MOST) + " more");
                break;
            }
            names.add(text(one));
        }
        return names;
    }

    /** What a fact is about; null for anything else. */
    public static String name(Object fact) {
        if (fact instanceof Reading reading) {
            return reading.subject();
        }
        if (fact instanceof Source source) {
            return source.name();
        }
        if (fact instanceof Trend trend) {
            return trend.subject() + " " + trend.metric();
        }
        if (fact instanceof Alert alert) {
            return alert.alertType() + " of " + alert.subject();
        }
        return fact instanceof Topology topology ? "cluster " + topology.cluster() : null;
    }
}
