package io.tocsin.cli;

import io.tocsin.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says who acts. */
final class Person {
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

    @Option(
            names = "--by",
            paramLabel = "WHO",
            description = "Who does it. Default: user@host. With a token it is the account that counts.")
    private String by;

    String name(Terminal terminal) {
        if (by != null && by.isBlank()) {
            throw Exit.cannot("--by: is empty; write who does it");
        }
        return by != null
                ? by
                : Text.clean(terminal.env("USER", System.getProperty("user.name"))) + "@" + host(terminal);
    }

    private static String host(Terminal terminal) {
        try {
            return Files.isReadable(HOST) ? Files.readString(HOST).trim() : terminal.env("HOSTNAME", "localhost");
        } catch (IOException e) {
            return "localhost";
        }
    }
}
