package io.tocsin.membership;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.tocsin.bus.LogFamily;
import io.tocsin.membership.Roster.Process;
import io.tocsin.membership.Roster.View;
import io.tocsin.model.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces this member, again and again, and calls the roll of all whenever something changes. Looking and writing have a
 * thread each: a write may hang while the cluster is unsettled, and just then a look must not.
 */
final class RollCall implements MembershipListener, AutoCloseable {
    /** A member's id in its attributes; it names one life of a process and outlives a merge of two clusters. */
    static final String ID = "__vertx.nodeId";

    private static final Logger log = LoggerFactory.getLogger(Members.class);
    private static final long LOOK_MS = 1000;
    private static final long ANNOUNCE_MS = 5000;
    private static final long LISTEN_MS = 25;

    private final HazelcastInstance hazelcast;
    private final Board board;
    private final ClockRounds clocks;
    private final Self self;
    private final Roster roster = new Roster();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final ScheduledExecutorService looks = thread("tocsin-members");
    private final ScheduledExecutorService writes = thread("tocsin-announce");
    private final String id;
    private volatile Announcement mine;
    private volatile View view = View.NOTHING;
    private Consumer<View> heard = any -> {};
    private volatile String awayWritten = "[]";

    RollCall(HazelcastInstance hazelcast, Board board, ClockRounds clocks, Self self) {
        this.hazelcast = hazelcast;
        this.board = board;
        this.clocks = clocks;
        this.self = self;
        this.id = hazelcast.getCluster().getLocalMember().getAttribute(ID);
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Announces this member for the first time and goes on; {@code heard} hears of every look, on one thread. */
    void start(Announcement first, Consumer<View> heard) {
        this.mine = first;
        this.heard = heard;
        clocks.answer();
        board.onChange(this::soon);
        hazelcast.getCluster().addMembershipListener(this);
        hazelcast.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
                write();
                soon();
            }
        });
        looks.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
        writes.scheduleWithFixedDelay(this::announceAgain, 0, ANNOUNCE_MS, TimeUnit.MILLISECONDS);
    }

    /** Says something else of this member; done once the others can read it. */
    CompletableFuture<Void> announce(String ruleHash, MemberState state) {
        mine = mine.with(ruleHash, state);
        soon();
        return write();
    }

    /** What this member says of itself. */
    Announcement mine() {
        return mine;
    }

    /** The last look. */
    View view() {
        return view;
    }

    /** Whether every process that was there before this one has said what it is. */
    boolean everybodyOlderIsKnown() {
        Set<String> known = view.ours().stream().map(SeenMember::place).collect(Collectors.toSet());
        return processes().stream()
                .takeWhile(process -> !process.id().equals(id))
                .allMatch(process -> known.contains(process.place()));
    }

    /** Takes the announcement back. */
    CompletableFuture<Void> withdraw() {
        return CompletableFuture.runAsync(() -> board.remove(id), writes);
    }

    /** Does something after a time on the thread of the looks. */
    void after(Duration time, Runnable what) {
        try {
            looks.schedule(what, time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            log.debug("nothing is looked at any longer");
        }
    }

    private CompletableFuture<Void> write() {
        try {
            return CompletableFuture.runAsync(() -> board.write(id, mine), writes);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    private void announceAgain() {
        try {
            board.write(id, mine);
            clocks.ask(view.ours().stream().map(SeenMember::place).toList());
        } catch (HazelcastException | IllegalStateException unsettled) {
            log.debug("not announced, tried again: {}", Text.clean(unsettled.toString()));
        }
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        soon();
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        soon();
    }

    /** Looks in a moment, once for all that changes until then. */
    private void soon() {
        if (looking.compareAndSet(false, true)) {
            after(Duration.ofMillis(LISTEN_MS), () -> {
                looking.set(false);
                look();
            });
        }
    }

    private void look() {
        try {
            View seen = roster.call(
                    processes(),
                    process -> process.id().equals(id) ? Optional.of(mine) : board.read(process.id(), process.place()),
                    board.away(),
                    self.clock().get());
            clocks.askUnknown(seen.ours().stream().map(SeenMember::place).collect(Collectors.toSet()));
            view = new View(Agreement.of(seen.ours(), clocks.offsets()), seen.foreign(), seen.away());
            tellWhoIsAway();
            heard.accept(view);
        } catch (HazelcastException | IllegalStateException unsettled) {
            // Hazelcast starts over within the process when two clusters merge
            log.debug("no roll call: {}", Text.clean(unsettled.toString()));
        } catch (RuntimeException bug) {
            // an exception would end the looks for good, and this member would go on with a view that is no longer true
            log.error(LogFamily.FAILURE, "❌ members cannot be counted: {}", Text.clean(bug.toString()), bug);
        }
    }

    private List<Process> processes() {
        return hazelcast.getCluster().getMembers().stream()
                .map(member -> new Process(String.valueOf(member.getAttribute(ID)), Members.place(member)))
                .toList();
    }

    /** The oldest member writes it down for those who start later. */
    private void tellWhoIsAway() {
        String text = roster.awayText();
        boolean oldest = !view.ours().isEmpty() && view.ours().get(0).place().equals(mine.place());
        if (oldest && !text.equals(awayWritten)) {
            awayWritten = text;
            CompletableFuture.runAsync(() -> board.writeAway(text), writes).exceptionally(unsettled -> {
                awayWritten = "";
                return null;
            });
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        writes.shutdownNow();
    }
}
