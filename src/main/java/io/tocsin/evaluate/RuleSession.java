package io.tocsin.evaluate;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.Because;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.Reading;
import io.tocsin.model.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.drools.core.common.InternalAgenda;
import org.drools.core.phreak.RuleAgendaItem;
import org.kie.api.runtime.KieSession;
import org.kie.api.time.SessionPseudoClock;

/**
 * The working memory of one monitored cluster: the newest reading of each series, sources, trends and open alerts go in,
 * findings, standing orders and routes come out. Belongs to one thread. Knows no clock but the one it is told.
 *
 * <p>One step: {@link #put} readings until one answers {@link Put#AGAIN}, or {@link #expire}; then {@link #fire}, look at
 * what is {@link #drainKeys dirty}, tell the session what became of the alerts, fire again, until nothing is.
 */
public final class RuleSession extends SessionView implements AutoCloseable {
    private RuleBook book;
    private final SessionSettings settings;
    private final AlertFacts alerts = new AlertFacts();
    private final Set<String> quarantined = new TreeSet<>();
    private KieSession session;
    private SessionPseudoClock clock;
    private final long begun;
    private long round = 1;

    /** A session that starts at an instant with nothing in it but the topology. */
    public RuleSession(RuleBook book, SessionSettings settings, Instant now) {
        this(book, settings, Set.of(), now);
    }

    /** The same without some rules. */
    public RuleSession(RuleBook book, SessionSettings settings, Set<String> excluded, Instant now) {
        super(book, settings);
        this.book = book;
        this.settings = settings;
        this.begun = now.toEpochMilli();
        quarantined.addAll(excluded);
        open(now);
        memory.times().under(book, now);
        memory.declare(now);
    }

    private void open(Instant now) {
        session = book.session(quarantined);
        session.addEventListener((org.kie.api.event.rule.AgendaEventListener) conclusions);
        session.addEventListener((org.kie.api.event.rule.RuleRuntimeEventListener) conclusions);
        clock = session.getSessionClock();
        clock.advanceTime(now.toEpochMilli() - clock.getCurrentTime(), TimeUnit.MILLISECONDS);
        memory.attach(session);
        alerts.attach(session);
    }

    /** Moves the clock; never back. */
    public void advance(Instant now) {
        long step = now.toEpochMilli() - clock.getCurrentTime();
        if (step > 0) {
            clock.advanceTime(step, TimeUnit.MILLISECONDS);
        }
    }

    /** Makes a reading the newest of its series. One that an earlier session knew, and that is past its time, is no news. */
    public Put put(Reading reading) {
        if (reading instanceof ClusterHealth && conclusions.health() != null) {
            return Put.SUPERSEDED;
        }
        Series series = memory.arrived(reading.key());
        if (series == null) {
            if (!settings.limit().take()) {
                return Put.FULL;
            }
            if (isHistory(reading)) {
                memory.restore(reading, Instant.ofEpochMilli(clock.getCurrentTime()));
                return Put.TAKEN;
            }
            series = memory.add(reading);
        } else {
            if (series.round == round) {
                return Put.AGAIN;
            }
            if (series.isAheadOf(reading)) {
                return Put.OLDER;
            }
            if (!series.fresh && isHistory(reading)) {
                memory.recall(series, reading);
                return Put.TAKEN;
            }
            memory.renew(series, reading);
            conclusions.heard(series.key);
        }
        series.round = round;
        if (book.wantsTrends()
                && book.wantsTrend(reading.metric())
                && memory.trends().take(series, reading)) {
            evidence.trend(reading.key(), conclusions::touch);
        }
        if (!evidence.isEmpty()) {
            evidence.seen(reading, conclusions::touch);
        }
        return Put.TAKEN;
    }

    private boolean isHistory(Reading reading) {
        long received = reading.receivedAt().toEpochMilli();
        Duration ttl = Objects.requireNonNullElse(reading.head().ttl(), settings.defaultTtl());
        return received < begun && received + ttl.toMillis() <= clock.getCurrentTime();
    }

    /** Puts a stored reading back, not fresh, unless something newer is held. */
    public void restore(Reading reading, Instant now) {
        if (!memory.holds(reading.key()) && settings.limit().take()) {
            memory.restore(reading, now);
        }
    }

    /** Puts a stored source back; it falls silent if nothing is heard of it within its time to live. */
    public void restoreSource(
            String node, String check, Instant lastSeen, boolean silent, long ttlMillis, Instant now) {
        memory.restoreSource(node, check, lastSeen, silent, ttlMillis, now);
    }

    /** When the session should be told to {@link #expire} next; null if never. */
    public Instant nextExpiry() {
        long next = memory.nextExpiry();
        return next == Long.MAX_VALUE ? null : Instant.ofEpochMilli(next);
    }

