package io.tocsin.lane;

import io.tocsin.model.Alert;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Transition;
import io.tocsin.store.Transaction;
import java.util.List;

/**
 * What one step of a cluster's session decided. Nothing of it leaves the process before the transaction is committed.
 *
 * @param transaction what to write; may be empty
 * @param changes every transition with the alert as of its revision, in order
 * @param derived readings that the step made: cluster health, metric alerts, throughput and latency of timings
 * @param forgotten keys of series that are gone: what is kept of them elsewhere is no longer so
 */
public record Step(Transaction transaction, List<Changed> changes, List<Telemetry> derived, List<String> forgotten) {
    public Step {
        changes = List.copyOf(changes);
        derived = List.copyOf(derived);
        forgotten = List.copyOf(forgotten);
    }

    /** A transition and the alert after it. */
    public record Changed(Alert alert, Transition transition) {}

    /** The same, to be said while the store is away. */
    Step asDegraded() {
        return new Step(
                transaction,
                changes.stream()
                        .map(change -> new Changed(change.alert().asDegraded(), change.transition()))
                        .toList(),
                derived,
                forgotten);
    }

    /** Whether there is nothing to write and nothing to say. */
    public boolean isEmpty() {
        return transaction.isEmpty() && changes.isEmpty() && derived.isEmpty();
    }
}
