package io.tocsin.cli;

import io.tocsin.config.ConfigLoader;
import io.tocsin.config.ConfigProblems;
import io.tocsin.config.Loaded;
import io.tocsin.config.Overrides;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say which configuration counts. */
final class ConfigOptions {
    private static final Path USUAL = Path.of("config", "tocsin.yaml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration. Default: config/tocsin.yaml if there is one, else the defaults.")
    private Path config;

    @Option(
            names = "--rules",
            paramLabel = "DIR",
            description = "Folder with the rules. Default: rules.path of the config.")
    private Path rules;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "One value of the configuration, such as --set http.port=8700; may be repeated. Lists with commas.")
    private Map<String, String> sets = new LinkedHashMap<>();

    /** The folder that {@code --rules} names; null if it is not given. */
    Path rules() {
        return rules;
    }

    /** The file in force in a project; null if there is none. */
    Path file(Path project) {
        Path usual = project == null ? USUAL : project.resolve(USUAL);
        return config != null ? config : Files.exists(usual) ? usual : null;
    }

    /** The configuration in force in a project, null for the working directory. */
    Loaded load(Terminal terminal, Path project, Path rulesFolder, Path data) throws ConfigProblems {
        return ConfigLoader.load(file(project), sets, terminal.env(), new Overrides(rulesFolder, data));
    }
}
