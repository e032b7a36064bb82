package io.tocsin.api.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.LogFamily;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The accounts of a running member: who a request is from, log-ins and their end, and files that change meanwhile. */
public final class AccessControl {
    private static final Logger log = LoggerFactory.getLogger(AccessControl.class);
    private static final long LOOK_MS = 2000;

    private final AccountsSettings settings;
    private final Vertx vertx;
    private final Auditor auditor;
    private final Clock clock;
    private final MeterRegistry registry;
    private final AccountBook book;
    private final Logouts logouts;
    private WorkerExecutor aside;
    private Sessions sessions;
    private Credentials credentials;
    private Logins logins;

    /** For one member. */
    public AccessControl(
            AccountsSettings settings,
            Vertx vertx,
            Auditor auditor,
            Logouts logouts,
            Clock clock,
            MeterRegistry registry) {
        this.settings = settings;
        this.vertx = vertx;
        this.auditor = auditor;
        this.logouts = logouts;
        this.clock = clock;
        this.registry = registry;
        this.book = new AccountBook(settings);
    }

    /** Whether requests must say who sends them. */
    public boolean required() {
        return settings.required();
    }

    /** Reads the accounts; fails with an {@link IllegalStateException} for people. */
    public Future<Void> open() {
        if (!required()) {
            return Future.succeededFuture();
        }
        aside = vertx.createSharedWorkerExecutor("tocsin-accounts", 1);
        return aside.executeBlocking(() -> {
                    book.open();
                    return settings.users() == null ? null : SessionKey.of(settings);
                })
                .recover(fault -> Future.failedFuture(new IllegalStateException(
                        fault instanceof AccountException ? fault.getMessage() : "accounts: " + fault)))
                .compose(key -> {
                    sessions = key == null ? null : new Sessions(key, settings.session(), clock::instant);
                    credentials = new Credentials(book, sessions, logouts.ended(), clock::instant);
                    logins = new Logins(vertx, book, sessions, clock::instant);
                    registry.gauge(
                            "tocsin_accounts_users",
                            book,
                            one -> one.now().users().size());
                    registry.gauge(
                            "tocsin_accounts_tokens",
                            book,
                            one -> one.now().tokens().size());
                    later();
                    return sessions == null ? Future.succeededFuture() : logouts.open(settings.session());
                });
    }

    private void later() {
        vertx.setTimer(
                LOOK_MS,
                any -> aside.executeBlocking(book::changed)
                        .compose(changed -> changed ? lookAgain() : Future.succeededFuture())
                        .onComplete(done -> later()));
    }

    /** Reads the files again, whether they have changed or not. */
    public Future<Void> lookAgain() {
        if (!required()) {
            return Future.succeededFuture();
        }
        return aside.executeBlocking(book::again)
                .onSuccess(changes -> changes.forEach(
                        change -> auditor.done(Note.own("file", "account", change.who(), change.what()))))
                .onFailure(fault -> {
                    registry.counter("tocsin_accounts_refused_total").increment();
                    log.error(LogFamily.FAILURE, "❌ accounts not taken up, those before stay: {}", fault.getMessage());
                })
                .mapEmpty();
    }

    /** Who sends what such a header and such a cookie come with, either of which may be null. */
    public Credentials.Claim who(String authorization, String cookie) {
        return required() ? credentials.of(authorization, cookie) : new Credentials.Claim(Identity.ANYBODY, null);
    }

    /** Whether people may log in, and not only programs come with tokens. */
    public boolean people() {
        return sessions != null;
    }

    /** Log-ins; only where {@link #people} may. */
    public Logins logins() {
        return logins;
    }

    /** Sessions; null if people cannot log in. */
    public Sessions sessions() {
        return sessions;
    }

    /** Ends a session here and in all other members. */
    public void end(Identity identity) {
        logouts.end(Sessions.mark(identity.session()), identity.until());
    }

    /** What may be written down of a session. */
    public static String mark(Identity identity) {
        return Sessions.mark(identity.session());
    }

    /** No more looking at files. */
    public Future<Void> close() {
        return aside == null
                ? Future.succeededFuture()
                : aside.close().eventually(() -> logins == null ? Future.succeededFuture() : logins.close());
    }
}
