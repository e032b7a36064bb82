package io.tocsin.api.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A program that may ask: a line {@code NAME ROLE sha256:HASH [expires=TIME]} of the file of tokens. The token itself is
 * {@code tocsin_NAME.SECRET} with 256 random bits, so that its plain hash is as good as a slow one.
 *
 * @param hash of the whole token, hexadecimal
 * @param expires from when it is worth nothing; null for never
 */
record Token(String name, Role role, String hash, Instant expires) implements Account {
    private static final String PREFIX = "tocsin_";
    private static final String SHA = "sha256:";
    private static final String EXPIRES = "expires=";
    private static final int BYTES = 32;

    Token {
        AccountNames.checked(name);
    }

    static Token of(String[] words) {
        if (words.length != 3 && words.length != 4) {
            throw new IllegalArgumentException(
                    "has " + words.length + " words; expected NAME ROLE sha256:HASH, and expires=TIME if it ends");
        }
        if (!words[2].matches(SHA + "[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "the third word is no sha256: with 64 hexadecimal digits; write the line with ./tocsin token create");
        }
        return new Token(
                words[0],
                Role.of(words[1]),
                words[2].substring(SHA.length()),
                words.length == 4 ? expires(words[3]) : null);
    }

    private static Instant expires(String word) {
        try {
            if (word.startsWith(EXPIRES)) {
                return Instant.parse(word.substring(EXPIRES.length()));
            }
        } catch (DateTimeParseException none) {
            // told below, like any other word
        }
        throw new IllegalArgumentException(
                AccountNames.quoted(word) + " is none; expected expires=TIME, such as expires=2027-01-31T00:00:00Z");
    }

    /** The text of a new token with this name; whoever has it is that program. */
    static String secret(String name) {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return PREFIX + name + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    static Token of(String secret, String name, Role role, Instant expires) {
        return new Token(name, role, HexFormat.of().formatHex(sha(secret)), expires);
    }

    /** The name in the text of a token; null if it is none. */
    static String nameIn(String secret) {
        int dot = secret.lastIndexOf('.');
        return secret.startsWith(PREFIX) && dot > PREFIX.length() ? secret.substring(PREFIX.length(), dot) : null;
    }

    boolean matches(String secret) {
        return MessageDigest.isEqual(sha(secret), HexFormat.of().parseHex(hash));
    }

    boolean over(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    private static byte[] sha(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException every) {
            throw new IllegalStateException("every Java has SHA-256", every);
        }
    }

    @Override
    public String line() {
        return name + " " + role.wire() + " " + SHA + hash + (expires == null ? "" : " " + EXPIRES + expires);
    }

    @Override
    public String toString() {
        return "token " + name + " (" + role.wire() + (expires == null ? ")" : ", until " + expires + ")");
    }
}
