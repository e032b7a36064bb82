package io.tocsin.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** People who may log in. */
@Command(
        name = "user",
        description = {
            "Adds, lists and removes people who may log in.",
            "A running Tocsin notices within seconds. To change a password or a role, remove and add."
        })
final class UserCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do: add, list or remove");
    }

    /** What all share. */
    abstract static class OfUsers implements Callable<Integer> {
        final Terminal terminal;
        private final Supplier<AccountFiles> accounts;

        @Mixin
        AccountOptions options;

        @Mixin
        Output output;

        OfUsers(Terminal terminal, Supplier<AccountFiles> accounts) {
            this.terminal = terminal;
            this.accounts = accounts;
        }

        abstract int run(AccountFiles files, Path file);

        @Override
        public Integer call() {
            try {
                return run(accounts.get(), options.users(terminal));
            } catch (IllegalArgumentException wrong) {
                throw Exit.cannot(wrong.getMessage());
            }
        }
    }

    /** Adds. */
    @Command(name = "add", description = "Adds somebody; asks for the password twice.")
    static final class Add extends OfUsers {
        private final Supplier<PasswordPrompt> prompt;

        @Parameters(paramLabel = "NAME", description = "What the person is called.")
        private String name;

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                required = true,
                description =
                        "What the person may do: viewer reads, responder acknowledges too, admin may do everything.")
        private String role;

        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                description = "Takes the password from the first line of a file instead of asking.")
        private Path passwordFile;

        Add(Terminal terminal, Supplier<AccountFiles> accounts, Supplier<PasswordPrompt> prompt) {
            super(terminal, accounts);
            this.prompt = prompt;
        }

        @Override
        int run(AccountFiles files, Path file) {
            files.check(name, role);
            if (files.users(file).stream().anyMatch(one -> one.name().equals(name))) {
                throw Exit.cannot(
                        "there is a user " + name + " already in " + AccountOptions.shown(file) + "; remove it first");
            }
            files.addUser(file, name, role, prompt.get().of(passwordFile, name));
            if (!output.quiet()) {
                terminal.err().println(name + " may log in as " + role + "; written to " + AccountOptions.shown(file));
            }
            return 0;
        }
    }

    /** Lists. */
    @Command(name = "list", description = "Lists who may log in, and as what.")
    static final class ListUsers extends OfUsers {
        ListUsers(Terminal terminal, Supplier<AccountFiles> accounts) {
            super(terminal, accounts);
        }

        @Override
        int run(AccountFiles files, Path file) {
            return new AccountList(terminal, output).print(files.users(file), false);
        }
    }

    /** Removes. */
    @Command(
            name = "remove",
            description = {"Removes somebody, and ends their sessions.", "Exits with 1 if there is no such user."})
    static final class Remove extends OfUsers {
        @Parameters(paramLabel = "NAME", description = "What the person is called.")
        private String name;

        Remove(Terminal terminal, Supplier<AccountFiles> accounts) {
            super(terminal, accounts);
        }

        @Override
        int run(AccountFiles files, Path file) {
            if (!files.removeUser(file, name)) {
                throw Exit.no(
                        "there is no user " + io.tocsin.model.Text.clean(name) + " in " + AccountOptions.shown(file));
            }
            if (!output.quiet()) {
                terminal.err().println(name + " may no longer log in");
            }
            return 0;
        }
    }
}
