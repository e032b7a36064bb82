package io.tocsin.evaluate;

import io.tocsin.model.RuleInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rule files of a folder together, as far as can be seen without the compiler. */
final class RuleFiles {
    private final List<Problem> faults = new ArrayList<>();
    private final List<Problem> remarks = new ArrayList<>();
    private final Map<String, RuleFile> files = new TreeMap<>();
    private final List<LimitTable> tables = new ArrayList<>();
    private final List<RulePart> parts = new ArrayList<>();
    private final Map<String, RuleInfo> rules = new TreeMap<>();
    private final Map<String, String> drl = new LinkedHashMap<>();
    private final Set<String> trends = new TreeSet<>();
    private final List<String> names;

    /** Reads and looks at texts by their names. */
    RuleFiles(Map<String, String> texts) {
        names = List.copyOf(texts.keySet());
        texts.forEach((name, text) -> {
            if (RuleFolder.isTable(name)) {
                table(new LimitTable(name, RuleFolder.normal(text)));
            } else {
                file(RuleFile.parse(name, text));
            }
        });
        remarks.addAll(new Conflicts(parts, tables).problems());
    }

    private void table(LimitTable table) {
        tables.add(table);
        table.problems().forEach(problem -> (problem.warning() ? remarks : faults).add(problem));
        table.rules().forEach(this::rule);
        drl.putAll(table.drl());
    }

    private void file(RuleFile file) {
        files.put(file.name(), file);
        faults.addAll(file.problems());
        RuleLint lint = new RuleLint(file);
        faults.addAll(lint.problems());
        trends.addAll(lint.trends());
        parts.addAll(lint.parts());
        List<RuleInfo> infos = file.rules();
        infos.forEach(this::rule);
        Map<Integer, RuleInfo> byLine =
                infos.stream().collect(Collectors.toMap(rule -> rule.ref().line(), rule -> rule, (one, other) -> one));
        lint.parts().stream()
                .filter(part -> byLine.containsKey(part.line()))
                .forEach(part -> remarks.addAll(new RuleComment(part, byLine.get(part.line())).problems()));
        empty(file);
    }

    private void empty(RuleFile file) {
        if (file.text().text().isBlank()) {
            faults.add(Problem.error(
                    file.name(), 1, 1, "the file is empty", "if its rules are not wanted, delete it and its scenario"));
        } else if (file.text().sections().isEmpty() && file.problems().isEmpty()) {
            remarks.add(
                    Problem.warning(file.name(), 1, 1, "holds no rule", "delete it and its scenario, or write a rule"));
        }
    }

    private void rule(RuleInfo rule) {
        RuleInfo other = rules.putIfAbsent(rule.ref().name(), rule);
        if (other != null) {
            faults.add(Problem.error(
                    rule.ref().file(),
                    rule.ref().line(),
                    1,
                    "rule \"" + rule.ref().name() + "\" stands twice",
                    "the first is at " + other.ref().place()));
        }
    }

    /** What keeps rules from running. */
    List<Problem> faults() {
        return faults;
    }

    /** What keeps people from working with them: errors and warnings of a check. */
    List<Problem> remarks() {
        return remarks;
    }

    /** The files, by name. */
    List<String> names() {
        return names;
    }

    /** The rules that can be read and the good rows of tables, by name. */
    Map<String, RuleInfo> rules() {
        return rules;
    }

    /** The rules that are given to the compiler as they are written. */
    List<RuleInfo> compiled() {
        Set<String> faulty = faults.stream().map(Problem::file).collect(Collectors.toSet());
        Map<String, String> sound = sound();
        return rules.values().stream()
                .filter(rule -> !drl.containsKey(rule.ref().name()))
                .filter(rule -> sound.containsKey(rule.ref().file()))
                .filter(rule -> !faulty.contains(rule.ref().file())
                        || sound.get(rule.ref().file()).contains(rule.text()))
                .toList();
    }

    /** The rules that can be read, but for rows. */
    List<RulePart> parts() {
        return parts;
    }

    /** The rules that a row stands for, by the name of the row. */
    Map<String, String> drl() {
        return drl;
    }

    /** What they name that is no part of them. */
    List<Mention> mentions() {
        return Stream.concat(
                        parts.stream().flatMap(part -> Mention.of(part).stream()),
                        tables.stream().flatMap(table -> table.mentions().stream()))
                .toList();
    }

    Set<String> trends() {
        return trends;
    }

    List<LimitGroup> limits() {
        return tables.stream().flatMap(table -> table.groups().stream()).toList();
    }

    /** What can be given to the compiler: the rules without a fault, each where it stands. */
    Map<String, String> sound() {
        Map<String, String> texts = new TreeMap<>();
        files.forEach((name, file) -> {
            List<Integer> lines = faults.stream()
                    .filter(fault -> fault.file().equals(name))
                    .map(Problem::line)
                    .toList();
            List<DrlText.Section> all = file.text().parts();
            List<DrlText.Section> bad = all.stream()
                    .filter(part -> lines.stream().anyMatch(line -> file.text().holds(part, line)))
                    .toList();
            if (!bad.contains(all.get(0)) && bad.size() < all.size() - 1) {
                texts.put(name, file.text().without(bad));
            }
        });
        if (tables.stream().anyMatch(table -> !table.rules().isEmpty())) {
            texts.put(
                    LimitDrl.FILE,
                    LimitDrl.rules(limits().stream().map(LimitGroup::metric).collect(Collectors.toSet())));
        }
        return texts;
    }
}
