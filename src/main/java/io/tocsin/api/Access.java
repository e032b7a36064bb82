package io.tocsin.api;

import static io.tocsin.api.access.Role.ADMIN;
import static io.tocsin.api.access.Role.INGEST;
import static io.tocsin.api.access.Role.RESPONDER;
import static io.tocsin.api.access.Role.VIEWER;

import io.tocsin.api.access.Logouts;
import io.tocsin.api.access.Role;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who may make which call, all of them in one table. A call that is served and does not stand here fails the start, and one
 * that is added later is not served.
 */
final class Access {
    private static final Map<String, Need> TABLE = new LinkedHashMap<>();

    static {
        // the page has to be there before anybody can log in; whoever starts processes anew has no account
        open("GET /");
        open("GET /assets/{version}/{file}");
        open("GET /assets/{version}/lib/{file}");
        open("GET /favicon.ico");
        open("GET /-/healthy");
        open("GET /-/ready");
        open("POST /api/v1/session");
        known("GET /api/v1/session", null);
        known("DELETE /api/v1/session", Logouts.ACTION);

        needs(INGEST, "POST /api/v1/telemetry", null);

        needs(VIEWER, "GET /metrics", null);
        needs(VIEWER, "GET /api/openapi.json", null);
        needs(VIEWER, "GET /api/v1/alerts", null);
        needs(VIEWER, "GET /api/v1/alerts/{id}", null);
        needs(VIEWER, "GET /api/v1/alerts/{id}/history", null);
        needs(VIEWER, "GET /api/v1/alerts/{id}/why", null);
        needs(VIEWER, "GET /api/v1/clusters", null);
        needs(VIEWER, "GET /api/v1/clusters/{cluster}/health", null);
        needs(VIEWER, "GET /api/v1/clusters/{cluster}/readings", null);
        needs(VIEWER, "GET /api/v1/clusters/{cluster}/nodes", null);
        needs(VIEWER, "GET /api/v1/clusters/{cluster}/history", null);
        needs(VIEWER, "GET /api/v1/series", null);
        needs(VIEWER, "GET /api/v1/members", null);
        needs(VIEWER, "GET /api/v1/diagnostics", null);
        needs(VIEWER, "GET /api/v1/diagnostics/{id}", null);
        needs(VIEWER, "GET /api/v1/stats", null);
        needs(VIEWER, "GET /api/v1/rules", null);
        needs(VIEWER, "GET /api/v1/rules/{rule}", null);
        needs(VIEWER, "GET /api/v1/rules/{rule}/why-not", null);
        lasting(VIEWER, "GET /api/v1/stream");

        needs(RESPONDER, "POST /api/v1/alerts/{id}/ack", "ack");
        needs(RESPONDER, "POST /api/v1/alerts/{id}/resolve", "resolve");

        needs(ADMIN, "POST /-/reload", "reload");
        needs(ADMIN, "GET /api/v1/audit", null);
    }

    private Access() {}

    /**
     * What a call needs.
     *
     * @param open whether anybody may make it
     * @param role the role; null for any account
     * @param action the word under which it is written down who made it; null if it is not
     * @param lasting whether its answer goes on, so that it ends when the account or the session does
     */
    record Need(boolean open, Role role, String action, boolean lasting) {
        /** Whether somebody with this role may make the call. */
        boolean allows(Role theirs) {
            return open || role == null || theirs.covers(role);
        }

        /** For people. */
        String word() {
            return role == null ? "an account" : "the role " + role.wire();
        }
    }

    /** The whole table, by call: {@code GET /api/v1/alerts/{id}}. */
    static Map<String, Need> table() {
        return Map.copyOf(TABLE);
    }

    /** What a call needs; null if it does not stand in the table. */
    static Need of(HttpMethod method, String shown) {
        return TABLE.get((method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method) + " " + shown);
    }

    private static void open(String call) {
        TABLE.put(call, new Need(true, null, null, false));
    }

    private static void known(String call, String action) {
        TABLE.put(call, new Need(false, null, action, false));
    }

    private static void needs(Role role, String call, String action) {
        TABLE.put(call, new Need(false, role, action, false));
    }

    private static void lasting(Role role, String call) {
        TABLE.put(call, new Need(false, role, null, true));
    }
}
