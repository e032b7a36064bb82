package io.tocsin.cli.rules;

import io.tocsin.cli.Parts;
import io.tocsin.cli.scenario.Scenario;
import io.tocsin.cli.scenario.ScenarioFault;
import io.tocsin.cli.scenario.ScenarioReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether every rule file is proved: a scenario beside it that can be read, with a case in which nothing happens. */
final class ScenarioCheck {
    private static final Pattern PLACE = Pattern.compile(":(\\d+):(\\d+): (.*)", Pattern.DOTALL);

    private final Path folder;
    private final List<Parts.Found> found = new ArrayList<>();

    ScenarioCheck(Path folder) {
        this.folder = folder;
    }

    /** What is wrong with the scenarios of rule files. */
    List<Parts.Found> found(Map<String, Proof> files) {
        files.forEach((file, proof) -> {
            String scenario = file.replaceAll("\\.(drl|csv)$", ".scenario.yaml");
            if (Files.isRegularFile(folder.resolve(scenario))) {
                scenario(scenario, proof);
            } else if (Files.isRegularFile(folder.resolve(file))) {
                found.add(new Parts.Found(
                        file,
                        1,
                        1,
                        "has no scenario file",
                        "write " + folder.resolve(scenario) + " with a case that fires and one that stays silent",
                        false));
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
            fault(file, String.valueOf(fault.getMessage()));
        }
    }

    private void fault(String file, String message) {
        String path = folder.resolve(file).toString();
        String rest = message.startsWith(path) ? message.substring(path.length()) : ": " + message;
        Matcher place = PLACE.matcher(rest);
        if (place.matches()) {
            add(file, Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)), place.group(3), "");
        } else {
            add(file, 1, 1, rest.replaceFirst("^: ", ""), "");
        }
    }

    private void add(String file, int line, int column, String what, String hint) {
        String text = what.split("\n", 2)[0];
        found.add(new Parts.Found(file, Math.max(1, line), Math.max(1, column), text, hint, false));
    }
}
