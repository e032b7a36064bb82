package io.tocsin.api;

import io.tocsin.api.access.AccessControl;
import io.tocsin.api.access.Auditor;
import io.tocsin.api.access.Identity;
import io.tocsin.api.access.Logins;
import io.tocsin.api.access.Note;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;

/** Who one is, logging in and out. */
final class SessionRoutes {
    private static final String PATH = "/api/v1/session";
    private static final String LOGIN = "login";
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_PASSWORD = 1024;

    private final AccessControl access;
    private final Auditor auditor;
    private final Clock clock;

    SessionRoutes(AccessControl access, Auditor auditor, Clock clock) {
        this.access = access;
        this.auditor = auditor;
        this.clock = clock;
    }

    void mount(Calls calls) {
        calls.get(PATH, this::who);
        calls.post(PATH, this::login);
        calls.delete(PATH, this::logout);
    }

    private void who(RoutingContext ctx) {
        QueryString.of(ctx);
        Answers.json(ctx, 200, document(Asker.of(ctx)));
    }

    private JsonObject document(Identity identity) {
        boolean session = identity.kind() == Identity.Kind.SESSION;
        return new JsonObject()
                .put("user", identity.name())
                .put("role", identity.role().wire())
                .put("accounts", access.required())
                .put("csrf", session ? access.sessions().csrf(identity) : null)
                .put(
                        "expires_at",
                        identity.until() == null ? null : identity.until().toString());
    }

    private void login(RoutingContext ctx) {
        QueryString.of(ctx);
        if (!access.people()) {
            throw new HttpFault(
                    409,
                    access.required()
                            ? "nobody can log in here, as there is no accounts.users_file; send a token"
                            : "there are no accounts here, so nobody has to log in");
        }
        Fields fields = Fields.of(ctx.body().buffer(), "{\"user\": \"ann\", \"password\": \"…\"}");
        String name = fields.required("user", LONGEST_NAME);
        String password = fields.secret("password", LONGEST_PASSWORD);
        if (access.logins().busy()) {
            throw HttpFault.busy("too many log in at this moment; try again in a second");
        }
        access.logins()
                .login(name, password, Asker.asker(ctx).client())
                .onSuccess(result -> answer(ctx, name, result))
                .onFailure(ctx::fail);
    }

    private void answer(RoutingContext ctx, String name, Logins.Result result) {
        Asker asker = Asker.asker(ctx);
        // whoever types a password into the wrong field must not find it in the record
        String shown = result.known() ? name : null;
        if (result.session() != null) {
            Identity identity = result.session().identity();
            SessionCookie.set(ctx, result.session(), clock.instant());
            auditor.done(asker.note(
                    name,
                    true,
                    LOGIN,
                    Note.Outcome.OK,
                    "session " + AccessControl.mark(identity) + ", role "
                            + identity.role().wire()));
            Answers.json(ctx, 200, document(identity));
        } else if (result.pause().isZero()) {
            auditor.done(asker.note(
                    shown, false, LOGIN, Note.Outcome.REFUSED, result.known() ? "wrong password" : "unknown user"));
            ctx.fail(new HttpFault(401, "user or password is wrong"));
        } else {
            auditor.refused(asker.note(shown, false, LOGIN, Note.Outcome.REFUSED, "too many wrong attempts"));
            long seconds = Math.max(1, result.pause().plusMillis(999).toSeconds());
            ctx.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            ctx.fail(new HttpFault(429, "too many wrong log-ins; try again in " + seconds + " s"));
        }
    }

    private void logout(RoutingContext ctx) {
        QueryString.of(ctx);
        Identity identity = Asker.of(ctx);
        if (identity.kind() == Identity.Kind.SESSION) {
            Asker.asker(ctx).about(AccessControl.mark(identity), null);
            access.end(identity);
        }
        SessionCookie.remove(ctx);
        ctx.response().setStatusCode(204).end();
    }
}
