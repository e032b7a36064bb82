package io.tocsin.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.membership.Ownership;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.Telemetry;
import io.tocsin.store.FencedException;
import io.tocsin.store.HeldException;
import io.tocsin.store.Restored;
import io.tocsin.store.Store;
import io.tocsin.store.StoreException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The watches of one lane over its monitored clusters, each taken up when it is first needed. What a step of theirs
 * decides is committed before anything of it goes out; a watch that fails is given up and taken up again from the store.
 */
final class Watches {
    private final LaneSettings settings;
    private final Store store;
    private final OpenAlerts where;
    private final Ownership ownership;
    private final Supplier<Instant> clock;
    private final MeterRegistry registry;
    private final Outgoing outgoing;
    private final LaneTape tape;
    private final Map<String, ClusterWatch> open = new LinkedHashMap<>();
    private final LaneLog log;
    private final Mirrors mirrors;
    private final Retries retries = new Retries();
    private final Shift shift;
    private RuleBook book;
    private RuleSwap swap;

    Watches(Shift shift, LaneSettings settings, LaneVerticle.Tools tools, Context context, Publisher publisher) {
        this.shift = shift;
        this.settings = settings;
        this.book = settings.book();
        this.store = tools.store();
        this.where = tools.where();
        this.ownership = tools.ownership();
        this.clock = tools.clock();
        this.registry = tools.registry();
        this.outgoing = new Outgoing(store, shift, context, publisher);
        this.log = new LaneLog(shift.lane(), registry);
        this.mirrors = new Mirrors(context.owner(), shift.lane(), tools.shelf(), settings.staleAfter(), registry);
        this.tape = new LaneTape(shift.lane(), tools.recorder(), store);
    }

    /** The watches by cluster. */
    Map<String, ClusterWatch> open() {
        return open;
    }

    /** What is told before it is done. */
    LaneTape tape() {
        return tape;
    }

    /** The rules in force. */
    RuleBook book() {
        return book;
    }

    /** How many steps wait for their commit. */
    int uncommitted() {
        return outgoing.uncommitted();
    }

    /** Clusters whose watch failed and should be tried now. */
    List<String> toTryAgain(Instant now) {
        return List.copyOf(retries.due(now));
    }

    /** From now on these rules are in force; each watch comes under them when it is next used. */
    RuleSwap under(RuleBook other) {
        book = other;
        swap = new RuleSwap(open.keySet(), registry);
        return swap;
    }

    /** What other members know of the readings. */
    Mirrors mirrors() {
        return mirrors;
    }

    /** Has what is known written for the next owner. */
    void mirror() {
        all();
        mirrors.write(clock.get());
    }

    private void all() {
        if (mirrors.joined()) {
            open.values().forEach(mirrors::known);
        }
    }

    /** Whether a cluster is tried again later. */
    boolean waitsFor(String cluster) {
        return retries.waits(cluster);
    }

    /** Gives all back. */
    void close() {
        if (shift.relieved()) {
            open.values().forEach(ClusterWatch::close);
            open.clear();
        } else {
            List.copyOf(open.keySet()).forEach(this::giveBack);
        }
    }

    /** Ends a watch and lets others have its cluster once all that it decided is written. */
    void giveBack(String cluster) {
        all();
        ClusterWatch watch = end(cluster);
        if (ownership.members().size() > 1) {
            log.givenBack(cluster, ownership.mine(cluster) ? null : ownership.ownerOf(cluster));
        }
        mirrors.leave(cluster, clock.get()).onComplete(left -> outgoing.release(cluster, watch.epoch(), log));
    }

    /** Tells a watch whether what it does not hear is silent, or only cut off. */
    void silence(String cluster, boolean counts, Instant now) {
        JsonObject command = Commands.silence(counts);
        guarded(cluster, watch -> {
            tape.command(watch, command, now);
            Commands.run(watch, command, now);
        });
        log.silence(cluster, counts);
    }

    private ClusterWatch end(String cluster) {
        ClusterWatch watch = open.remove(cluster);
        if (watch != null) {
            tape.closed(cluster, clock.get());
            where.forget(cluster);
            watch.close();
        }
        return watch;
    }

    private void abandon(String cluster) {
        mirrors.drop(cluster);
        end(cluster);
    }

    void held(String cluster, HeldException held) {
        if (retries.held(cluster, clock.get())) {
            log.held(cluster, held);
        }
    }

