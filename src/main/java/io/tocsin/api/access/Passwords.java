package io.tocsin.api.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Passwords and what is kept of them. Slow on purpose: some tenths of a second each. */
final class Passwords {
    static final int SHORTEST = 8;

    /** What bcrypt looks at; beyond it two passwords would be the same. */
    static final int LONGEST_BYTES = 72;

    private static final int COST = 12;
    private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");

    /** Of nobody's password: asked about somebody who is not there, it takes as long as for one who is. */
    private static final String NOBODY = "$2a$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW";

    private Passwords() {}

    static boolean isHash(String word) {
        return HASH.matcher(word).matches();
    }

    /**
     * The hash of a new password.
     *
     * @throws IllegalArgumentException if it is too short or too long
     */
    static String hash(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            throw new IllegalArgumentException(
                    "the password has " + length + " characters; at least " + SHORTEST + " are needed");
        }
        if (bytes(password).length > LONGEST_BYTES) {
            throw new IllegalArgumentException("the password has " + bytes(password).length + " bytes; at most "
                    + LONGEST_BYTES + " are looked at");
        }
        return new String(BCrypt.withDefaults().hash(COST, bytes(password)), StandardCharsets.US_ASCII);
    }

    /**
     * Whether a password is that of a hash.
     *
     * @param hash null for somebody who is not there
     */
    static boolean matches(String password, String hash) {
        byte[] given = bytes(password);
        byte[] known = (hash == null ? NOBODY : hash).getBytes(StandardCharsets.US_ASCII);
        boolean same = BCrypt.verifyer(null, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A))
                .verify(given, known)
                .verified;
        return same && hash != null && given.length <= LONGEST_BYTES;
    }

    private static byte[] bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8);
    }
}
