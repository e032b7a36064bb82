package io.tocsin.api.access;

import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

/** Finds out who sends a request. */
public final class Credentials {
    private static final String BEARER = "bearer ";
    private static final int LONGEST = 256;

    private final AccountBook book;
    private final Sessions sessions;
    private final EndedSessions ended;
    private final Supplier<Instant> clock;

    Credentials(AccountBook book, Sessions sessions, EndedSessions ended, Supplier<Instant> clock) {
        this.book = book;
        this.sessions = sessions;
        this.ended = ended;
        this.clock = clock;
    }

    /**
     * What became of it.
     *
     * @param identity who it is; null if that is not known
     * @param problem why not, for whoever asks
     */
    public record Claim(Identity identity, String problem) {
        private static Claim no(String problem) {
            return new Claim(null, problem);
        }
    }

    /**
     * Who it is.
     *
     * @param authorization the header of that name; null if there is none. It counts before a cookie
     * @param cookie the value of the session's cookie; null if there is none
     */
    public Claim of(String authorization, String cookie) {
        if (authorization != null) {
            return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                    ? token(authorization.substring(BEARER.length()).strip())
                    : Claim.no("Authorization: expected Bearer and a token");
        }
        if (cookie != null && !cookie.isEmpty()) {
            return session(cookie);
        }
        return Claim.no("say who you are: log in, or send Authorization: Bearer and a token");
    }

    private Claim token(String secret) {
        String name = secret.length() > LONGEST ? null : Token.nameIn(secret);
        Token token = name == null ? null : book.now().tokens().get(name);
        if (token == null || !token.matches(secret)) {
            return Claim.no("Authorization: this token is not known here");
        }
        if (token.over(clock.get())) {
            return Claim.no("Authorization: this token ended at " + token.expires()
                    + "; make another with ./tocsin token create");
        }
        return new Claim(new Identity(name, token.role(), Identity.Kind.TOKEN, null, token.expires()), null);
    }

    private Claim session(String cookie) {
        Identity identity = sessions == null ? null : sessions.read(cookie, book.now());
        if (identity == null) {
            return Claim.no("this session is not valid here; log in");
        }
        if (!clock.get().isBefore(identity.until())) {
            return Claim.no("this session is over; log in again");
        }
        if (ended.contains(Sessions.mark(identity.session()))) {
            return Claim.no("this session was ended; log in again");
        }
        return new Claim(identity, null);
    }
}
