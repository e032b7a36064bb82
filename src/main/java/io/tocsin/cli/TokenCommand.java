package io.tocsin.cli;

import io.tocsin.model.Text;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Programs that may ask. */
@Command(
        name = "token",
        description = {
            "Makes, lists and revokes tokens, with which programs and these commands ask.",
            "A running Tocsin notices within seconds."
        })
final class TokenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do: create, list or revoke");
    }

    /** What all share. */
    abstract static class OfTokens implements Callable<Integer> {
        final Terminal terminal;
        private final Supplier<AccountFiles> accounts;

        @Mixin
        AccountOptions options;

        @Mixin
        Output output;

        OfTokens(Terminal terminal, Supplier<AccountFiles> accounts) {
            this.terminal = terminal;
            this.accounts = accounts;
        }

        abstract int run(AccountFiles files, Path file);

        @Override
        public Integer call() {
            try {
                return run(accounts.get(), options.tokens(terminal));
            } catch (IllegalArgumentException wrong) {
                throw Exit.cannot(wrong.getMessage());
            }
        }
    }

    /** Creates. */
    @Command(
            name = "create",
            description = {
                "Makes a token and prints it, once: only its hash is kept.",
                "Put it where nobody else reads: ./tocsin token create shop --role ingest > shop.token"
            })
    static final class Create extends OfTokens {
        @Parameters(paramLabel = "NAME", description = "What the program is called.")
        private String name;

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                required = true,
                description = "What it may do: ingest sends telemetry, viewer reads, responder acknowledges too,"
                        + " admin may do everything.")
        private String role;

        @Option(
                names = "--expires",
                paramLabel = "DURATION",
                description = "How long it is good for, such as 90d. Default: until it is revoked.")
        private String expires;

        Create(Terminal terminal, Supplier<AccountFiles> accounts) {
            super(terminal, accounts);
        }

        @Override
        int run(AccountFiles files, Path file) {
            Instant end = end();
            String token = files.createToken(file, name, role, end);
            if (output.json()) {
                terminal.out()
                        .println(Json.pretty(Json.object()
                                .put("name", name)
                                .put("role", role)
                                .put("expires_at", end == null ? null : end.toString())
                                .put("token", token)));
            } else {
                terminal.out().println(token);
            }
            if (!output.quiet()) {
                terminal.err()
                        .println(name + " may ask as " + role + (end == null ? "" : " until " + end)
                                + "; its hash is in " + AccountOptions.shown(file)
                                + ", the token itself nowhere but above");
            }
            return 0;
        }

        private Instant end() {
            if (expires == null) {
                return null;
            }
            try {
                Instant now = Instant.ofEpochSecond(terminal.clock().instant().getEpochSecond());
                Instant end = now.plus(Text.duration(expires));
                if (end.isAfter(now)) {
                    return end;
                }
            } catch (IllegalArgumentException wrong) {
                throw Exit.cannot("--expires: " + wrong.getMessage());
            }
            throw Exit.cannot("--expires: expected more than 0s");
        }
    }

    /** Lists. */
    @Command(name = "list", description = "Lists tokens, what they are good for and until when.")
    static final class ListTokens extends OfTokens {
        ListTokens(Terminal terminal, Supplier<AccountFiles> accounts) {
            super(terminal, accounts);
        }

        @Override
        int run(AccountFiles files, Path file) {
            return new AccountList(terminal, output).print(files.tokens(file), true);
        }
    }

    /** Revokes. */
    @Command(
            name = "revoke",
            description = {"Revokes a token.", "Exits with 1 if there is none of that name."})
    static final class Revoke extends OfTokens {
        @Parameters(paramLabel = "NAME", description = "What the program is called.")
        private String name;

        Revoke(Terminal terminal, Supplier<AccountFiles> accounts) {
            super(terminal, accounts);
        }

        @Override
        int run(AccountFiles files, Path file) {
            if (!files.revokeToken(file, name)) {
                throw Exit.no("there is no token " + Text.clean(name) + " in " + AccountOptions.shown(file));
            }
            if (!output.quiet()) {
                terminal.err().println("the token " + name + " is worth nothing now");
            }
            return 0;
        }
    }
}
