package io.tocsin.api.access;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Changes files of accounts, for those who look after them. What is wrong is an {@link IllegalArgumentException}. */
public final class AccountChanges {
    private static final String USER = "user";
    private static final String TOKEN = "token";

    private AccountChanges() {}

    /**
     * An account without what proves it.
     *
     * @param expires when it ends; null for never
     */
    public record Shown(String name, String role, Instant expires) {}

    /** Everybody in a file of users; nobody if it is not there. */
    public static List<Shown> users(Path file) {
        return shown(read(() -> AccountFile.users(file).read()).values());
    }

    /** Every program in a file of tokens; none if it is not there. */
    public static List<Shown> tokens(Path file) {
        return shown(read(() -> AccountFile.tokens(file).read()).values());
    }

    /** Refuses what is no name or no role. */
    public static void check(String name, String role) {
        AccountNames.checked(name);
        Role.of(role);
    }

    /** Adds somebody. */
    public static void addUser(Path file, String name, String role, String password) {
        User user = new User(name, Role.of(role), Passwords.hash(password));
        told(() -> {
            AccountFile.users(file).add(user, USER);
            return null;
        });
    }

    /** Whether there was such a user; there is none now. */
    public static boolean removeUser(Path file, String name) {
        return told(() -> AccountFile.users(file).remove(name));
    }

    /** Adds a program; the token is the answer and kept nowhere. */
    public static String createToken(Path file, String name, String role, Instant expires) {
        String secret = Token.secret(AccountNames.checked(name));
        Token token = Token.of(secret, name, Role.of(role), expires);
        return told(() -> {
            AccountFile.tokens(file).add(token, TOKEN);
            return secret;
        });
    }

    /** Whether there was such a token; it is worth nothing now. */
    public static boolean revokeToken(Path file, String name) {
        return told(() -> AccountFile.tokens(file).remove(name));
    }

    private static <A extends Account> Map<String, A> read(Supplier<Map<String, A>> file) {
        return told(() -> {
            try {
                return file.get();
            } catch (AccountException.Missing none) {
                return Map.of();
            }
        });
    }

    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (AccountException fault) {
            throw new IllegalArgumentException(fault.getMessage());
        }
    }

    private static List<Shown> shown(Collection<? extends Account> accounts) {
        return accounts.stream()
                .map(one ->
                        new Shown(one.name(), one.role().wire(), one instanceof Token token ? token.expires() : null))
                .toList();
    }
}
