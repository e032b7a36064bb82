package io.tocsin.api;

import io.tocsin.store.AuditLog;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;

/** The record of what people and programs did. */
final class AuditRoutes {
    private final StoreReads reads;
    private final AuditLog log;
    private final Clock clock;

    AuditRoutes(StoreReads reads, AuditLog log, Clock clock) {
        this.reads = reads;
        this.log = log;
        this.clock = clock;
    }

    void mount(Calls calls) {
        calls.get("/api/v1/audit", this::entries);
    }

    private void entries(RoutingContext ctx) {
        QueryString query = QueryString.of(ctx, "actor", "action", "since", "limit", "cursor");
        Duration since = query.duration("since", null);
        AuditLog.Wanted wanted = new AuditLog.Wanted(
                query.one("actor"),
                query.one("action"),
                since == null ? null : clock.instant().minus(since),
                query.one("cursor"),
                query.number("limit", 100, 1, 1000));
        Answers.send(ctx, reads.read(() -> page(wanted)));
    }

    private JsonObject page(AuditLog.Wanted wanted) {
        AuditLog.Entries page;
        try {
            page = log.entries(wanted);
        } catch (IllegalArgumentException wrong) {
            throw HttpFault.invalid(wrong.getMessage());
        }
        JsonArray entries = new JsonArray();
        page.entries().forEach(entry -> entries.add(document(entry)));
        return new JsonObject().put("entries", entries).put("next_cursor", page.next());
    }

    private static JsonObject document(AuditLog.Entry entry) {
        return new JsonObject()
                .put("id", entry.id())
                .put("at", entry.at().toString())
                .put("actor", entry.actor())
                .put("verified", entry.verified())
                .put("action", entry.action())
                .put("target", entry.target())
                .put("outcome", entry.outcome())
                .put("detail", entry.detail())
                .put("client", entry.client())
                .put("request_id", entry.request())
                .put("member", entry.member());
    }
}
