package io.tocsin.lane;

import io.tocsin.evaluate.SessionSettings;
import java.util.Set;

/**
 * What the watch over one monitored cluster needs to know beside its rules.
 *
 * @param session what its session needs
 * @param receivers the receivers that config defines
 */
public record WatchSettings(SessionSettings session, Set<String> receivers) {
    public WatchSettings {
        receivers = Set.copyOf(receivers);
    }

    String cluster() {
        return session.cluster();
    }
}
