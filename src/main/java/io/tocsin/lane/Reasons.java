package io.tocsin.lane;

import io.tocsin.alert.Lifecycle;
import io.tocsin.alert.Signal;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleFault;
import io.tocsin.evaluate.RuleSession;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.Because;
import io.tocsin.model.Cause;
import io.tocsin.model.Life;
import io.tocsin.model.Reading;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Why alerts are open: what rules say about their keys, and what the appliance says about its rules. */
final class Reasons {
    private RuleBook book;
    private Set<String> edited;
    private final RuleSession session;
    private final WatchSettings settings;
    private final Instant restoredAt;
    private final Map<AlertKey, Standing> own = new HashMap<>();
    private Set<AlertKey> ownDirty = new LinkedHashSet<>();

    Reasons(RuleBook book, RuleSession session, WatchSettings settings, Instant restoredAt) {
        this.book = book;
        this.session = session;
        this.settings = settings;
        this.restoredAt = restoredAt;
    }

    /** Notes that a rule is out of force. */
    void quarantined(String rule, RuleFault fault) {
        AlertKey key = new AlertKey(settings.cluster(), OwnFindings.QUARANTINED, rule);
        own.put(key, OwnFindings.quarantined(book.ref(rule), fault.getMessage()));
        ownDirty.add(key);
    }

    /** Notes that the rules in the folder cannot be taken, or that they can be: then there is no problem. */
    void rejected(RuleRef place, String problem) {
        AlertKey key = OwnFindings.rejectedKey(settings.cluster());
        if (problem == null) {
            own.remove(key);
        } else {
            own.put(key, OwnFindings.rejected(place, problem));
        }
        ownDirty.add(key);
    }

    /** From now on these rules are in force, all of them. */
    void under(RuleBook other) {
        edited = book.rules().stream()
                .filter(rule -> other.rule(rule.ref().name()) == null
                        || !other.rule(rule.ref().name()).text().equals(rule.text()))
                .map(rule -> rule.ref().name())
                .collect(Collectors.toSet());
        book = other;
        List<AlertKey> again = own.keySet().stream()
                .filter(key -> key.alertType().equals(OwnFindings.QUARANTINED))
                .toList();
        own.keySet().removeAll(again);
        ownDirty.addAll(again);
    }

    /** Keys to look at because of the appliance's own findings, since the last call. */
    Set<AlertKey> drain() {
        Set<AlertKey> keys = ownDirty;
        ownDirty = keys.isEmpty() ? keys : new LinkedHashSet<>();
        return keys;
    }

    List<Standing> standing(AlertKey key) {
        Standing mine = own.get(key);
        return mine == null ? session.findings(key) : List.of(mine);
    }

    Signal.Findings findings(Life life, Cause cause, Instant now) {
        List<Standing> standing = standing(life.alert().key());
        Boolean fresh = fresh(standing);
        Instant blind = Boolean.FALSE.equals(fresh) && now.isBefore(graceUntil()) ? restoredAt : null;
        Cause why = cause(life, cause);
        Lost reasons = new Lost(
                book,
                edited,
                session.quarantined(),
                session.lookup(),
                settings.session().staleAfter());
        List<Because> lost = reasons.of(life, standing, why, now);
        Instant limit = newsLimit(life, standing);
        boolean noNews = limit != null && !limit.isAfter(now)
                || standing.isEmpty() && lost.isEmpty() && reasons.gaveUp(life, now);
        return new Signal.Findings(standing, lost, why, fresh, noNews, blind);
    }

    /** A fresh reading that supports a finding of the key, in words; null if there is none. */
    String support(AlertKey key) {
        for (Standing one : standing(key)) {
            if (Boolean.TRUE.equals(session.fresh(one))) {
                return "a fresh reading supports it: " + one.finding().message() + " (rule \""
                        + one.rule().name() + "\")";
            }
        }
        return null;
    }

    /** Whether a reading under the findings is fresh: TRUE, FALSE, or null if no reading is under them. */
    Boolean fresh(List<Standing> standing) {
        Boolean any = null;
        for (Standing one : standing) {
            Boolean fresh = session.fresh(one);
            if (Boolean.TRUE.equals(fresh)) {
                return true;
            }
            any = fresh == null ? any : Boolean.FALSE;
        }
        return any;
    }

    /** Until when a source that reported before the restore is given time to do so again. */
    private Instant graceUntil() {
        return restoredAt.plus(settings.session().defaultTtl());
    }

