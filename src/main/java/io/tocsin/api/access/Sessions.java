package io.tocsin.api.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Log-ins that no member has to remember: the cookie says who and until when, and is signed with the key that all members
 * share and with the hash of the user's password, so that a new password or the end of an account ends them too.
 */
public final class Sessions {
    private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final int ID_BYTES = 16;
    private static final int LONGEST_COOKIE = 512;

    private final byte[] key;
    private final Duration life;
    private final Supplier<Instant> clock;
    private final SecureRandom random = new SecureRandom();

    Sessions(byte[] key, Duration life, Supplier<Instant> clock) {
        this.key = key.clone();
        this.life = life;
        this.clock = clock;
    }

    /**
     * A new log-in.
     *
     * @param cookie what the browser keeps
     * @param identity who it is from now on
     */
    public record Started(String cookie, Identity identity) {}

    Started start(User user) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Instant until = Instant.ofEpochSecond(clock.get().plus(life).getEpochSecond());
        String payload =
                TO_TEXT.encodeToString((user.name() + "|" + TO_TEXT.encodeToString(id) + "|" + until.getEpochSecond())
                        .getBytes(StandardCharsets.UTF_8));
        return new Started(payload + "." + signature(payload, user), identity(user, TO_TEXT.encodeToString(id), until));
    }

    /** Who sends a cookie; null if it is none of ours, if its user is gone or has another password. */
    Identity read(String cookie, Accounts accounts) {
        int dot = cookie.indexOf('.');
        if (dot < 1 || cookie.length() > LONGEST_COOKIE) {
            return null;
        }
        String payload = cookie.substring(0, dot);
        String[] parts;
        try {
            parts = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8).split("\\|");
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
        User user = parts.length == 3 ? accounts.users().get(parts[0]) : null;
        if (user == null || !same(signature(payload, user), cookie.substring(dot + 1))) {
            return null;
        }
        return identity(user, parts[1], Instant.ofEpochSecond(Long.parseLong(parts[2])));
    }

    private static Identity identity(User user, String id, Instant until) {
        return new Identity(user.name(), user.role(), Identity.Kind.SESSION, id, until);
    }

    /** What a page of ours must send beside the cookie with every command, which a page of another site cannot know. */
    public String csrf(Identity identity) {
        return mac("csrf\n" + identity.session());
    }

    /** Whether a page has sent it. */
    public boolean csrf(Identity identity, String sent) {
        return sent != null && same(csrf(identity), sent);
    }

    /** What may be shown of a session and written down; nobody gets in with it. */
    static String mark(String session) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(session.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (GeneralSecurityException every) {
            throw new IllegalStateException("every Java has SHA-256", every);
        }
    }

    private String signature(String payload, User user) {
        return mac("session\n" + payload + "\n" + user.hash());
    }

    private String mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return TO_TEXT.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException every) {
            throw new IllegalStateException("every Java has HmacSHA256", every);
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
