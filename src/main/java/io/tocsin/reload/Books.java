package io.tocsin.reload;

import io.tocsin.evaluate.RuleBook;
import java.util.ArrayList;
import java.util.List;

/** The rule set in force, and older ones that a lane may still have; whatever is in here is closed by {@link #close}. */
public final class Books implements AutoCloseable {
    private final List<RuleBook> retired = new ArrayList<>();
    private RuleBook inForce;

    /** This one is in force. */
    public Books(RuleBook first) {
        this.inForce = first;
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
