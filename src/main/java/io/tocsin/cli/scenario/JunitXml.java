package io.tocsin.cli.scenario;

import io.tocsin.evaluate.Problem;
import io.tocsin.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How cases went, as the XML that build servers read: a suite a scenario file. It keeps to what both schemas in use allow,
 * Ant's (every attribute and element that it asks for is there) and that of the build servers.
 */
final class JunitXml {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private final String timestamp;
    private int suites;

    JunitXml(Instant now) {
        this.timestamp = LocalDateTime.ofInstant(now, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.SECONDS)
                .format(java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }

    /** Writes one file, or into a folder one file a suite. */
    void write(Path target, Played played) throws IOException {
        Map<String, String> all = suites(played);
        if (Files.isDirectory(target) || target.toString().endsWith("/")) {
            Files.createDirectories(target);
            for (Map.Entry<String, String> suite : all.entrySet()) {
                Files.writeString(target.resolve("TEST-" + name(suite.getKey()) + ".xml"), HEAD + suite.getValue());
            }
            return;
        }
        if (target.toAbsolutePath().getParent() != null) {
            Files.createDirectories(target.toAbsolutePath().getParent());
        }
        Files.writeString(target, HEAD + "<testsuites>\n" + String.join("", all.values()) + "</testsuites>\n");
    }

    private Map<String, String> suites(Played played) {
        Map<String, List<ScenarioRunner.Outcome>> byFile = new LinkedHashMap<>();
        played.outcomes()
                .forEach(outcome -> byFile.computeIfAbsent(outcome.file(), file -> new ArrayList<>())
                        .add(outcome));
        Map<String, String> suites = new LinkedHashMap<>();
        byFile.forEach((file, outcomes) -> suites.put(file, suite(file, outcomes)));
        Map<String, List<Problem>> broken = new LinkedHashMap<>();
        played.problems()
                .forEach(problem -> broken.computeIfAbsent(problem.file(), file -> new ArrayList<>())
                        .add(problem));
        broken.forEach((file, problems) -> suites.put(file, broken(file, problems)));
        return suites;
    }

    private String suite(String file, List<ScenarioRunner.Outcome> outcomes) {
        StringBuilder cases = new StringBuilder();
        Duration took = Duration.ZERO;
        long failures = 0;
        for (ScenarioRunner.Outcome outcome : outcomes) {
            took = took.plus(outcome.took());
            failures += outcome.passed() ? 0 : 1;
            cases.append("    <testcase classname=\"")
                    .append(escaped(name(file)))
                    .append("\" name=\"")
                    .append(escaped(outcome.name()))
                    .append("\" time=\"")
                    .append(seconds(outcome.took()));
            if (outcome.passed()) {
                cases.append("\"/>\n");
            } else {
                cases.append("\">\n").append(failure(outcome)).append("    </testcase>\n");
            }
        }
        return suite(file, outcomes.size(), failures, 0, took, cases.toString());
    }

    private static String failure(ScenarioRunner.Outcome outcome) {
        StringBuilder text = new StringBuilder();
        for (Difference difference : outcome.differences()) {
            text.append(outcome.file()).append(": ").append(difference).append('\n');
            if (difference.expected() != null || difference.got() != null) {
                difference.why().forEach(why -> text.append("    ").append(why).append('\n'));
            }
        }
        text.append("\nwhat happened\n");
        outcome.timeline().forEach(line -> text.append(line).append('\n'));
        return "      <failure message=\"" + escaped(outcome.failures().get(0)) + "\" type=\"expectation\">"
                + escapedLines(text.toString()) + "</failure>\n";
    }

    private String broken(String file, List<Problem> problems) {
        StringBuilder text = new StringBuilder();
        problems.forEach(problem -> text.append(problem).append('\n'));
        String one = "    <testcase classname=\"" + escaped(name(file)) + "\" name=\"can be read\" time=\"0\">\n"
                + "      <error message=\"" + escaped(problems.get(0).toString()) + "\" type=\"mistake\">"
                + escapedLines(text.toString()) + "</error>\n    </testcase>\n";
        return suite(file, 1, 0, 1, Duration.ZERO, one);
    }

    private String suite(String file, int tests, long failures, int errors, Duration took, String cases) {
        return "  <testsuite name=\"" + escaped(name(file)) + "\" package=\"scenarios\" id=\"" + suites++
                + "\" timestamp=\"" + timestamp + "\" hostname=\"localhost\" tests=\"" + tests + "\" failures=\""
                + failures + "\" errors=\"" + errors + "\" time=\"" + seconds(took) + "\">\n    <properties/>\n" + cases
                + "    <system-out/>\n    <system-err/>\n  </testsuite>\n";
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.3f", took.toNanos() / 1e9);
    }

    /** {@code rules/threshold/memory.scenario.yaml} as {@code rules.threshold.memory}. */
    private static String name(String file) {
        return file.replaceAll("\\.scenario\\.yaml$", "")
                .replaceAll("^[./\\\\]+", "")
                .replaceAll("[/\\\\:]+", ".");
    }

    private static String escapedLines(String text) {
        StringBuilder lines = new StringBuilder();
        text.lines().forEach(line -> lines.append(escaped(line)).append('\n'));
        return lines.toString();
    }

    /** XML has no way to write most control characters, not even escaped; they are made visible as on a terminal. */
    private static String escaped(String text) {
        String safe = Text.clean(text);
        StringBuilder xml = new StringBuilder(safe.length() + 16);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                case '\uFFFE', '\uFFFF' -> xml.append('\uFFFD');
                default -> xml.append(c);
            }
        }
        return xml.toString();
    }
}
