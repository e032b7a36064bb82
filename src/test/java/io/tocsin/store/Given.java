package io.tocsin.store;

import io.tocsin.model.Ack;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.AnAlert;
import io.tocsin.model.Cause;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.Resolution;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Severity;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Tracking;
import io.tocsin.model.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Alerts and what comes of them, in few words. */
final class Given {
    static final Instant T0 = Instant.parse("2026-03-01T10:00:00.123456Z");

    private Given() {}

    static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }

    /** An alert of node {@code subject}, begun at {@link #T0}. */
    static Life life(String cluster, String subject, long life, long revision, AlertState state) {
        return life(cluster, subject, life, revision, state, T0, "memory at 90 %");
    }

    static Life life(
            String cluster, String subject, long life, long revision, AlertState state, Instant since, String message) {
        AlertKey key = new AlertKey(cluster, "memory_usage", subject);
        boolean fired = state != AlertState.PENDING;
        boolean resolved = state == AlertState.RESOLVED;
        boolean answered = state == AlertState.ACKNOWLEDGED;
        Alert alert = AnAlert.of(key, since)
                .id(key.id(life))
                .says(Severity.WARNING, message)
                .value(90.0, 85.0, null)
                .quietFor(Duration.ofSeconds(30))
                .state(state)
                .firedAt(fired ? since.plusSeconds(30) : null)
                .ack(answered ? new Ack(since.plusSeconds(90), "ann", "on it", null, false) : null)
                .resolution(resolved ? new Resolution(since.plusSeconds(150), "back to normal", null) : null)
                .revision(revision, since.plusSeconds(revision))
                .alert();
        return new Life(alert, new Tracking(life, List.of(), null, Set.of(), Set.of()), List.of());
    }

    /** The same with rules under it. */
    static Life under(Life life, String... rules) {
        RuleRef[] refs =
                Stream.of(rules).map(rule -> new RuleRef(rule, "x.drl", 1)).toArray(RuleRef[]::new);
        return life.with(AnAlert.like(life.alert()).rules(refs).alert());
    }

    /** The same resolved by somebody. */
    static Life resolvedBy(Life life, String by) {
        Resolution resolution = new Resolution(life.alert().resolution().at(), "resolved by " + by, by);
        return life.with(AnAlert.like(life.alert()).resolution(resolution).alert());
    }

    static Transition transition(Life life, ChangeKind kind) {
        Alert alert = life.alert();
        return new Transition(
                alert.id(), alert.revision(), kind, alert.updatedAt(), Cause.READING, "because", null, List.of());
    }

    static Transaction.Change change(Life life, ChangeKind... kinds) {
        List<Transition> transitions =
                List.of(kinds).stream().map(kind -> transition(life, kind)).toList();
        return new Transaction.Change(life, transitions, false);
    }

    static Transaction.Change discard(Life life) {
        return new Transaction.Change(life, List.of(transition(life, ChangeKind.LAPSED)), true);
    }

    static Notification told(Life life, String receiver, ChangeKind kind, boolean first, Instant due) {
        return new Notification(
                life.alert(), receiver, kind, "detail", first, T0, NotificationState.PENDING, null, due, List.of());
    }

    static Transaction of(String cluster, long epoch, Transaction.Change... changes) {
        return new Transaction(cluster, epoch, T0, List.of(changes), List.of(), List.of(), List.of(), List.of());
    }

    static Transaction of(
            String cluster, long epoch, List<Transaction.Change> changes, List<Notification> notifications) {
        return new Transaction(cluster, epoch, T0, changes, notifications, List.of(), List.of(), List.of());
    }

    static Transaction seen(String cluster, long epoch, List<Transaction.SourceSeen> sources, List<String> gone) {
        return new Transaction(cluster, epoch, T0, List.of(), List.of(), sources, gone, List.of());
    }

    static Transaction diagnosed(String cluster, long epoch, List<Telemetry> diagnostics) {
        return new Transaction(cluster, epoch, T0, List.of(), List.of(), List.of(), List.of(), diagnostics);
    }

    /** Waits for a stage. */
    static <T> T done(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException fault) {
            if (fault.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(fault.getCause());
        } catch (InterruptedException | TimeoutException fault) {
            throw new AssertionError(fault);
        }
    }
}
