package io.tocsin.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.conf.EventProcessingOption;

/** The folder of shipped rules: its files, its rules as text, and all of it compiled as one package. */
final class RuleFolder {
    static final Path ROOT = Path.of("rules");
    private static final Pattern RULE = Pattern.compile(
            "(?:/\\*\\*((?:(?!\\*/).)*)\\*/\\s*)?^rule \"([^\"]+)\"(.*?)^end$", Pattern.DOTALL | Pattern.MULTILINE);

    private static KieBase compiled;

    private RuleFolder() {}

    /** One rule as it is written. */
    record Text(Path file, String doc, String name, String body) {
        @Override
        public String toString() {
            return file + " \"" + name + "\"";
        }
    }

    static List<Path> files() {
        try (var walk = Files.walk(ROOT)) {
            return walk.filter(file -> file.toString().endsWith(".drl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Text> rules() {
        List<Text> rules = new ArrayList<>();
        for (Path file : files()) {
            var match = RULE.matcher(read(file));
            while (match.find()) {
                rules.add(new Text(file, match.group(1) == null ? "" : match.group(1), match.group(2), match.group(3)));
            }
        }
        return rules;
    }

    static Path scenario(Path rule) {
        return rule.resolveSibling(rule.getFileName().toString().replace(".drl", ".scenario.yaml"));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiled once for all tests. */
    static synchronized KieBase compiled() {
        compiled = compiled == null ? compile() : compiled;
        return compiled;
    }

    private static KieBase compile() {
        KieServices services = KieServices.get();
        KieFileSystem memory = services.newKieFileSystem();
        for (Path file : files()) {
            String flat = ROOT.relativize(file).toString().replace('/', '_');
            memory.write("src/main/resources/rules/" + flat, read(file));
        }
        KieBuilder build = services.newKieBuilder(memory).buildAll(ExecutableModelProject.class);
        if (build.getResults().hasMessages(Message.Level.ERROR)) {
            throw new AssertionError(build.getResults().getMessages(Message.Level.ERROR).stream()
                    .map(Message::toString)
                    .collect(Collectors.joining("\n")));
        }
        var config = services.newKieBaseConfiguration();
        config.setOption(EventProcessingOption.STREAM);
        return services.newKieContainer(build.getKieModule().getReleaseId()).newKieBase(config);
    }
}
