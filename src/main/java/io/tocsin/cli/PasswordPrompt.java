package io.tocsin.cli;

import io.tocsin.model.Text;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Where a new password comes from: a file, or somebody at the terminal who types it twice and sees nothing of it. */
final class PasswordPrompt {
    private final Function<String, char[]> ask;

    /** Null for {@code ask}: there is nobody to ask. */
    PasswordPrompt(Function<String, char[]> ask) {
        this.ask = ask;
    }

    static PasswordPrompt system() {
        Console console = System.console();
        return new PasswordPrompt(console == null ? null : question -> console.readPassword("%s", question));
    }

    String of(Path file, String name) {
        return file != null ? read(file) : asked(name);
    }

    private static String read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty() || lines.get(0).isEmpty()) {
                throw Exit.cannot("--password-file " + Text.clean(file.toString()) + ": its first line is empty");
            }
            return lines.get(0);
        } catch (IOException e) {
            throw Exit.cannot("--password-file " + Text.clean(file.toString()) + ": cannot be read");
        }
    }

    private String asked(String name) {
        if (ask == null) {
            throw Exit.cannot("there is no terminal to ask for a password; name a file with --password-file");
        }
        char[] once = ask.apply("Password for " + name + ": ");
        char[] twice = once == null ? null : ask.apply("Again: ");
        if (twice == null) {
            throw Exit.cannot("no password was given; nothing has changed");
        }
        if (!new String(once).equals(new String(twice))) {
            throw Exit.cannot("the two are not the same; nothing has changed");
        }
        return new String(once);
    }
}
