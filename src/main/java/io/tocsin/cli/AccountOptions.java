package io.tocsin.cli;

import io.tocsin.config.ConfigProblems;
import io.tocsin.config.Settings;
import io.tocsin.model.Text;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which file of accounts is meant. */
final class AccountOptions {
    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The file. Default: accounts.users_file or accounts.tokens_file of the config.")
    private Path file;

    @Mixin
    private ConfigOptions config;

    Path users(Terminal terminal) {
        return file != null ? file : named(settings(terminal).http().accounts().users(), "users");
    }

    Path tokens(Terminal terminal) {
        return file != null ? file : named(settings(terminal).http().accounts().tokens(), "tokens");
    }

    private Settings settings(Terminal terminal) {
        try {
            return config.load(terminal, null, null, null).settings();
        } catch (ConfigProblems problems) {
            problems.problems().forEach(terminal.err()::println);
            throw Exit.cannot("the configuration has mistakes; mend them, or name the file with --file");
        }
    }

    private static Path named(Path path, String what) {
        if (path == null) {
            throw Exit.cannot("accounts." + what + "_file is not set; write accounts: {" + what + "_file: secrets/"
                    + what + "} into config/tocsin.yaml, or name the file with --file");
        }
        return path;
    }

    static String shown(Path file) {
        return Text.clean(file.toString());
    }
}
