package io.tocsin.cli.rules;

import io.tocsin.cli.Parts;
import io.tocsin.cli.scenario.Scenario;
import io.tocsin.cli.scenario.ScenarioFault;
import io.tocsin.cli.scenario.ScenarioFile;
import io.tocsin.cli.scenario.ScenarioReader;
import io.tocsin.evaluate.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether every rule file is proved: a scenario beside it that can be read, with a case in which nothing happens. */
final class ScenarioCheck {
    private final Path folder;
    private final List<Parts.Found> found = new ArrayList<>();

    ScenarioCheck(Path folder) {
        this.folder = folder;
    }

    /** What is wrong with the scenarios of rule files. */
    List<Parts.Found> found(Map<String, Proof> files) {
        files.forEach((file, proof) -> {
            Problem missing = ScenarioFile.missing(folder, file);
            if (missing == null) {
                scenario(ScenarioFile.beside(file), proof);
            } else if (Files.isRegularFile(folder.resolve(file))) {
                add(missing.file(), missing.line(), missing.column(), missing.what(), missing.hint());
            }
        });
        return found;
    }

    private void scenario(String file, Proof proof) {
        try {
            Scenario scenario = ScenarioReader.read(folder.resolve(file));
            for (Scenario.Case one : scenario.cases()) {
                if (!Proof.expects(one)) {
                    add(file, 1, 1, "case \"" + one.name() + "\" expects nothing, so it proves nothing", "add expect:");
                }
            }
            if (!proof.silent(scenario)) {
                add(
                        file,
                        1,
                        1,
                        "no case stays silent",
                        "add one that comes near the limit and expects {alerts: [], notifications: []}");
            }
        } catch (ScenarioFault fault) {
            fault.problems().forEach(one -> add(file, one.line(), one.column(), one.what(), one.hint()));
        }
    }

    private void add(String file, int line, int column, String what, String hint) {
        String text = what.split("\n", 2)[0];
        found.add(new Parts.Found(file, Math.max(1, line), Math.max(1, column), text, hint, false));
    }
}
