package io.tocsin.cli.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A rule file and its scenario that are not there yet.
 *
 * @param kind the template
 * @param name the name of the file and of the alert type
 * @param rule where the rule goes
 * @param scenario where its scenario goes
 */
public record NewRule(RuleKind kind, String name, Path rule, Path scenario) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final int LONGEST = 40;

    /** A rule below a folder of rules. */
    public static NewRule in(Path rules, RuleKind kind, String name) {
        Path folder = rules.resolve(kind.family());
        return new NewRule(kind, name, folder.resolve(name + ".drl"), folder.resolve(name + ".scenario.yaml"));
    }

    /** Why a name is none, with what is allowed; null if it is one. */
    public static String wrong(String name) {
        if (NAME.matcher(name).matches() && name.length() <= LONGEST) {
            return null;
        }
        String near =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^[_0-9]+|_+$", "");
        String hint = NAME.matcher(near).matches() && near.length() <= LONGEST ? "; did you mean " + near + "?" : "";
        return "is no name of a rule: small letters, digits and _ between them, a letter first, at most " + LONGEST
                + ", such as queue_length" + hint;
    }

    /**
     * What is in its way below a folder of rules: a file of that name in any family, or a rule that concludes that type of
     * alert, with which it would be one alert.
     *
     * @return in words; null if nothing is
     */
    public String taken(Path rules) throws IOException {
        if (Files.exists(scenario)) {
            return scenario + " is there already";
        }
        Pattern concludes = Pattern.compile("Finding\\s*\\.\\s*of(Cluster)?\\s*\\(\\s*\"" + Pattern.quote(name) + "\"");
        try (Stream<Path> files = Files.walk(rules)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".drl"))
                    .sorted()
                    .toList()) {
                if (file.getFileName().toString().equals(name + ".drl")) {
                    return file + " is there already";
                }
                if (concludes.matcher(Files.readString(file)).find()) {
                    return "a rule in " + file + " concludes alerts of the type " + name + " already";
                }
            }
        }
        return null;
    }

    /** Writes both files; nothing that is there is overwritten. */
    public void write() throws IOException {
        Files.createDirectories(rule.getParent());
        Files.writeString(rule, kind.rule(name), StandardOpenOption.CREATE_NEW);
        Files.writeString(scenario, kind.scenario(name), StandardOpenOption.CREATE_NEW);
    }
}
