package io.tocsin.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.PackageDescr;

/** What stands in a rule file beside its rules: the package, and imports of what is allowed. */
final class RuleHeader {
    private static final String ALLOWED =
            "rules may import io.tocsin.model, java.util and java.time, and static io.tocsin.model.Rules";
    private static final Pattern TYPES =
            Pattern.compile("(io\\.tocsin\\.model|java\\.util|java\\.time)\\.([A-Z]\\w*|\\*)");
    private static final Pattern HELPERS = Pattern.compile("io\\.tocsin\\.model\\.Rules\\.\\S+");

    private final DrlText text;
    private final PackageDescr tree;
    private final List<Problem> problems = new ArrayList<>();

    RuleHeader(RuleFile file) {
        this.text = file.text();
        this.tree = file.tree();
    }

    List<Problem> problems() {
        if (!"rules".equals(tree.getName())) {
            problems.add(text.problem(
                    Math.max(0, find("package", 0)),
                    "package is \"" + tree.getName() + "\"",
                    "every rule file says package rules;"));
        }
        for (ImportDescr imported : tree.getImports()) {
            String target = imported.getTarget();
            if (!TYPES.matcher(target).matches()) {
                problems.add(text.problem(at(imported), "import of " + target + " is not allowed", ALLOWED));
            } else if (!target.endsWith("*") && !exists(target)) {
                problems.add(text.problem(
                        at(imported), "there is no " + target, "the facts are " + String.join(", ", Facts.names())));
            }
        }
        for (ImportDescr imported : tree.getFunctionImports()) {
            if (!HELPERS.matcher(imported.getTarget()).matches()) {
                problems.add(
                        text.problem(at(imported), "import of " + imported.getTarget() + " is not allowed", ALLOWED));
            }
        }
        Map.<String, Collection<?>>of(
                        "global", tree.getGlobals(),
                        "function", tree.getFunctions(),
                        "accumulate", tree.getAccumulateImports(),
                        "declare", declared())
                .forEach((word, found) -> {
                    if (!found.isEmpty()) {
                        banned(word);
                    }
                });
        tree.getAttributes().forEach(attribute -> banned(attribute.getName()));
        if (tree.getUnit() != null) {
            banned("unit");
        }
        return problems;
    }

    private List<Object> declared() {
        List<Object> all = new ArrayList<>(tree.getTypeDeclarations());
        all.addAll(tree.getEnumDeclarations());
        all.addAll(tree.getEntryPointDeclarations());
        all.addAll(tree.getWindowDeclarations());
        return all;
    }

    private void banned(String word) {
        problems.add(text.problem(
                Math.max(0, find(word, 0)),
                "\"" + word + "\" is not allowed",
                "a file has package, imports and rules"));
    }

    private int at(ImportDescr imported) {
        return Math.max(0, find("import", Math.max(0, text.offset(imported.getLine(), 1))));
    }

    private int find(String word, int from) {
        return text.find(word, from, text.code().length());
    }

    private static boolean exists(String type) {
        try {
            Class.forName(type, false, RuleHeader.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError none) {
            return false;
        }
    }
}
