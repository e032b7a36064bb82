package io.tocsin.evaluate;

import io.tocsin.model.Alert;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.ExternalAlert;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.Metric;
import io.tocsin.model.MetricAlert;
import io.tocsin.model.PerformanceAnalysis;
import io.tocsin.model.Recurrence;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Source;
import io.tocsin.model.ThroughputMetric;
import io.tocsin.model.TimeOfDay;
import io.tocsin.model.Topology;
import io.tocsin.model.Trend;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a left side may match: the fact types by name, and the fields of each. */
final class Facts {
    private static final Map<String, Class<?>> TYPES = new TreeMap<>();

    static {
        for (Class<?> type : List.of(
                ComponentHealth.class,
                HealthCheck.class,
                ThroughputMetric.class,
                LatencyMetric.class,
                ResourceUsage.class,
                Metric.class,
                MetricAlert.class,
                PerformanceAnalysis.class,
                ExternalAlert.class,
                ClusterHealth.class,
                Source.class,
                Topology.class,
                Trend.class,
                Alert.class,
                Recurrence.class,
                TimeOfDay.class)) {
            TYPES.put(type.getSimpleName(), type);
        }
    }

    private Facts() {}

    static Class<?> type(String name) {
        return TYPES.get(name);
    }

    static TreeSet<String> names() {
        return new TreeSet<>(TYPES.keySet());
    }

    static TreeSet<String> fields(Class<?> type) {
        TreeSet<String> fields = new TreeSet<>();
        for (Method method : type.getMethods()) {
            if (method.getParameterCount() == 0
                    && !Modifier.isStatic(method.getModifiers())
                    && method.getReturnType() != void.class
                    && method.getReturnType() != type
                    && method.getDeclaringClass() != Object.class
                    && !List.of("hashCode", "toString", "clone", "getClass").contains(method.getName())) {
                fields.add(method.getName());
            }
        }
        return fields;
    }

    /** {@code did you mean x?}, or the list of what there is. */
    static String near(String found, TreeSet<String> known) {
        String all = "there are " + String.join(", ", known);
        return nearest(found, known)
                .map(name -> "did you mean " + name + "? T" + all.substring(1))
                .orElse(all);
    }

    /** The known word that somebody probably meant. */
    static Optional<String> nearest(String found, Collection<String> known) {
        String plain = found.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(plain, name.toLowerCase(Locale.ROOT))))
                .filter(name -> distance(plain, name.toLowerCase(Locale.ROOT)) <= Math.max(2, found.length() / 3));
    }

    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(swap, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
