package io.tocsin.alert;

import io.tocsin.model.Life;
import io.tocsin.model.Transition;
import java.util.List;

/** What a signal does to an alert. */
public sealed interface Decision {
    /** Nothing to do, nothing to write. */
    record Nothing() implements Decision {}

    /**
     * The alert is another one now.
     *
     * @param life after the signal; each transition raised its revision by one
     * @param transitions what happened, in order; empty if only what is remembered changed (no revision, no row)
     * @param discarded whether it was pending and lapsed
     */
    record Changed(Life life, List<Transition> transitions, boolean discarded) implements Decision {
        public Changed {
            transitions = List.copyOf(transitions);
        }
    }

    /**
     * The signal is not allowed in the alert's state.
     *
     * @param reason why, for the person who asked
     */
    record Refused(String reason) implements Decision {}
}