    /** The watch over a cluster, taken up from the store if there is none. */
    ClusterWatch watch(String cluster) {
        Pulse.Work work = shift.pulse().begin(cluster, book);
        try {
            ClusterWatch watch = known(cluster);
            shift.pulse().in(watch.session());
            return watch;
        } finally {
            shift.pulse().end(work);
        }
    }

    private ClusterWatch known(String cluster) {
        ClusterWatch known = open.get(cluster);
        if (known != null) {
            return known;
        }
        Restored stored = store.claim(cluster);
        Instant now = clock.get();
        tape.opened(cluster, book.hash(), stored, now);
        ClusterWatch opened = new ClusterWatch(
                book, settings.watch(cluster, shift.stuck().of(cluster, book)), stored, otherPolicy(), now);
        open.put(cluster, opened);
        inCharge();
        retries.worked(cluster);
        opened.alerts().forEach(alert -> where.opened(alert.id(), cluster));
        log.watching(opened);
        finish(opened);
        takeOver(opened, now);
        return opened;
    }

    /** The last owner's readings come in as readings do, each with the instant at which it was received. */
    private void takeOver(ClusterWatch watch, Instant now) {
        List<Telemetry> left = mirrors.left(watch);
        if (!left.isEmpty()) {
            tape.put(watch.cluster(), left, now);
            watch.put(left, now);
            mirrors.note(watch, left);
            finish(watch);
        }
    }

    private OtherPolicy otherPolicy() {
        return new OtherPolicy(
                book, (hash, rule) -> store.rule(hash, rule).map(RuleInfo::text).orElse(null));
    }

    /** Whatever is done with a watch is done under the rules in force: none lags behind until its turn comes. */
    private void underRules(ClusterWatch watch) {
        if (watch.session().rules() != book) {
            long began = System.nanoTime();
            try {
                watch.reload(book, clock.get());
                finish(watch);
            } catch (RuntimeException fault) {
                swap.failed();
                throw fault;
            }
            swap.changed(System.nanoTime() - began);
        }
    }

    /**
     * Does something with a watch and finishes the step; tells whether it went out degraded. A watch that fails is given up
     * and taken up again from the store.
     */
    Future<Boolean> guarded(String cluster, Consumer<ClusterWatch> work) {
        if (!ownership.mine(cluster)) {
            retries.forget(cluster);
            return Future.failedFuture(new ElsewhereException(cluster, ownership.ownerOf(cluster)));
        }
        Pulse.Work begun = null;
        try {
            begun = shift.pulse().begin(cluster, book);
            ClusterWatch watch = watch(cluster);
            underRules(watch);
            work.accept(watch);
            if (shift.blamed(begun)) {
                throw new IllegalStateException("it came back too late from a rule, and goes on without");
            }
            return finish(watch);
        } catch (HeldException held) {
            held(cluster, held);
            return Future.failedFuture(held);
        } catch (RuntimeException fault) {
            if (!shift.relieved()) {
                giveUp(cluster, fault);
            }
            return Future.failedFuture(fault);
        } finally {
            shift.pulse().end(begun);
        }
    }

    /** What a thread decides that has come back too late counts nothing: its clusters are somebody else's. */
    private void inCharge() {
        if (shift.relieved()) {
            throw new Pulse.RelievedException();
        }
    }

    private void giveUp(String cluster, Throwable fault) {
        boolean again = retries.failed(cluster, clock.get());
        if (fault instanceof StoreException && !open.containsKey(cluster)) {
            log.notTakenUp(cluster, again, fault);
            return;
        }
        log.gaveUp(cluster, fault);
        abandon(cluster);
    }

    private Future<Boolean> finish(ClusterWatch watch) {
        inCharge();
        Step step = watch.drain();
        mirrors.forget(watch, step.forgotten(), clock.get());
        if (step.isEmpty()) {
            return Future.succeededFuture(false);
        }
        step.changes().forEach(change -> where.note(change.alert(), watch.cluster()));
        return outgoing.commit(step, fault -> lost(watch, fault));
    }

    private void lost(ClusterWatch watch, Throwable fault) {
        if (shift.relieved() || open.get(watch.cluster()) != watch) {
            return;
        }
        if (fault instanceof FencedException) {
            log.takenOver(watch.cluster());
            abandon(watch.cluster());
        } else {
            giveUp(watch.cluster(), fault);
        }
    }
}
