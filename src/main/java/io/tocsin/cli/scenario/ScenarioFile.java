package io.tocsin.cli.scenario;

import io.tocsin.evaluate.Problem;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the scenario of a rule file stands: beside it, with another ending. */
public final class ScenarioFile {
    /** How every scenario file ends. */
    static final String ENDING = ".scenario.yaml";

    private ScenarioFile() {}

    /** The name of the scenario that proves a file of rules or a table of limits. */
    public static String beside(String rules) {
        return rules.replaceAll("\\.(drl|csv)$", ENDING);
    }

    /** What is wrong if a rule file of a folder has no scenario; null if it has one. */
    public static Problem missing(Path folder, String rules) {
        Path scenario = folder.resolve(beside(rules));
        return Files.isRegularFile(scenario)
                ? null
                : new Problem(
                        rules,
                        1,
                        1,
                        "has no scenario file",
                        "write " + scenario + " with a case that fires and one that stays silent",
                        false);
    }
}
