package io.tocsin.api.access;

import java.time.Duration;
import java.time.Instant;

/** How often a password may be guessed: by one client, and for one user whoever guesses. */
final class LoginLimits {
    private static final int OF_CLIENT = 10;
    private static final double CLIENT_PER_SECOND = 1 / 30.0;
    private static final int OF_USER = 50;
    private static final double USER_PER_SECOND = 1 / 6.0;

    private final Buckets clients = new Buckets(OF_CLIENT, CLIENT_PER_SECOND);
    private final Buckets users = new Buckets(OF_USER, USER_PER_SECOND);

    /** Zero if somebody may try now, and then it counts; otherwise how long to wait. */
    Duration tries(String client, String user, Instant now) {
        Duration wait = clients.take(client, now);
        if (!wait.isZero()) {
            return wait;
        }
        Duration forUser = users.take(user, now);
        if (!forUser.isZero()) {
            clients.giveBack(client);
        }
        return forUser;
    }

    /** The password was right. */
    void right(String client, String user) {
        clients.giveBack(client);
        users.giveBack(user);
    }
}
