package io.tocsin.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.cli.rules.NewRule;
import io.tocsin.cli.rules.RuleKind;
import io.tocsin.config.NearMiss;
import io.tocsin.model.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a rule and its scenario from a template. */
@Command(
        name = "rule",
        description = {
            "Writes a rule and its scenario from a template; both pass check and test as they are.",
            "Overwrites nothing. The patterns are explained in rules/README.md."
        })
final class NewRuleCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            description = "The pattern, such as threshold; --list shows all.")
    private String kind;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Name of the file and of the alert type, such as queue_length.")
    private String name;

    @Option(names = "--list", description = "Shows the kinds, and the folder of each.")
    private boolean list;

    @Option(names = "--rules", paramLabel = "DIR", description = "Folder with the rules. Default: rules.")
    private Path rules;

    @Mixin
    private Output output;

    NewRuleCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (list) {
            list();
            return 0;
        }
        NewRule rule = rule();
        try {
            String taken = rule.taken(folder());
            if (taken != null) {
                throw Exit.cannot(Text.clean(taken) + "; choose another name, nothing was written");
            }
            rule.write();
        } catch (IOException | UncheckedIOException fault) {
            throw Exit.cannot(Text.clean(rule.rule() + " cannot be written: " + fault.getMessage()));
        }
        print(rule);
        return 0;
    }

    private Path folder() {
        return rules == null ? Path.of("rules") : rules;
    }

    private NewRule rule() {
        if (kind == null || name == null) {
            throw Exit.cannot("say which kind and what it is called: new rule KIND NAME; --list shows the kinds");
        }
        RuleKind template = RuleKind.of(kind);
        if (template == null) {
            throw Exit.cannot("there is no kind \"" + Text.clean(kind) + "\"" + NearMiss.hint(kind, RuleKind.words()));
        }
        String wrong = NewRule.wrong(name);
        if (wrong != null) {
            throw Exit.cannot("\"" + Text.clean(Text.cut(name, 60)) + "\" " + wrong);
        }
        if (!Files.isDirectory(folder())) {
            throw Exit.cannot(
                    Text.clean(folder().toString()) + ": there is no such folder; name the rules with --rules");
        }
        return NewRule.in(folder(), template, name);
    }

    private void list() {
        if (output.json()) {
            var kinds = Json.object();
            var all = kinds.putArray("kinds");
            for (RuleKind each : RuleKind.values()) {
                all.addObject()
                        .put("kind", each.word())
                        .put("folder", each.family())
                        .put("says", each.says());
            }
            terminal.out().println(Json.pretty(kinds));
        } else if (output.quiet()) {
            RuleKind.words().forEach(terminal.out()::println);
        } else {
            Paint paint = output.paint(terminal);
            Table table = new Table("KIND", "FOLDER", "SAYS");
            for (RuleKind each : RuleKind.values()) {
                table.row(each.word(), each.family(), each.says());
            }
            table.lines(terminal.width(), paint, (column, cell) -> column == 0 ? paint.cyan(cell) : cell)
                    .forEach(terminal.out()::println);
        }
    }

    private void print(NewRule rule) {
        if (output.json()) {
            ObjectNode written = Json.object();
            written.put("kind", rule.kind().word()).put("name", rule.name());
            written.put("rule", rule.rule().toString())
                    .put("scenario", rule.scenario().toString());
            terminal.out().println(Json.pretty(written));
            return;
        }
        terminal.out().println(rule.rule());
        terminal.out().println(rule.scenario());
        if (!output.quiet()) {
            next(rule);
        }
    }

    private void next(NewRule rule) {
        Paint paint = output.paint(terminal);
        String where = rules == null ? "" : " --rules " + rules;
        Table steps = new Table("NEXT", "");
        steps.row("$EDITOR " + rule.rule(), "what it looks at, the number, and why; then its scenario");
        steps.row("./tocsin check" + where, "does it compile, is everything there");
        steps.row("./tocsin test " + rule.scenario(), "does it do what the scenario says");
        terminal.err().println();
        steps.lines(0, paint, (column, cell) -> column == 1 ? paint.faint(cell) : cell)
                .forEach(terminal.err()::println);
    }
}
