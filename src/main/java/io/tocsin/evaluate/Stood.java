package io.tocsin.evaluate;

import io.tocsin.model.AlertKey;
import io.tocsin.model.Escalation;
import io.tocsin.model.Standing;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What rules had concluded before others took their place. What stands just as before need not be looked at again, which
 * is nearly everything after an edit.
 *
 * @param findings by key
 * @param orders standing orders by alert, each with the rule that gives it
 * @param routes receivers by alert
 * @param due keys and alerts that had to be looked at all the same
 */
record Stood(
        Map<AlertKey, List<Standing>> findings,
        Map<String, Map<Escalation, String>> orders,
        Multi<String, String> routes,
        Set<Object> due) {

    boolean same(AlertKey key, List<Standing> now) {
        List<Standing> before = findings.getOrDefault(key, List.of());
        return !due.contains(key)
                && before.size() == now.size()
                && now.stream().allMatch(one -> before.stream().anyMatch(other -> same(one, other)));
    }

    private static boolean same(Standing one, Standing other) {
        return one.rule().name().equals(other.rule().name()) && one.finding().equals(other.finding());
    }

    boolean same(String alertId, Map<Escalation, String> ordersNow, Set<String> routesNow) {
        return !due.contains(alertId)
                && orders.getOrDefault(alertId, Map.of()).equals(ordersNow)
                && routes.get(alertId).equals(routesNow);
    }
}