    /** Lets readings go stale, sources fall silent and old ones go, all that is due at an instant. */
    public void expire(Instant at) {
        memory.expire(at.toEpochMilli(), conclusions::touch);
    }

    /** Counts an alert that fired, once, for the hour after; alerts of a key are told in the order in which they fired. */
    public void fired(AlertKey key, String node, Instant at) {
        memory.times().recurrences().fired(key, node, at, Instant.ofEpochMilli(clock.getCurrentTime()));
    }

    /** Tells rules what became of an alert; a resolved one goes. */
    public void put(Alert alert) {
        if (alert.firedAt() != null) {
            fired(alert.key(), alert.node(), alert.firedAt());
        }
        alerts.put(alert);
        conclusions.touch(alert.id());
    }

    /** Takes away the readings that are not fresh and the silent sources under a finding, so that it no longer holds. */
    public void forget(Standing standing) {
        memory.forget(standing.facts());
    }

    /**
     * Fires until nothing matches any more.
     *
     * @throws RuleFault if a rule throws or does not come to rest; then {@link #quarantine} before anything else
     */
    public void fire() throws RuleFault {
        new Firing(session, conclusions).run(memory.series().size() + alerts.size());
        if (conclusions.health() != null && memory.dropReceivedHealth()) {
            new Firing(session, conclusions).run(memory.series().size() + alerts.size());
        }
        round++;
    }

    /**
     * What a constraint did that threw while a fact went in, as a fault that names its rule.
     *
     * @param thrown what one of this session's methods threw
     */
    public RuleFault fault(RuntimeException thrown) {
        return Firing.fault(thrown);
    }

    /**
     * Goes on without the rules to blame: a new session with all facts that this one held, to be fired again.
     *
     * @param rule the culprit; null to find it by trying
     * @return the rules that are excluded now in addition; empty if none was to blame, as when a fault does not come again
     */
    public Set<String> quarantine(String rule) {
        Instant now = Instant.ofEpochMilli(clock.getCurrentTime());
        Set<String> culprits = rule != null ? Set.of(rule) : new Trial(book, memory, alerts).culprits(quarantined);
        quarantined.addAll(culprits);
        rebuild(now);
        return culprits;
    }

    /**
     * Goes on under other rules: a new session with all facts that this one held, to be fired. Every rule is in force
     * again. Should a rule choke on a fact, {@link #quarantine} as ever.
     */
    public void reload(RuleBook other) {
        book = other;
        quarantined.clear();
        conclusions.under(other);
        memory.keepTrends(other);
        Instant now = Instant.ofEpochMilli(clock.getCurrentTime());
        memory.times().under(other, now);
        rebuild(now);
    }

    private void rebuild(Instant now) {
        session.dispose();
        conclusions.restart();
        open(now);
        memory.refill();
        alerts.refill();
    }

    /**
     * The rule that the engine evaluates or fires at present, as it calls it; null if facts go in. Any thread may ask, and
     * what it hears may be late.
     *
     * @param stack of the thread that the session belongs to
     */
    public String at(StackTraceElement[] stack) {
        if (!RuleClasses.ofOneRule(stack)) {
            return null;
        }
        String firing = conclusions.firing();
        RuleAgendaItem next = firing != null
                ? null
                : ((InternalAgenda) session.getAgenda())
                        .getAgendaGroupsManager()
                        .getMainAgendaGroup()
                        .peek();
        return next == null ? firing : next.getRule().getName();
    }

    /** Counts up with every {@link #fire}; what comes in from now on comes in during this round or later. */
    public long round() {
        return round;
    }

    /** The rules that it runs under. */
    public RuleBook rules() {
        return book;
    }

    /** Rules that this session runs without. */
    public Set<String> quarantined() {
        return Set.copyOf(quarantined);
    }

    /** Finding keys to look at since the last call, in a fixed order. */
    public List<AlertKey> drainKeys() {
        return conclusions.drainKeys();
    }

    /** Alerts whose orders or routes to look at since the last call, in a fixed order. */
    public List<String> drainIds() {
        return conclusions.drainIds();
    }

    /** From now on, a key is to be looked at when a fresh reading of what is under one of these reasons comes in. */
    public void await(AlertKey key, List<Because> lost) {
        evidence.await(key, lost);
    }

    /** No longer waits for evidence for a key. */
    public void stopAwaiting(AlertKey key) {
        evidence.stop(key);
    }

    /** Those that were first seen, fell silent or came back since the last call. */
    public List<SeenSource> drainSources() {
        return memory.sources().drainChanged();
    }

    /** Keys of the series that are gone since the last call. */
    public List<String> drainForgotten() {
        return memory.series().drainForgotten();
    }

    /** Names of those that were forgotten since the last call. */
    public List<String> drainGone() {
        return memory.sources().drainGone();
    }

    @Override
    public void close() {
        settings.limit().give(memory.series().size());
        session.dispose();
    }
}
