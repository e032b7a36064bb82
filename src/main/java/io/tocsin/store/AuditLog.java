package io.tocsin.store;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What people and programs did. It only ever grows, until an entry is past its retention. */
public interface AuditLog {
    /** Forgets everything. */
    AuditLog NONE = new AuditLog() {
        @Override
        public CompletionStage<Void> append(Entry entry) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public Entries entries(Wanted wanted) {
            return new Entries(List.of(), null);
        }
    };

    /** Keeps an entry; the same again changes nothing. Never blocks; the stage fails if the store is away. */
    CompletionStage<Void> append(Entry entry);

    /**
     * Entries, newest first. Blocks.
     *
     * @throws IllegalArgumentException if the cursor is none or the limit is out of range; the message is for the client
     */
    Entries entries(Wanted wanted);

    /**
     * One action.
     *
     * @param id unlike that of any other
     * @param at when
     * @param actor who; null if nobody said so
     * @param verified whether that is known, and not only said
     * @param action one word for what was done, such as {@code ack}
     * @param target what it was done to, such as an alert's id; null for nothing in particular
     * @param outcome {@code ok}, {@code refused} or {@code failed}
     * @param detail what else there is to say; null for nothing
     * @param client where it came from: an address, {@code bus}, or null for this process
     * @param request the request's id; null if it was none
     * @param member the member that wrote this
     */
    record Entry(
            String id,
            Instant at,
            String actor,
            boolean verified,
            String action,
            String target,
            String outcome,
            String detail,
            String client,
            String request,
            String member) {}

    /**
     * Which entries are wanted; null for any.
     *
     * @param since from when on
     * @param cursor where the page before ended; null for the first
     * @param limit 1 to 1000
     */
    record Wanted(String actor, String action, Instant since, String cursor, int limit) {}

    /**
     * A page of entries.
     *
     * @param next the cursor of the next page; null on the last
     */
    record Entries(List<Entry> entries, String next) {}
}
