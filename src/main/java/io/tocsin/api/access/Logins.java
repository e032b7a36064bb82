package io.tocsin.api.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Compares passwords, on threads of its own and only so many at a time, so that guessing holds nothing else up. */
public final class Logins {
    private static final int THREADS = 2;
    private static final int MOST_WAITING = 20;
    private static final int LONGEST_NAME = 64;

    private final AccountBook book;
    private final Sessions sessions;
    private final Supplier<Instant> clock;
    private final LoginLimits limits = new LoginLimits();
    private final WorkerExecutor threads;
    private int waiting;

    Logins(Vertx vertx, AccountBook book, Sessions sessions, Supplier<Instant> clock) {
        this.book = book;
        this.sessions = sessions;
        this.clock = clock;
        this.threads = vertx.createSharedWorkerExecutor("tocsin-login", THREADS);
    }

    /**
     * How it went.
     *
     * @param session the new session; null if there is none
     * @param pause how long to wait before the next attempt; zero if this one counted
     * @param known whether there is a user of that name
     */
    public record Result(Sessions.Started session, Duration pause, boolean known) {}

    /** Whether so many wait that nobody else should. */
    public boolean busy() {
        return waiting >= MOST_WAITING;
    }

    /** Tries a password. */
    public Future<Result> login(String name, String password, String client) {
        User user = name.length() > LONGEST_NAME ? null : book.now().users().get(name);
        // names that nobody has share one place: whoever makes them up fills nothing
        String place = user == null ? "" : name;
        Duration wait = limits.tries(client, place, clock.get());
        if (!wait.isZero()) {
            return Future.succeededFuture(new Result(null, wait, user != null));
        }
        waiting++;
        return threads.executeBlocking(() -> Passwords.matches(password, user == null ? null : user.hash()), false)
                .onComplete(done -> waiting--)
                .map(right -> {
                    if (!right) {
                        return new Result(null, Duration.ZERO, user != null);
                    }
                    limits.right(client, place);
                    return new Result(sessions.start(user), Duration.ZERO, true);
                });
    }

    Future<Void> close() {
        return threads.close();
    }
}
