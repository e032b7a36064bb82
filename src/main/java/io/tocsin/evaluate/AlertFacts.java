package io.tocsin.evaluate;

import io.tocsin.model.Alert;
import java.util.HashMap;
import java.util.Map;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/** The open alerts of a session as facts, the latest revision of each. */
final class AlertFacts {
    private final Map<String, Alert> alerts = new HashMap<>();
    private final Map<String, FactHandle> handles = new HashMap<>();
    private KieSession session;

    void attach(KieSession session) {
        this.session = session;
    }

    void put(Alert alert) {
        FactHandle handle = handles.get(alert.id());
        if (!alert.open()) {
            alerts.remove(alert.id());
            if (handle != null) {
                handles.remove(alert.id());
                session.delete(handle);
            }
        } else {
            alerts.put(alert.id(), alert);
            if (handle == null) {
                handles.put(alert.id(), session.insert(alert));
            } else {
                session.update(handle, alert);
            }
        }
    }

    int size() {
        return alerts.size();
    }

    /** Puts all into a new session. */
    void refill() {
        handles.clear();
        alerts.values().forEach(alert -> handles.put(alert.id(), session.insert(alert)));
    }

    void copyInto(KieSession other) {
        alerts.values().forEach(other::insert);
    }
}
