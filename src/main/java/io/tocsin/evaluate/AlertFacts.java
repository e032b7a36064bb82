package io.tocsin.evaluate;

import io.tocsin.model.Alert;
import java.util.HashMap;
import java.util.Map;
import org.drools.core.common.InternalFactHandle;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/** The open alerts of a session as facts, the latest revision of each. */
final class AlertFacts {
    private final Map<String, FactHandle> handles = new HashMap<>();
    private KieSession session;

    void attach(KieSession session) {
        this.session = session;
    }

    void put(Alert alert) {
        FactHandle handle = handles.get(alert.id());
        if (alert.open()) {
            if (handle == null) {
                handles.put(alert.id(), session.insert(alert));
            } else {
                session.update(handle, alert);
            }
        } else if (handle != null) {
            handles.remove(alert.id());
            session.delete(handle);
        }
    }

    int size() {
        return handles.size();
    }

    /** Puts all into a new session. */
    void refill() {
        handles.replaceAll((id, old) -> session.insert(alert(old)));
    }

    void copyInto(KieSession other) {
        handles.values().forEach(handle -> other.insert(alert(handle)));
    }

    /** The alert under a handle, whose session may be gone. */
    private static Object alert(FactHandle handle) {
        return ((InternalFactHandle) handle).getObject();
    }
}
