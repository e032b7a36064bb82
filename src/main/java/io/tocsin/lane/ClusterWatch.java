package io.tocsin.lane;

import io.tocsin.alert.Decision;
import io.tocsin.alert.Lifecycle;
import io.tocsin.alert.Signal;
import io.tocsin.evaluate.Put;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleSession;
import io.tocsin.evaluate.SeenSource;
import io.tocsin.model.Alert;
import io.tocsin.model.Cause;
import io.tocsin.model.Event;
import io.tocsin.model.Life;
import io.tocsin.model.PerformanceAnalysis;
import io.tocsin.model.Reading;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Timing;
import io.tocsin.store.Restored;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * The watch over one monitored cluster: its session, its open alerts and their deadlines. Telemetry, commands and time go
 * in; {@link #drain} gives what was decided. Pure but for its own state: no clock, no I/O, one thread. So a live run, a
 * scenario and a replay are the same code.
 */
public final class ClusterWatch implements AutoCloseable {
    private final WatchSettings settings;
    private final long epoch;
    private final RuleSession session;
    private final Reasons reasons;
    private final AlertBook alerts;
    private final Rounds rounds;
    private final TimingWindows timings = new TimingWindows();
    private final Tally tally = new Tally();
    private final SourceNotes sources;
    private Instant now;
    private boolean silenceProvesNothing;

    /** Takes up what is stored of a cluster under the same rules; the step that this makes is drained like any other. */
    public ClusterWatch(RuleBook book, WatchSettings settings, Restored restored, Instant now) {
        this(book, settings, restored, life -> false, now);
    }

    /**
     * Takes up what is stored of a cluster; the step that this makes is drained like any other.
     *
     * @param otherPolicy whether a rule under an alert is another one now, or gone: then its silence ends the alert
     */
    public ClusterWatch(
            RuleBook book, WatchSettings settings, Restored restored, Predicate<Life> otherPolicy, Instant now) {
        this.settings = settings;
        this.epoch = restored.epoch();
        this.now = now;
        this.sources = new SourceNotes(now);
        this.session =
                new RuleSession(book, settings.session(), settings.stuck().keySet(), now);
        this.reasons = new Reasons(book, session, settings, now);
        readings(restored);
        this.alerts = new AlertBook(session, new Lifecycle(book.hash()), reasons, tally, restored);
        this.rounds = new Rounds(settings, session, reasons, alerts, tally);
        rounds.stuck(settings.stuck());
        try {
            restore(restored, otherPolicy);
        } catch (RuntimeException fault) {
            session.close();
            throw fault;
        }
    }

    private void readings(Restored restored) {
        restored.sources()
                .forEach(source -> session.restoreSource(
                        source.node(), source.check(), source.lastSeen(), source.silent(), source.ttlMillis(), now));
        Reasons.readings(restored.open()).forEach(reading -> session.restore(reading, now));
    }

    private void restore(Restored restored, Predicate<Life> otherPolicy) {
        alerts.log().collapseEscalations();
        rounds.settle(Cause.RESTORE, now);
        for (Life life : restored.open()) {
            Cause cause = otherPolicy.test(life) && Reasons.shownAgain(life) ? Cause.RULES : Cause.RESTORE;
            alerts.consider(life.alert().key(), cause, now);
            alerts.orders(life.alert().id(), now, false);
        }
        rounds.settle(Cause.RESTORE, now);
        alerts.lookAtMutes(now.plus(settings.session().defaultTtl()));
        runDeadlines(now);
    }

    /** Evaluates telemetry that came in at an instant, after all that was due before it. */
    public void put(List<Telemetry> batch, Instant at) {
        advance(at);
        for (Telemetry telemetry : batch) {
            if (telemetry instanceof Reading reading) {
                put(reading);
            } else {
                happened((Event) telemetry);
            }
        }
        rounds.settle(Cause.READING, now);
    }

    private void put(Reading reading) {
        if (reading instanceof PerformanceAnalysis) {
            alerts.log().diagnostic(reading);
        }
        Put put = offer(reading);
        if (put == Put.AGAIN) {
            rounds.settle(Cause.READING, now);
            put = offer(reading);
        }
        tally.count(put);
    }

    private Put offer(Reading reading) {
        try {
            return session.put(reading);
        } catch (RuntimeException thrown) {
            rounds.quarantine(session.fault(thrown));
            return Put.TAKEN;
        }
    }

    private void happened(Event event) {
        if (event instanceof Timing timing) {
            if (!timings.add(timing, now)) {
                tally.refusedTiming();
            }
        } else {
            alerts.log().diagnostic(event);
        }
        tally.event();
    }

    /** Moves time on, stopping at everything that is due, in order. */
    public void advance(Instant to) {
        runDeadlines(to);
        if (to.isAfter(now)) {
            now = to;
            session.advance(to);
        }
    }

    private void runDeadlines(Instant to) {
        for (Instant due = nextDue(); due != null && !due.isAfter(to); due = nextDue()) {
            if (due.isAfter(now)) {
                now = due;
                session.advance(due);
            }
            runDue(due);
        }
    }

    private void runDue(Instant due) {
        for (Reading reading : timings.due(due)) {
            alerts.log().derived(reading);
            put(reading);
        }
        rounds.settle(Cause.READING, now);
        Instant expiry = nextExpiry();
        if (expiry != null && !expiry.isAfter(due)) {
            try {
                session.expire(due);
            } catch (RuntimeException thrown) {
                rounds.quarantine(session.fault(thrown));
            }
            rounds.settle(Cause.EXPIRY, now);
        }
        alerts.due(now);
        rounds.settle(Cause.DEADLINE, now);
    }

    /** When {@link #advance} has something to do next; null if never. */
    public Instant nextDue() {
        return Deadlines.earliest(alerts.nextDeadline(), Deadlines.earliest(nextExpiry(), timings.next()));
    }

    private Instant nextExpiry() {
        return silenceProvesNothing ? null : session.nextExpiry();
    }

    /** Whether what is not heard counts as silent; if not, nothing expires, and what did not does so once it counts again. */
    void silenceCounts(boolean counts, Instant at) {
        advance(at);
        silenceProvesNothing = !counts;
        runDeadlines(now);
    }

    boolean silenceCounts() {
        return !silenceProvesNothing;
    }

    /** Somebody answers an alert. */
    public CommandResult acknowledge(String alertId, Signal.Acknowledge answer, Instant at) {
        advance(at);
        Life life = alerts.life(alertId);
        return life == null ? CommandResult.unknown(alertId) : done(life, alerts.command(life, answer, now));
    }

    /** Somebody says that an alert is over. */
    public CommandResult resolve(String alertId, String by, Instant at) {
        advance(at);
        Life life = alerts.life(alertId);
        if (life == null) {
            return CommandResult.unknown(alertId);
        }
        CommandResult result = done(life, alerts.resolve(life, by, now));
        alerts.unmuteIfClear(life.alert().key(), now);
        return result;
    }

    /**
     * Goes on under other rules with all that is known: readings, trends, sources, open alerts with their holds, ladders
     * and answers. What they no longer find resolves, what they find in addition opens.
     */
    public void reload(RuleBook rules, Instant at) {
        advance(at);
        tally.forgetFaults();
        new RuleChange(session, reasons, alerts, rounds).to(rules, now);
        runDeadlines(now);
    }

    /** Notes that the rules in the folder cannot be taken; or, with no problem, that they can. */
    void rejected(RuleRef place, String problem, Instant at) {
        advance(at);
        reasons.rejected(place, problem);
        rounds.settle(Cause.RULES, now);
    }

    private CommandResult done(Life before, Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            return CommandResult.refused(refused.reason());
        }
        rounds.settle(Cause.COMMAND, now);
        Life life = alerts.life(before.alert().id());
        if (life != null) {
            return CommandResult.done(life.alert());
        }
        return CommandResult.done(
                decision instanceof Decision.Changed changed ? changed.life().alert() : before.alert());
    }

    /** What was decided since the last call. */
    public Step drain() {
        return alerts.takeLog().close(this, session.drainGone(), session.drainForgotten());
    }

    /** The sources to write with this step. */
    List<SeenSource> sourcesToWrite() {
        return sources.due(session, now);
    }

    AlertBook book() {
        return alerts;
    }

    WatchSettings settings() {
        return settings;
    }

    /** The monitored cluster. */
    public String cluster() {
        return settings.cluster();
    }

    /** The instant it has reached. */
    public Instant now() {
        return now;
    }

    /** The owner's epoch. */
    public long epoch() {
        return epoch;
    }

    /** Open alerts, pending ones included. */
    public List<Alert> alerts() {
        return alerts.lives().stream().map(Life::alert).toList();
    }

    /** The session, to read from. */
    public RuleSession session() {
        return session;
    }

    /** What was counted. */
    public Tally tally() {
        return tally;
    }

    @Override
    public void close() {
        session.close();
    }
}
