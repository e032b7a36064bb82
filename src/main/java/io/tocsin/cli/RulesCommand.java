package io.tocsin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.model.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows rules as they stand in their files; asks no running member. */
@Command(name = "rules", description = "Lists the rules of a folder, or shows one with its text.")
final class RulesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do: list or show");
    }

    /** What both commands share. */
    abstract static class Shown implements Callable<Integer> {
        final Terminal terminal;
        private final Parts.Catalogue catalogue;

        @Option(names = "--rules", paramLabel = "DIR", description = "Folder with the rules. Default: rules.")
        private Path folder = Path.of("rules");

        @Mixin
        Output output;

        Shown(Terminal terminal, Parts.Catalogue catalogue) {
            this.terminal = terminal;
            this.catalogue = catalogue;
        }

        List<Parts.Rule> rules() throws Exception {
            if (!Files.isDirectory(folder)) {
                throw Exit.cannot(Text.clean(folder.toString()) + ": there is no such folder of rules");
            }
            Parts.Listed listed = catalogue.list(folder);
            if (!listed.unreadable().isEmpty()) {
                int count = listed.unreadable().size();
                terminal.err()
                        .println(count + (count == 1 ? " mistake" : " mistakes") + " in the rules; see ./tocsin check");
            }
            return listed.rules();
        }

        /** The folder, for people. */
        String folder() {
            return Text.clean(folder.toString());
        }

        static ObjectNode document(Parts.Rule rule) {
            return Json.object()
                    .put("name", rule.name())
                    .put("file", rule.file())
                    .put("line", rule.line());
        }
    }

    /** Lists. */
    @Command(name = "list", description = "Lists the rules, and the rows of tables of limits, by file and line.")
    static final class ListRules extends Shown {
        ListRules(Terminal terminal, Parts.Catalogue catalogue) {
            super(terminal, catalogue);
        }

        @Override
        public Integer call() throws Exception {
            List<Parts.Rule> rules = rules();
            if (output.json()) {
                ArrayNode all = Json.object().putArray("rules");
                rules.forEach(rule -> all.add(document(rule)));
                terminal.out().println(Json.pretty(all));
            } else if (output.quiet()) {
                rules.forEach(rule -> terminal.out().println(Text.clean(rule.name())));
            } else {
                Paint paint = output.paint(terminal);
                int width = rules.stream()
                        .mapToInt(rule -> Columns.of(rule.place()))
                        .max()
                        .orElse(0);
                rules.forEach(rule -> terminal.out()
                        .println(paint.faint(Columns.pad(Text.clean(rule.place()), width)) + "  "
                                + Text.clean(rule.name())));
            }
            return rules.isEmpty() ? Exit.NO : 0;
        }
    }

    /** Shows one. */
    @Command(
            name = "show",
            description = {
                "Shows a rule: where it stands, what it means, its text.",
                "With --drl a row of a table is shown as the rules it stands for."
            })
    static final class Show extends Shown {
        @Parameters(
                paramLabel = "RULE",
                description = "Its name or the beginning of it, or its place, such as threshold/limits.csv:2.")
        private String rule;

        @Option(names = "--drl", description = "In the language of rules; for a row what it stands for.")
        private boolean drl;

        Show(Terminal terminal, Parts.Catalogue catalogue) {
            super(terminal, catalogue);
        }

        @Override
        public Integer call() throws Exception {
            Parts.Rule found = find(rules());
            String text = drl ? found.drl().stripTrailing() : found.text();
            if (output.json()) {
                terminal.out()
                        .println(Json.pretty(document(found)
                                .put("doc", found.doc())
                                .put("text", found.text())
                                .put("drl", found.drl())));
                return 0;
            }
            Paint paint = output.paint(terminal);
            if (!output.quiet()) {
                terminal.out().println(paint.bold(Text.clean(found.name())));
                terminal.out().println(paint.faint(folder() + "/" + Text.clean(found.place())));
                found.doc().lines().forEach(line -> terminal.out().println("  " + Text.clean(line)));
                terminal.out().println();
            }
            text.lines().forEach(line -> terminal.out().println(Text.clean(line.replace("\t", "    "))));
            return 0;
        }

        private Parts.Rule find(List<Parts.Rule> rules) {
            String wanted = rule.toLowerCase(Locale.ROOT);
            for (Parts.Rule one : rules) {
                boolean place = one.place().equals(rule) || (folder() + "/" + one.place()).equals(rule);
                if (place || one.name().equals(rule)) {
                    return one;
                }
            }
            List<Parts.Rule> near = new ArrayList<>(rules);
            near.removeIf(one -> !one.name().toLowerCase(Locale.ROOT).startsWith(wanted));
            if (near.isEmpty()) {
                near.addAll(rules);
                near.removeIf(one -> !one.name().toLowerCase(Locale.ROOT).contains(wanted));
            }
            if (near.size() == 1) {
                return near.get(0);
            }
            String hint = near.isEmpty()
                    ? "./tocsin rules list names them all"
                    : "is it one of these? "
                            + String.join(
                                    "; ",
                                    near.stream().limit(8).map(Parts.Rule::name).toList());
            throw Exit.no("no rule is called \"" + Text.clean(rule) + "\"; " + Text.clean(hint));
        }
    }
}
