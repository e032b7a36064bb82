package io.tocsin.reload;

import io.tocsin.evaluate.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The rule set in force, and older ones that a lane may still have; whatever is in here is closed by {@link #close}. */
public final class Books implements AutoCloseable {
    private final List<RuleBook> retired = new ArrayList<>();
    private RuleBook inForce;
    private Consumer<String> taken = hash -> {};

    /** This one is in force. */
    public Books(RuleBook first) {
        this.inForce = first;
    }

    /** Calls back with the hash of each rule set that comes into force from now on. */
    public synchronized void onTake(Consumer<String> listener) {
        taken = listener;
    }

    synchronized RuleBook inForce() {
        return inForce;
    }

    /**
     * Another one is in force.
     *
     * @param everywhere whether no lane has the old one any longer, so that it can be closed
     */
    synchronized void take(RuleBook next, boolean everywhere) {
        retired.add(inForce);
        inForce = next;
        taken.accept(next.hash());
        if (everywhere) {
            retired.forEach(RuleBook::close);
            retired.clear();
        }
    }

    /** To be called when no lane runs any longer. */
    @Override
    public synchronized void close() {
        retired.forEach(RuleBook::close);
        retired.clear();
        inForce.close();
    }
}
