package io.tocsin.membership;

import io.tocsin.bus.LogFamily;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ownership among members. What changes comes into force once it has stood for a moment: a tenth of a second where
 * somebody came or went; two seconds where only rules differ, as a change of rules reaches one member after the other. A
 * member that is the first waits for others that may start at the same time. A member that is cut off from most of the
 * others steps back if they live, see {@link Retreat}.
 */
final class SettledOwnership implements Ownership {
    private static final Logger log = LoggerFactory.getLogger(Members.class);
    private static final Duration SETTLE = Duration.ofMillis(100);
    private static final Duration SETTLE_RULES = Duration.ofSeconds(2);

    /** However restless the view is, it comes into force after this. */
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final String me;
    private final Duration first;
    private final Later later;
    private final LongSupplier nanos;
    private final Electorate electorate = new Electorate();
    private final Retreat retreat;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Placement pending;
    private long differsSince;
    private volatile Placement inForce = Placement.of(List.of());
    private volatile boolean minority;
    private volatile boolean away;

    /** Runs something after a time, on the thread that tells of views. */
    interface Later {
        void after(Duration time, Runnable what);
    }

    /**
     * Nobody has anything yet.
     *
     * @param first how long the first member waits for others
     * @param nanos monotonic time
     */
    SettledOwnership(String me, Duration first, Later later, LongSupplier nanos) {
        this(me, first, new Retreat(Set::of), later, nanos);
    }

    /** The same for one that steps back where others should go on. */
    SettledOwnership(String me, Duration first, Retreat retreat, Later later, LongSupplier nanos) {
        this.me = me;
        this.first = first;
        this.retreat = retreat;
        this.later = later;
        this.nanos = nanos;
    }

    /** A new view, or the same again. One thread. */
    void see(Roster.View view) {
        Set<String> left = view.away().stream()
                .filter(one -> one.state() == MemberState.LEFT)
                .map(SeenMember::place)
                .collect(Collectors.toSet());
        Set<String> places = view.places();
        places.add(me);
        electorate.see(places, left, nanos.getAsLong());
        boolean before = minority;
        boolean wasAway = away;
        minority = electorate.minority();
        away = retreat.see(minority, places.size(), nanos.getAsLong());
        Placement seen =
                Placement.of(view.ours().stream().map(SeenMember::candidate).toList());
        if (seen.equals(inForce)) {
            pending = null;
        } else if (!seen.equals(pending)) {
            settle(seen);
        }
        if (away != wasAway) {
            tell();
        }
        if (before != minority || away != wasAway) {
            listeners.forEach(Runnable::run);
        }
    }

    private void tell() {
        if (away) {
            log.warn(
                    LogFamily.FAILURE,
                    "❌ member {} is cut off from most of the others, which live: it steps back, so that they take over",
                    me);
        } else {
            log.info(LogFamily.SUCCESS, "★ member {} no longer steps back", me);
        }
    }

    private void settle(Placement seen) {
        if (pending == null) {
            differsSince = nanos.getAsLong();
        }
        pending = seen;
        if (nanos.getAsLong() - differsSince > LONGEST.toNanos()) {
            apply();
        } else {
            later.after(patience(seen), () -> {
                if (pending == seen) {
                    apply();
                }
            });
        }
    }

    private Duration patience(Placement seen) {
        if (seen.contains(me) && !inForce.contains(me) && seen.size() == 1) {
            return first;
        }
        return seen.sameMembers(inForce) ? SETTLE_RULES : SETTLE;
    }

    private void apply() {
        inForce = pending;
        pending = null;
        listeners.forEach(Runnable::run);
    }

    @Override
    public String me() {
        return me;
    }

    @Override
    public String ownerOf(String cluster) {
        return away ? null : inForce.ownerOf(cluster);
    }

    @Override
    public boolean mine(String cluster) {
        return me.equals(ownerOf(cluster));
    }

    @Override
    public List<String> members() {
        return inForce.members();
    }

    @Override
    public boolean sends(String receiver) {
        return !away && me.equals(inForce.senderOf(receiver));
    }

    @Override
    public boolean minority() {
        return minority;
    }

    @Override
    public void onChange(Runnable changed) {
        listeners.add(changed);
    }
}
