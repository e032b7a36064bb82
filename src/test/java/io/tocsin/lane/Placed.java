package io.tocsin.lane;

import io.tocsin.membership.Ownership;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who owns what, as a test says; one view for all members. */
final class Placed {
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final List<String> members = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> changed = new ConcurrentLinkedQueue<>();

    private volatile boolean minority;

    void minority(boolean few) {
        minority = few;
    }

    void place(String cluster, String place) {
        owners.put(cluster, place);
        changed.forEach(Runnable::run);
    }

    /** As this member sees it. */
    Ownership of(String me) {
        members.add(me);
        return new Ownership() {
            @Override
            public String me() {
                return me;
            }

            @Override
            public String ownerOf(String cluster) {
                return owners.get(cluster);
            }

            @Override
            public boolean mine(String cluster) {
                return me.equals(owners.get(cluster));
            }

            @Override
            public List<String> members() {
                return List.copyOf(members);
            }

            @Override
            public boolean sends(String receiver) {
                return false;
            }

            @Override
            public boolean minority() {
                return minority;
            }

            @Override
            public void onChange(Runnable again) {
                changed.add(again);
            }
        };
    }
}
