package io.tocsin.alert;

import io.tocsin.model.Ack;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.Cause;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Escalation;
import io.tocsin.model.Life;
import io.tocsin.model.Resolution;
import io.tocsin.model.Severity;
import io.tocsin.model.Standing;
import io.tocsin.model.Text;
import io.tocsin.model.Tracking;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What becomes of an alert, as a pure function of the alert, a signal and an instant.
 *
 * <table>
 * <caption>State and signal → state (what people are told)</caption>
 * <tr><th>state</th><th>signal</th><th>becomes</th></tr>
 * <tr><td>none</td><td>a finding stands</td><td>pending, or firing if its hold is 0 (fired)</td></tr>
 * <tr><td>pending</td><td>a finding has stood for its hold</td><td>firing (fired)</td></tr>
 * <tr><td>pending</td><td>none stands any more, on evidence or by a change of rules</td><td>discarded; its life number is free</td></tr>
 * <tr><td>firing</td><td>the next level is due</td><td>firing, level + 1 (escalated)</td></tr>
 * <tr><td>firing</td><td>somebody answers</td><td>acknowledged (acknowledged)</td></tr>
 * <tr><td>acknowledged</td><td>somebody answers again</td><td>no change</td></tr>
 * <tr><td>acknowledged</td><td>the answer's time is over</td><td>firing, same level, from now (acknowledgement ran out)</td></tr>
 * <tr><td>firing, acknowledged</td><td>the severity of held findings rises</td><td>firing, level 0, answer gone (rose)</td></tr>
 * <tr><td>firing, acknowledged</td><td>it falls, on evidence about all that was worse</td><td>same (fell)</td></tr>
 * <tr><td>firing, acknowledged</td><td>it would fall without such evidence</td><td>no change</td></tr>
 * <tr><td>firing, acknowledged</td><td>no finding stands, on evidence, for the quiet time</td><td>resolved (resolved)</td></tr>
 * <tr><td>firing, acknowledged</td><td>no finding stands after a change of rules</td><td>resolved: policy changed (resolved)</td></tr>
 * <tr><td>firing, acknowledged</td><td>no finding stands, and of some of what stood nothing was heard since</td><td>same, stale</td></tr>
 * <tr><td>any open</td><td>no news for {@code stale_after}</td><td>resolved with that reason; a pending one is discarded</td></tr>
 * <tr><td>firing, acknowledged</td><td>somebody resolves it, nothing fresh supports it</td><td>resolved (resolved)</td></tr>
 * <tr><td>firing, acknowledged</td><td>somebody resolves it, a fresh reading supports it</td><td>refused with that reading</td></tr>
 * <tr><td>pending</td><td>somebody answers or resolves it</td><td>refused: nobody was told yet</td></tr>
 * <tr><td>resolved</td><td>any</td><td>refused: it is over</td></tr>
 * </table>
 *
 * <p>The hold runs per rule, key and severity and goes on while the value changes. Only a change in this table raises the
 * revision.
 */
public final class Lifecycle {
    private static final String NO_NEWS = "no news since stale_after; the last known state is unknown now";

    private final String ruleHash;

    /** Decisions made under a rule set. */
    public Lifecycle(String ruleHash) {
        this.ruleHash = ruleHash;
    }

    /**
     * Where a life begins.
     *
     * @param life its number, 1 for the first of its key
     * @param revision the last revision of a pending alert of this number that lapsed in the same step; 0 if there is none
     */
    public record Begin(long life, long revision) {}

    /**
     * Opens an alert.
     *
     * @param key what it is about
     * @param findings at least one stands
     */
    public Decision open(AlertKey key, Begin begin, Signal.Findings findings, Instant now) {
        Holding holding = Holding.of(findings.standing(), List.of(), now, null);
        boolean fires = !holding.held().isEmpty();
        Alert alert = new Alert(
                key.id(begin.life()),
                key,
                holding.node(),
                holding.labels(),
                holding.symptom(),
                AlertState.PENDING,
                Boolean.FALSE.equals(findings.fresh()),
                false,
                0,
                now,
                null,
                now,
                null,
                null,
                null,
                now,
                begin.revision(),
                ruleHash);
        Tracking tracking = new Tracking(begin.life(), holding.holds(), null, Set.of(), Set.of());
        Draft draft = new Draft(new Life(alert, tracking, holding.because()), now, ruleHash);
        if (fires) {
            fire(draft, holding, findings.cause(), now);
        } else {
            draft.change(
                    ChangeKind.PENDING,
                    findings.cause(),
                    "holds for " + Text.duration(holding.shortestHold()) + " before anybody is told");
        }
        return draft.decided(false);
    }

