package io.tocsin.evaluate.why;

import io.tocsin.model.Alert;
import io.tocsin.model.Source;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Trend;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The facts by type, and the node that each is about. */
final class FactBase {
    private final List<Object> facts;
    private final String node;
    private final Map<Class<?>, List<Object>> byType = new HashMap<>();
    private final Map<Class<?>, List<Object>> ofNode = new HashMap<>();

    /**
     * Some facts.
     *
     * @param node the node that is asked about; null for any
     */
    FactBase(List<Object> facts, String node) {
        this.facts = facts;
        this.node = node;
    }

    List<Object> of(Class<?> type) {
        return byType.computeIfAbsent(
                type, wanted -> facts.stream().filter(wanted::isInstance).toList());
    }

    /** Facts of a type that are about the node that is asked about, or about the whole cluster. */
    List<Object> ofNode(Class<?> type) {
        return node == null
                ? of(type)
                : ofNode.computeIfAbsent(
                        type,
                        wanted -> of(wanted).stream()
                                .filter(fact -> node(fact) == null || node(fact).equals(node))
                                .toList());
    }

    static boolean aboutNodes(Class<?> type) {
        return Telemetry.class.isAssignableFrom(type)
                || type == Source.class
                || type == Trend.class
                || type == Alert.class;
    }

    static String node(Object fact) {
        if (fact instanceof Telemetry telemetry) {
            return telemetry.node();
        }
        if (fact instanceof Source source) {
            return source.node();
        }
        if (fact instanceof Trend trend) {
            return trend.node();
        }
        return fact instanceof Alert alert ? alert.node() : null;
    }
}
