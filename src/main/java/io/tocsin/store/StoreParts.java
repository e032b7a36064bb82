package io.tocsin.store;

import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A store that is made of an outbox, a history and an audit log. */
abstract class StoreParts implements Store {
    abstract Outbox outbox();

    abstract History history();

    abstract AuditLog audit();

    @Override
    public CompletionStage<Void> takeUp(String receiver) {
        return outbox().takeUp(receiver);
    }

    @Override
    public CompletionStage<Void> release(String receiver) {
        return outbox().release(receiver);
    }

    @Override
    public CompletionStage<List<Notification>> due(String receiver, Instant now, int limit, Set<String> inFlight) {
        return outbox().due(receiver, now, limit, inFlight);
    }

    @Override
    public CompletionStage<Optional<Instant>> nextDue(String receiver) {
        return outbox().nextDue(receiver);
    }

    @Override
    public CompletionStage<Void> record(
            Notification notification,
            Notification.Attempt attempt,
            NotificationState state,
            String detail,
            Instant nextAttemptAt) {
        return outbox().record(notification, attempt, state, detail, nextAttemptAt);
    }

    @Override
    public boolean owes(String receiver) {
        return outbox().owes(receiver);
    }

    @Override
    public CompletionStage<Boolean> tells(String receiver) {
        return outbox().tells(receiver);
    }

    @Override
    public long backlog(String receiver) {
        return outbox().backlog(receiver);
    }

    @Override
    public Optional<Instant> oldest(String receiver) {
        return outbox().oldest(receiver);
    }

    @Override
    public Page alerts(Query query) {
        return history().alerts(query);
    }

    @Override
    public Optional<Life> life(String alertId) {
        return history().life(alertId);
    }

    @Override
    public List<Transition> transitions(String alertId) {
        return history().transitions(alertId);
    }

    @Override
    public List<Notification> notifications(String alertId) {
        return history().notifications(alertId);
    }

    @Override
    public Optional<RuleInfo> rule(String ruleHash, String name) {
        return history().rule(ruleHash, name);
    }

    @Override
    public Diagnostics.Page diagnostics(Diagnostics.Query query) {
        return history().diagnostics(query);
    }

    @Override
    public Optional<Diagnostics.Kept> diagnostic(String id) {
        return history().diagnostic(id);
    }

    @Override
    public long resolvedSince(Instant since) {
        return history().resolvedSince(since);
    }

    @Override
    public Stats stats(Instant since) {
        return history().stats(since);
    }

    @Override
    public CompletionStage<Void> append(AuditLog.Entry entry) {
        return audit().append(entry);
    }

    @Override
    public AuditLog.Entries entries(AuditLog.Wanted wanted) {
        return audit().entries(wanted);
    }
}
