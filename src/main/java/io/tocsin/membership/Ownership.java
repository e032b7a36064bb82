package io.tocsin.membership;

import java.util.List;

/**
 * Where things belong, as far as this member sees at this moment: which member should own a monitored cluster, which one
 * sends for a receiver. All members with the same view agree. It is placement only; what keeps two owners apart is the
 * epoch in the store. Never blocks, any thread may ask.
 */
public interface Ownership {
    /** {@code host:port} of this member; null if the bus is local. */
    String me();

    /** {@code host:port} of the member that should own a monitored cluster; null if none can at present. */
    String ownerOf(String cluster);

    /** Whether this member should own the cluster. */
    boolean mine(String cluster);

    /** {@code host:port} of the members that take part at present, this one included; foreign applications are none. */
    List<String> members();

    /** Whether this member should send for a receiver. */
    boolean sends(String receiver);

    /** Whether this member sees less than half of the members that there were last: what is silent then proves nothing. */
    boolean minority();

    /** Calls back after the view has changed, soon and on any thread; must not be held up. */
    void onChange(Runnable changed);

    /** All is this process' own, for ever. */
    static Ownership alone(String me) {
        return new Ownership() {
            @Override
            public String me() {
                return me;
            }

            @Override
            public String ownerOf(String cluster) {
                return me;
            }

            @Override
            public boolean mine(String cluster) {
                return true;
            }

            @Override
            public List<String> members() {
                return List.of(String.valueOf(me));
            }

            @Override
            public boolean sends(String receiver) {
                return true;
            }

            @Override
            public boolean minority() {
                return false;
            }

            @Override
            public void onChange(Runnable changed) {
                // nothing ever changes
            }
        };
    }
}
