package io.tocsin.api;

import io.tocsin.api.access.Identity;
import io.tocsin.api.access.Note;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Who sends a request, and what is to be written down about it. One for each request. */
final class Asker {
    private static final String KEY = Asker.class.getName();

    private final String request =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final String client;
    private Identity identity;
    private String problem;
    private String said;
    private String target;
    private String detail;
    private boolean passed;

    private Asker(String client) {
        this.client = client;
    }

    /** The request gets its id, which its answer tells too. */
    static Asker begin(RoutingContext ctx) {
        Asker asker = new Asker(Clients.of(ctx.request()));
        ctx.put(KEY, asker);
        ctx.response().putHeader("X-Request-Id", asker.request);
        return asker;
    }

    static Asker asker(RoutingContext ctx) {
        return ctx.get(KEY);
    }

    /** Who it is; null if that is not known. */
    static Identity of(RoutingContext ctx) {
        return asker(ctx).identity;
    }

    /** The request is for a call that is served, and whoever sends it may make it. */
    void pass() {
        passed = true;
    }

    boolean passed() {
        return passed;
    }

    void is(Identity identity, String problem) {
        this.identity = identity;
        this.problem = problem;
    }

    Identity identity() {
        return identity;
    }

    /** Why it is not known who it is. */
    String problem() {
        return problem;
    }

    /** The address that it comes from. */
    String client() {
        return client;
    }

    String target() {
        return target;
    }

    String detail() {
        return detail;
    }

    /** What was done is written down with what it was done to, and with what else there is to say. */
    void about(String target, String detail) {
        this.target = target;
        this.detail = detail;
    }

    /** Whether it is an account that asks. */
    boolean named() {
        return identity != null && identity.name() != null;
    }

    /**
     * The name under which somebody acts: the account's, whatever the request says; where there are no accounts, what the
     * request says.
     *
     * @param said the name in the request; null if there is none, which only an account may leave out
     * @param field what the field is called
     */
    String actsAs(String said, String field) {
        if (!named()) {
            this.said = said;
            return said;
        }
        if (said != null && !said.equals(identity.name())) {
            detail = field + " said " + said;
        }
        return identity.name();
    }

    Note note(String action, String target, Note.Outcome outcome, String detail) {
        return new Note(named() ? identity.name() : said, named(), action, target, outcome, detail, client, request);
    }

    /** The same about somebody who says to be an account. */
    Note note(String name, boolean verified, String action, Note.Outcome outcome, String detail) {
        return new Note(name, verified, action, null, outcome, detail, client, request);
    }
}
