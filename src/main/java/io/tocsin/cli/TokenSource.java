package io.tocsin.cli;

import io.tocsin.model.Secret;
import io.tocsin.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the token comes from with which a command asks: an option, the environment, a file in the home folder; or nowhere. */
final class TokenSource {
    private TokenSource() {}

    /**
     * The token; null if there is none.
     *
     * @param file what {@code --token-file} names; null if it is not given
     */
    static Secret find(Terminal terminal, Path file) {
        if (file != null) {
            return checked(read(file, "--token-file"), "--token-file");
        }
        String given = terminal.env("TOCSIN_TOKEN", "").strip();
        if (!given.isEmpty()) {
            return checked(given, "TOCSIN_TOKEN");
        }
        String config = terminal.env("XDG_CONFIG_HOME", "");
        String home = terminal.env("HOME", "");
        if (config.isEmpty() && home.isEmpty()) {
            return null;
        }
        Path usual = (config.isEmpty() ? Path.of(home, ".config") : Path.of(config)).resolve("tocsin/token");
        return Files.exists(usual) ? checked(read(usual, usual.toString()), usual.toString()) : null;
    }

    private static String read(Path file, String where) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw Exit.cannot(Text.clean(where) + ": " + Text.clean(file.toString()) + " cannot be read");
        }
    }

    /** A header takes not every character, and what is wrong must not be shown. */
    private static Secret checked(String token, String where) {
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw Exit.cannot(
                    Text.clean(where) + ": holds no token; expected one line, as ./tocsin token create prints it");
        }
        return Secret.of(token);
    }
}
