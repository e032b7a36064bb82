package io.tocsin.lane;

import io.tocsin.evaluate.SessionSettings;
import java.util.Map;
import java.util.Set;

/**
 * What the watch over one monitored cluster needs to know beside its rules.
 *
 * @param session what its session needs
 * @param receivers the receivers that config defines
 * @param stuck rules that it does without from the start, as they did not return, each with the reason
 */
public record WatchSettings(SessionSettings session, Set<String> receivers, Map<String, String> stuck) {
    public WatchSettings {
        receivers = Set.copyOf(receivers);
        stuck = Map.copyOf(stuck);
    }

    /** With all rules. */
    public WatchSettings(SessionSettings session, Set<String> receivers) {
        this(session, receivers, Map.of());
    }

    String cluster() {
        return session.cluster();
    }
}
