package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is done to a shipped rule file: what is wrong is named at a place in it, and if nothing is named it runs. */
class RuleDamageProperties {
    private static final Path RULES = Path.of("rules");
    private static final List<String> SPLINTERS = List.of(
            "\"",
            "'",
            "\\",
            "\\u0022",
            "(",
            ")",
            "{",
            "}",
            ",",
            ";",
            ":",
            "$",
            "$x",
            "==",
            "&&",
            "||",
            "!",
            "@",
            "#",
            "/*",
            "*/",
            "//",
            "\r",
            "\t",
            "\u0000",
            "\u202e",
            "\ufeff",
            "😀",
            "ä",
            "rule",
            "when",
            "then",
            "end",
            "rule \"x\"\n",
            "insertLogical(",
            "null",
            "not",
            "exists (",
            "accumulate(",
            "from",
            "eval(",
            "over",
            "global",
            "import java.io.*;\n",
            "package x;\n",
            "declare X end\n",
            "1e999",
            "-",
            "0x",
            "'''",
            "\"\"\"",
            "Alert(",
            "Metric()",
            "new ",
            "return;",
            "query q() end\n",
            "extends",
            "salience 5",
            "Finding.of(");

    @Property(tries = 300)
    void whatIsWrongIsNamedAtAPlaceInTheFile(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Path file = pick(random, files());
        String name = RULES.relativize(file).toString();
        String text = damaged(random, Files.readString(file));
        RuleFiles looked = new RuleFiles(Map.of(name, text));
        places(name, text, looked.faults());
        places(name, text, looked.remarks());
    }

    @Property(tries = 25)
    void whatIsNotWrongRuns(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Path file = pick(random, files());
        String name = RULES.relativize(file).toString();
        String text = damaged(random, Files.readString(file));
        try (RuleBook book = RuleBook.of(Map.of(name, text))) {
            book.session(Set.of()).dispose();
        } catch (RuleProblems found) {
            places(name, text, found.problems());
        }
    }

    @Property(tries = 300)
    void anyTextIsLookedAt(@ForAll String text) {
        for (String name : List.of("x.drl", "x.csv")) {
            RuleFiles looked = new RuleFiles(Map.of(name, text));
            places(name, text, looked.faults());
            places(name, text, looked.remarks());
        }
    }

    private static void places(String name, String text, List<Problem> problems) {
        List<String> lines = List.of(RuleFolder.normal(text).split("\n", -1));
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.file()).isIn(name, ".");
            assertThat(problem.line()).as(problem.toString()).isBetween(1, lines.size());
            String line = lines.get(problem.line() - 1);
            assertThat(problem.column()).as(problem.toString()).isBetween(1, line.codePointCount(0, line.length()) + 1);
            assertThat(problem.what()).isNotBlank().doesNotContain("\n", "Lambda", "_this", "java.lang.", "org.drools");
        });
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(RULES)) {
            return walk.filter(file -> RuleFolder.isRules(file.toString()))
                    .sorted()
                    .toList();
        }
    }

    private static String damaged(Random random, String text) {
        String damaged = text;
        for (int i = 0; i <= random.nextInt(3); i++) {
            damaged = once(random, damaged);
        }
        return damaged;
    }

    private static String once(Random random, String text) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + 1 + random.nextInt(12));
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int line = random.nextInt(lines.size());
        switch (random.nextInt(9)) {
            case 0:
                return text.substring(0, at) + text.substring(to);
            case 1, 2:
                return text.substring(0, at) + pick(random, SPLINTERS) + text.substring(at);
            case 3:
                return text.substring(0, at) + pick(random, SPLINTERS) + text.substring(to);
            case 4:
                return text.substring(0, at);
            case 5:
                lines.remove(line);
                break;
            case 6:
                lines.add(line, lines.get(line));
                break;
            case 7:
                Collections.swap(lines, line, random.nextInt(lines.size()));
                break;
            default:
                return text.replace("\n", "\r\n");
        }
        return String.join("\n", lines);
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