    /** When the next hold of a life's findings is over; null if none runs. */
    public static Instant nextHold(Life life, List<Standing> standing, Instant now) {
        return Holding.nextHeld(standing, life.tracking().holds(), now);
    }

    /** What a signal does to an alert that exists. */
    public Decision decide(Life life, Signal signal, Instant now) {
        AlertState state = life.alert().state();
        if (state == AlertState.RESOLVED) {
            return new Decision.Refused("alert " + life.alert().id() + " is resolved: "
                    + life.alert().resolution().because());
        }
        Draft draft = new Draft(life, now, ruleHash);
        if (signal instanceof Signal.Findings findings) {
            return findings(draft, findings, now);
        } else if (signal instanceof Signal.Acknowledge answer) {
            return acknowledge(life.alert(), draft, answer, now);
        } else if (signal instanceof Signal.AckExpired) {
            return ackExpired(draft, now);
        } else if (signal instanceof Signal.Escalate escalate) {
            return escalate(draft, escalate.orders(), now);
        }
        return resolve(life.alert(), draft, (Signal.Resolve) signal, now);
    }

    private Decision findings(Draft draft, Signal.Findings findings, Instant now) {
        if (findings.noNews() && !Boolean.TRUE.equals(findings.fresh())) {
            return over(draft, Cause.EXPIRY, NO_NEWS, null, now);
        }
        return findings.standing().isEmpty() ? cleared(draft, findings, now) : standing(draft, findings, now);
    }

    private Decision cleared(Draft draft, Signal.Findings findings, Instant now) {
        if (!findings.lost().isEmpty()) {
            return unheard(draft, findings, now);
        }
        if (findings.cause() == Cause.RULES) {
            return over(draft, Cause.RULES, "policy changed", null, now);
        }
        if (draft.state == AlertState.PENDING) {
            return over(draft, findings.cause(), "back to normal before its hold was over", null, now);
        }
        if (draft.clearSince == null) {
            draft.clearSince = now;
            draft.holds = List.of();
            draft.touch();
        }
        Duration quiet = draft.symptom.quietFor();
        if (now.isBefore(draft.clearSince.plus(quiet))) {
            return stale(draft, false, findings.cause()).decided(false);
        }
        String because = quiet.isZero() ? "back to normal" : "back to normal for " + Text.duration(quiet);
        return over(draft, findings.cause(), because, null, now);
    }

    /** Nothing stands, and of something nobody knows. */
    private static Decision unheard(Draft draft, Signal.Findings findings, Instant now) {
        Remains remains = new Remains(findings.lost());
        draft.stands(findings.lost(), remains.holds(draft.holds));
        Severity was = draft.symptom.severity();
        if (draft.state != AlertState.PENDING && remains.worst().severity().compareTo(was) < 0) {
            draft.symptom = remains.symptom(draft.symptom);
            severity(draft, was, draft.symptom.severity(), findings.cause(), now);
        }
        return stale(draft, true, findings.cause()).decided(false);
    }

    private Decision standing(Draft draft, Signal.Findings findings, Instant now) {
        Holding holding = Holding.of(findings.standing(), draft.holds, now, findings.blind());
        Severity was = draft.symptom.severity();
        boolean held = !holding.held().isEmpty();
        boolean kept = findings.lost().stream().anyMatch(lost -> lost.severity() == was) && holding.below(was);
        draft.goesOn();
        draft.stands(holding.because(draft.because, findings.lost()), holding.holds(draft.holds, findings.lost()));
        if (draft.state == AlertState.PENDING) {
            draft.symptom = holding.symptom();
            if (held) {
                fire(draft, holding, findings.cause(), now);
            }
        } else if (held && !kept) {
            draft.symptom = holding.symptom();
            draft.labels = holding.labels();
            severity(draft, was, holding.symptom().severity(), findings.cause(), now);
        }
        return stale(draft, Boolean.FALSE.equals(findings.fresh()), findings.cause())
                .decided(false);
    }

