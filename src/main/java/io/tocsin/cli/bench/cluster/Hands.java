package io.tocsin.cli.bench.cluster;

import io.tocsin.model.Text;
import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be put away at the end, the last first; at Ctrl-C too. For any number of threads. */
final class Hands implements AutoCloseable {
    private final Deque<AutoCloseable> full = new ArrayDeque<>();
    private boolean closed;
    private String left;

    /** From now on this is put away. */
    synchronized <T extends AutoCloseable> T hold(T one) {
        if (closed) {
            quietly(one);
            throw new ClusterFault("interrupted");
        }
        full.push(one);
        return one;
    }

    private void quietly(AutoCloseable one) {
        try {
            one.close();
            if (one instanceof Hands others && others.left() != null) {
                left = others.left();
            }
        } catch (Exception fault) {
            left = Text.clean(String.valueOf(fault.getMessage()));
        }
    }

    /** What could not be put away; null if nothing. */
    synchronized String left() {
        return left;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!full.isEmpty()) {
            quietly(full.pop());
        }
    }
}
