package io.tocsin.cli;

import io.tocsin.model.Text;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command line as a whole: finds the command, runs it, turns whatever happens into an exit code. */
public final class Cli {
    private Cli() {}

    /**
     * Runs one command line.
     *
     * @param args the words after {@code tocsin}
     * @param terminal where to print
     * @param parts what the commands need of the rest
     * @return the exit code: 0 fine, 1 the answer is no, 2 wrong usage or cannot reach
     */
    public static int run(String[] args, Terminal terminal, Parts parts) {
        int code = commands(args, terminal, parts).execute(args);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    private static CommandLine commands(String[] args, Terminal terminal, Parts parts) {
        CommandLine bench = new CommandLine(new BenchCommand())
                .addSubcommand(new BenchEngineCommand(terminal, parts.engine()))
                .addSubcommand(new BenchClusterCommand(terminal, parts.cluster()));
        CommandLine begin = new CommandLine(new NewCommand()).addSubcommand(new NewRuleCommand(terminal));
        CommandLine rules = new CommandLine(new RulesCommand())
                .addSubcommand(new RulesCommand.ListRules(terminal, parts.catalogue()))
                .addSubcommand(new RulesCommand.Show(terminal, parts.catalogue()));
        CommandLine user = new CommandLine(new UserCommand())
                .addSubcommand(new UserCommand.Add(terminal, parts.accounts(), PasswordPrompt::system))
                .addSubcommand(new UserCommand.ListUsers(terminal, parts.accounts()))
                .addSubcommand(new UserCommand.Remove(terminal, parts.accounts()));
        CommandLine token = new CommandLine(new TokenCommand())
                .addSubcommand(new TokenCommand.Create(terminal, parts.accounts()))
                .addSubcommand(new TokenCommand.ListTokens(terminal, parts.accounts()))
                .addSubcommand(new TokenCommand.Revoke(terminal, parts.accounts()));
        CommandLine commands = new CommandLine(new TocsinCommand())
                .addSubcommand(new RunCommand(terminal, parts.appliance()))
                .addSubcommand(new CheckCommand(terminal, parts.rules()))
                .addSubcommand(new TestCommand(terminal, parts.scenarios()))
                .addSubcommand(new ReplayCommand(terminal, parts.replays()))
                .addSubcommand(new AlertsCommand(terminal))
                .addSubcommand(new AckCommand(terminal))
                .addSubcommand(new ResolveCommand(terminal))
                .addSubcommand(new WhyCommand(terminal))
                .addSubcommand(new WhyNotCommand(terminal))
                .addSubcommand(new StatusCommand(terminal))
                .addSubcommand(new WatchCommand(terminal))
                .addSubcommand(new DemoCommand(terminal))
                .addSubcommand(begin)
                .addSubcommand(user)
                .addSubcommand(token)
                .addSubcommand(rules)
                .addSubcommand(bench);
        Ansi ansi = Output.ansi(args, terminal);
        help(commands);
        return commands.setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((problem, words) -> usage(problem, terminal))
                .setExecutionExceptionHandler((problem, line, result) -> failed(problem, terminal));
    }

    private static void help(CommandLine line) {
        String version =
                Objects.requireNonNullElse(Cli.class.getPackage().getImplementationVersion(), "(not packaged)");
        CommandSpec spec = line.getCommandSpec();
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Says this.")
                .build());
        spec.version("tocsin " + version);
        if (spec.parent() == null) {
            spec.addOption(OptionSpec.builder("-V", "--version")
                    .versionHelp(true)
                    .description("Says which version this is.")
                    .build());
        }
        spec.usageMessage().sortOptions(false).abbreviateSynopsis(true);
        line.getSubcommands().values().forEach(Cli::help);
    }

    private static int usage(CommandLine.ParameterException problem, Terminal terminal) {
        String name = problem.getCommandLine().getCommandSpec().qualifiedName();
        terminal.err().println("tocsin: " + Text.clean(String.valueOf(problem.getMessage())));
        if (problem instanceof CommandLine.UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                terminal.err().println("did you mean " + String.join(" or ", near) + "?");
            }
        }
        terminal.err().println("see ./" + name + " --help");
        return Exit.CANNOT;
    }

    private static int failed(Exception problem, Terminal terminal) {
        if (problem instanceof Exit exit) {
            terminal.err().println("tocsin: " + exit.getMessage());
            return exit.code();
        }
        StringWriter trace = new StringWriter();
        problem.printStackTrace(new PrintWriter(trace));
        terminal.err().println("tocsin: this should not happen; please report it with the following lines");
        terminal.err().print(trace);
        return Exit.CANNOT;
    }
}