    private static void fire(Draft draft, Holding holding, Cause cause, Instant now) {
        draft.state = AlertState.FIRING;
        draft.symptom = holding.symptom();
        draft.labels = holding.labels();
        draft.firedAt = now;
        draft.level = 0;
        draft.levelSince = now;
        draft.change(ChangeKind.FIRED, cause, holding.symptom().message());
    }

    private static void severity(Draft draft, Severity was, Severity is, Cause cause, Instant now) {
        if (is.compareTo(was) > 0) {
            draft.state = AlertState.FIRING;
            draft.ack = null;
            draft.level = 0;
            draft.levelSince = now;
            draft.change(ChangeKind.RAISED, cause, "from " + was.wire() + " to " + is.wire());
        } else if (is.compareTo(was) < 0) {
            draft.change(ChangeKind.FELL, cause, "from " + was.wire() + " to " + is.wire());
        }
    }

    private static Draft stale(Draft draft, boolean stale, Cause cause) {
        if (draft.stale != stale) {
            draft.stale = stale;
            draft.change(
                    stale ? ChangeKind.STALE : ChangeKind.FRESH,
                    cause,
                    stale ? "no fresh reading under it; it stays open" : "readings under it are back");
        }
        return draft;
    }

    private static Decision over(Draft draft, Cause cause, String because, String by, Instant now) {
        boolean pending = draft.state == AlertState.PENDING;
        draft.state = AlertState.RESOLVED;
        draft.resolution = new Resolution(now, because, by);
        if (pending) {
            return draft.change(ChangeKind.LAPSED, cause, because).decided(true);
        }
        return draft.change(ChangeKind.RESOLVED, cause, because, by, List.of()).decided(false);
    }

    private static Decision acknowledge(Alert alert, Draft draft, Signal.Acknowledge answer, Instant now) {
        if (draft.state == AlertState.PENDING) {
            return new Decision.Refused("alert " + alert.id() + " is pending: nobody was told of it yet");
        }
        if (draft.state == AlertState.ACKNOWLEDGED) {
            return new Decision.Nothing();
        }
        Instant expires = answer.lasts() == null ? null : now.plus(answer.lasts());
        draft.state = AlertState.ACKNOWLEDGED;
        draft.ack = new Ack(now, answer.by(), answer.message(), expires, answer.auto());
        String detail = answer.by() + (answer.message().isEmpty() ? "" : ": " + answer.message());
        return draft.change(ChangeKind.ACKNOWLEDGED, Cause.COMMAND, detail, answer.by(), List.of())
                .decided(false);
    }

    private static Decision ackExpired(Draft draft, Instant now) {
        if (draft.ack == null
                || draft.ack.expiresAt() == null
                || draft.ack.expiresAt().isAfter(now)) {
            return new Decision.Nothing();
        }
        String detail = "acknowledgement of " + draft.ack.by() + " ran out";
        draft.state = AlertState.FIRING;
        draft.ack = null;
        draft.levelSince = now;
        return draft.change(ChangeKind.ACK_EXPIRED, Cause.DEADLINE, detail).decided(false);
    }

    private static Decision escalate(Draft draft, List<Escalation> orders, Instant now) {
        if (draft.state != AlertState.FIRING || orders.isEmpty()) {
            return new Decision.Nothing();
        }
        List<String> to =
                orders.stream().flatMap(order -> order.to().stream()).distinct().toList();
        draft.level++;
        draft.levelSince = now;
        draft.nextEscalationAt = null;
        draft.escalatedTo.addAll(to);
        return draft.change(ChangeKind.ESCALATED, Cause.DEADLINE, orders.get(0).reason(), null, to)
                .decided(false);
    }

    private static Decision resolve(Alert alert, Draft draft, Signal.Resolve resolve, Instant now) {
        if (draft.state == AlertState.PENDING) {
            return new Decision.Refused("alert " + alert.id() + " is pending: nobody was told of it yet");
        }
        if (resolve.support() != null) {
            return new Decision.Refused("alert " + alert.id() + " still holds: " + resolve.support());
        }
        return over(draft, Cause.COMMAND, "resolved by " + resolve.by(), resolve.by(), now);
    }
}
