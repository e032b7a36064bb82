package io.tocsin.api;

import io.tocsin.api.access.AccountsSettings;
import io.tocsin.api.access.Role;
import io.tocsin.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;

/** Accounts for tests: a user and a token for every role, called like the role, in files as people write them. */
final class SomeAccounts {
    static final String PASSWORD = "correct horse SECRETMARK";

    /** Of the password; cheap, as hundreds of tests ask. */
    static final String HASH = at.favre.lib.crypto.bcrypt.BCrypt.withDefaults().hashToString(4, PASSWORD.toCharArray());

    final Path users;
    final Path tokens;

    SomeAccounts(Path folder) throws Exception {
        users = folder.resolve("users");
        tokens = folder.resolve("tokens");
        StringBuilder people = new StringBuilder("# people\n");
        StringBuilder programs = new StringBuilder("# programs\n\n");
        for (String role : Role.WORDS) {
            people.append(role)
                    .append(' ')
                    .append(role)
                    .append(' ')
                    .append(HASH)
                    .append('\n');
            programs.append(tokenLine(role, role)).append('\n');
        }
        Files.writeString(users, people);
        Files.writeString(tokens, programs);
    }

    static String token(String name) {
        return "tocsin_" + name + ".SECRETMARK" + "x".repeat(33);
    }

    static String tokenLine(String name, String role) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(token(name).getBytes());
        return name + " " + role + " sha256:" + HexFormat.of().formatHex(hash);
    }

    void addToken(String line) throws IOException {
        Files.writeString(tokens, line + "\n", StandardOpenOption.APPEND);
    }

    AccountsSettings settings() {
        return new AccountsSettings(users, tokens, Secret.of("SECRETMARK".repeat(4)), null, Duration.ofHours(12));
    }

    HttpSettings http() {
        return new HttpSettings("127.0.0.1", 0, false, 0, null, settings());
    }
}
