package io.tocsin.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Files of people and programs that may ask. What is wrong is an {@link IllegalArgumentException} for people. */
public interface AccountFiles {
    /**
     * One account.
     *
     * @param name what it is called
     * @param role what it may do
     * @param expires when it ends; null for never
     */
    record Account(String name, String role, Instant expires) {}

    /** Everybody in a file of users; nobody if it is not there. */
    List<Account> users(Path file);

    /** Refuses a name or role that is none, before anybody is asked for a password. */
    void check(String name, String role);

    /** Adds somebody. */
    void addUser(Path file, String name, String role, String password);

    /** Whether there was such a user; there is none now. */
    boolean removeUser(Path file, String name);

    /** Every program in a file of tokens; none if it is not there. */
    List<Account> tokens(Path file);

    /**
     * Adds a program.
     *
     * @param expires when its token ends; null for never
     * @return the token, which is kept nowhere
     */
    String createToken(Path file, String name, String role, Instant expires);

    /** Whether there was such a token; it is worth nothing now. */
    boolean revokeToken(Path file, String name);
}
