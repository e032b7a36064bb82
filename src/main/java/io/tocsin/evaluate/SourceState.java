package io.tocsin.evaluate;

import io.tocsin.model.Source;
import java.time.Instant;
import org.kie.api.runtime.rule.FactHandle;

/** What a session knows of a node, or of one check of a node. */
final class SourceState implements Expiries.Target {
    final String node;
    final String check;
    long lastSeen;
    long ttl;
    int series;
    int freshSeries;
    int observers;
    boolean silent;
    boolean declared;
    boolean heard = true;
    FactHandle handle;

    SourceState(String node, String check) {
        this.node = node;
        this.check = check;
    }

    void seen(long at) {
        lastSeen = at;
        heard = true;
    }

    Source fact() {
        return new Source(node, check, heard ? Instant.ofEpochMilli(lastSeen) : null, silent, observers);
    }

    String name() {
        return check == null ? node : node + "/" + check;
    }

    @Override
    public long dueAt(long pushed) {
        return pushed;
    }
}
