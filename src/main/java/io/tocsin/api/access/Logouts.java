package io.tocsin.api.access;

import io.tocsin.bus.Address;
import io.tocsin.store.AuditLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/**
 * Sessions that were ended. Other members hear of it at once; whoever was away finds it in the record of actions, which all
 * members share, at its start and once a minute.
 */
public final class Logouts {
    /** The action under which the end of a session is written down; its target is the session's mark. */
    public static final String ACTION = "logout";

    private static final long LOOK_MS = 60_000;
    private static final Duration OVERLAP = Duration.ofMinutes(2);
    private static final int PAGE = 1000;
    private static final int LONGEST_MARK = 64;

    private final Vertx vertx;
    private final AuditLog log;
    private final Clock clock;
    private final EndedSessions ended = new EndedSessions();
    private Duration life;

    /** For one member. */
    public Logouts(Vertx vertx, AuditLog log, Clock clock) {
        this.vertx = vertx;
        this.log = log;
        this.clock = clock;
    }

    EndedSessions ended() {
        return ended;
    }

    Future<Void> open(Duration session) {
        life = session;
        vertx.eventBus().<Object>consumer(Address.MEMBER_LOGOUT, message -> {
            if (message.body() instanceof String mark && mark.length() <= LONGEST_MARK) {
                Instant now = clock.instant();
                ended.add(mark, now.plus(life), now);
            }
        });
        vertx.setPeriodic(
                LOOK_MS, any -> vertx.executeBlocking(read(clock.instant().minus(OVERLAP))));
        return vertx.executeBlocking(read(clock.instant().minus(life)));
    }

    private Callable<Void> read(Instant since) {
        return () -> {
            String cursor = null;
            do {
                AuditLog.Entries page = log.entries(new AuditLog.Wanted(null, ACTION, since, cursor, PAGE));
                for (AuditLog.Entry entry : page.entries()) {
                    if (entry.target() != null) {
                        ended.add(entry.target(), entry.at().plus(life), clock.instant());
                    }
                }
                cursor = page.next();
            } while (cursor != null);
            return null;
        };
    }

    void end(String mark, Instant until) {
        ended.add(mark, until, clock.instant());
        vertx.eventBus().publish(Address.MEMBER_LOGOUT, mark);
    }
}