    /** Whether a rule under an alert reads otherwise since the last change of rules, or is gone. */
    boolean otherPolicy(Life life) {
        return edited != null
                && life.because().stream()
                        .anyMatch(because -> edited.contains(because.rule().name()));
    }

    /** Whether none of the rules under an alert is left. */
    boolean ruleless(Life life) {
        return !life.because().isEmpty()
                && life.because().stream()
                        .allMatch(because -> book.rule(because.rule().name()) == null);
    }

    /** A change of rules is no reason where rules are out of force, but for alerts whose own were edited and work. */
    private Cause cause(Life life, Cause cause) {
        if (cause != Cause.RULES || session.quarantined().isEmpty() || OwnFindings.own(life.alert())) {
            return cause;
        }
        return orphaned(life) || edited != null && !otherPolicy(life) ? Cause.RESTORE : cause;
    }

    /** Whether a rule under the alert is in quarantine: its silence says nothing. */
    private boolean orphaned(Life life) {
        Set<String> quarantined = session.quarantined();
        return !quarantined.isEmpty()
                && life.because().stream()
                        .anyMatch(because -> quarantined.contains(because.rule().name()));
    }

    /** When an alert that nothing fresh supports is given up; null while something does. */
    private Instant newsLimit(Life life, List<Standing> standing) {
        if (!life.alert().stale() && !standing.isEmpty()
                || own.containsKey(life.alert().key())) {
            return null;
        }
        Instant last = session.lookup().lastNews(facts(life));
        return (last == null ? life.alert().updatedAt() : last)
                .plus(settings.session().staleAfter());
    }

    /** When an alert is to be looked at next; null if never. */
    Instant nextLook(Life life, Instant now) {
        Alert alert = life.alert();
        List<Standing> standing = standing(alert.key());
        Instant next = Lifecycle.nextHold(life, standing, now);
        if (now.isBefore(graceUntil())
                && alert.since().isBefore(restoredAt)
                && (alert.state() == AlertState.PENDING || milder(standing, alert))) {
            next = Deadlines.earliest(next, graceUntil());
        }
        Instant clear = life.tracking().clearSince();
        if (clear != null) {
            next = Deadlines.earliest(next, clear.plus(alert.symptom().quietFor()));
        }
        if (alert.ack() != null) {
            next = Deadlines.earliest(next, alert.ack().expiresAt());
        }
        for (Because lost : Lost.under(life)) {
            Instant givenUp = lost.lostAt().plus(settings.session().staleAfter());
            next = givenUp.isAfter(now) ? Deadlines.earliest(next, givenUp) : next;
        }
        next = Deadlines.earliest(next, alert.nextEscalationAt());
        return Deadlines.earliest(next, newsLimit(life, standing));
    }

    /** Whether only what is not as bad stands, for which the alert may wait with its fall until sources had their time. */
    private static boolean milder(List<Standing> standing, Alert alert) {
        return !standing.isEmpty()
                && standing.stream().allMatch(one -> one.finding().severity().compareTo(alert.severity()) < 0);
    }

    /**
     * Whether the rules in force were shown all that stood under an alert, so that what they do not find is a change of
     * policy. What is gathered over time or over many sources is not shown again: then nobody knows.
     */
    static boolean shownAgain(Life life) {
        return !life.because().isEmpty() && life.because().stream().allMatch(Reasons::shownAgain);
    }

    static boolean shownAgain(Because because) {
        return because.omitted() == 0
                && !because.facts().isEmpty()
                && because.facts().stream().allMatch(fact -> fact instanceof Reading || fact instanceof Alert);
    }

    /** The newest stored reading of each series; what stood under an alert that is quiet is known to be over. */
    static List<Reading> readings(List<Life> lives) {
        Map<String, Reading> newest = new TreeMap<>();
        for (Life life : lives) {
            for (Object fact : life.tracking().clearSince() == null ? facts(life) : List.of()) {
                if (fact instanceof Reading reading) {
                    newest.merge(
                            reading.key(), reading, (a, b) -> a.receivedAt().isBefore(b.receivedAt()) ? b : a);
                }
            }
        }
        return List.copyOf(newest.values());
    }

    /** Every fact under an alert. */
    static List<Object> facts(Life life) {
        return facts(life.because());
    }

    private static List<Object> facts(List<Because> reasons) {
        List<Object> facts = new ArrayList<>();
        reasons.forEach(because -> facts.addAll(because.facts()));
        return facts;
    }
}
