package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One mistake a file; each is named with its line and column, and with what is allowed. */
class BrokenRulesTest {
    private static final Path FILES = Path.of("src/test/resources/broken-rules");

    private static List<String> problems(Map<String, String> texts) {
        RuleProblems found = catchThrowableOfType(
                RuleProblems.class, () -> RuleBook.of(texts).close());
        assertThat(found).as("no problem found").isNotNull();
        return found.problems().stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "unknown-field | 8:30 | Metric has no field \"valu\"; did you mean value?",
                "unknown-fact | 8:10 | unknown fact \"Metrik\"; did you mean Metric?",
                "one-equals-sign | 8:22 | use == to compare",
                "missing-end | 6:1 | rule \"x is high\" has no end; write end before line 12",
                "missing-parenthesis | 8:16 | \"(\" is not closed; count the brackets up to line 9",
                "missing-semicolon | 10:65 | missing ; in rule \"x is high\"",
                "bad-java | 10:44 | Finding has no \"wraning\"; did you mean warning?",
                "unbound-variable | 8:38 | $limit is not bound; bind it before",
                "text-for-a-number | 8:39 | the field is no text, but it is compared with \"abc\"",
                "same-name-twice | 13:1 | rule \"x is high\" stands twice; the first is at same-name-twice.drl:6",
                "loop-in-then | 10:5 | no loops in a right side",
                "plain-insert | 10:5 | use insertLogical",
                "starts-a-process | 10:5 | a rule only concludes",
                "forbidden-import | 3:1 | import of java.io.File is not allowed; rules may import",
                "missing-then | 6:1 | has no then; a rule is: rule",
                "text-not-closed | 10:51 | the text is not closed on its line",
                "bracket-too-many | 10:55 | \")\" closes nothing",
                "semicolon-in-the-middle | 10:68 | before the \"(\" of line 10 is closed",
                "second-statement | 10:57 | the right side is one insertLogical(…); and nothing else",
                "statement-before | 10:5 | the right side is one insertLogical(…); and nothing else",
                "nothing-concluded | 9:5 | the right side of rule \"x is high\" is empty",
                "no-duration | 10:64 | \"30\" is no duration; write a number and a unit",
                "free-form-map | 8:22 | a free-form map is not compared directly",
                "supports-itself | 10:19 | supports itself for ever; match a reading",
                "asks-its-own-absence | 10:19 | it never settles",
                "unknown-helper-left | 8:25 | there is no helper \"minuts\"; did you mean minutes?",
                "unknown-helper-right | 10:47 | there is no helper \"figg\"; did you mean fig?",
                "unknown-second-field | 8:43 | Metric has no field \"valu\"; did you mean value?",
                "unknown-enum-constant | 8:53 | there is no ResourceType.MEMRY; did you mean MEMORY?",
                "unbound-on-the-right | 10:35 | $n is not bound",
                "salience | 6:18 | \"salience\" is not allowed",
                "window | 8:28 | readings have no windows; match a Trend instead",
                "group-in-exists | 8:36 | a group in exists may silently match nothing",
                "and-signs-between | 8:28 | \"&&\" between patterns; write and or or",
                "eval-left | 8:28 | write a constraint instead of eval",
                "from-a-list | 8:28 | facts come from the engine only",
                "static-import | 4:1 | import of java.lang.System.* is not allowed",
                "class-that-is-not-there | 4:1 | there is no java.util.Lst",
                "full-name | 10:47 | \"java.nio\" in the right side",
                "misspelt-import | 4:1 | unexpected \"imprt\"; here stands package, import or rule",
                "semicolon-in-pattern | 8:17 | write , between constraints",
                "double-comma | 8:27 | unexpected \",\"",
                "double-dot | 10:33 | unexpected \".\"",
                "wrong-argument | 10:55 | The method max(double) in the type Finding is not applicable",
                "global | 6:1 | \"global\" is not allowed",
                "other-package | 1:1 | package is \"alarms\"; every rule file says package rules;",
            })
    void mistakeIsNamedWhereItStands(String file, String place, String text) throws Exception {
        String name = file + ".drl";
        List<String> problems = problems(Map.of(name, Files.readString(FILES.resolve(name))));
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith(name + ":" + place + ": ")
                .contains(text);
        assertThat(problems.toString()).doesNotContain("LambdaConsequence", "src/main/java", "\tat ", "-1");
    }

    @Test
    void mistakesOfSeveralRulesOfAFileAreNamedAtOnce() throws Exception {
        String name = "two-mistakes.drl";
        assertThat(problems(Map.of(name, Files.readString(FILES.resolve(name)))))
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith(name + ":8:27: "),
                        second -> assertThat(second).startsWith(name + ":16:52: "));
    }

    @Test
    void everyFileHereIsExpectedToFail() throws Exception {
        try (var files = Files.list(FILES)) {
            assertThat(files)
                    .allSatisfy(file -> problems(Map.of(file.getFileName().toString(), Files.readString(file))));
        }
    }

    /** A word or sign of a shipped rule is left out or misspelt: if that is a mistake at all, it is named in that rule. */
    @Test
    void anyDamageToAShippedRuleIsNamedInThatRule() throws Exception {
        Random random = new Random(20261123);
        for (int i = 0; i < 25; i++) {
            Damage damage = Damage.to(Path.of("rules"), random);
            try {
                RuleBook.of(Map.of(damage.file(), damage.text())).close();
            } catch (RuleProblems found) {
                assertThat(found.problems()).as("%s", damage).allSatisfy(problem -> {
                    assertThat(problem.file()).isEqualTo(damage.file());
                    assertThat(problem.line()).isBetween(damage.ruleFrom(), damage.ruleTo());
                    assertThat(problem.column()).isPositive();
                    assertThat(problem.what())
                            .isNotBlank()
                            .doesNotContain("\n", "Lambda", "expected one of", "_this", "java.lang.");
                });
            }
        }
    }

    @Test
    void allMistakesOfAllFilesAreNamedAtOnce() throws Exception {
        Map<String, String> texts = new TreeMap<>();
        for (String name : List.of("unknown-field.drl", "missing-parenthesis.drl", "forbidden-import.drl")) {
            texts.put(name, Files.readString(FILES.resolve(name)).replace("\"x is high\"", "\"" + name + "\""));
        }
        assertThat(problems(texts)).hasSize(3);
    }

    @Test
    void fileThatIsNoTextAndFolderWithoutRulesAreNamed(@TempDir Path folder) throws Exception {
        RuleProblems empty = catchThrowableOfType(
                RuleProblems.class, () -> RuleBook.load(folder).close());
        assertThat(empty.getMessage()).contains("holds no rule file");
        Files.write(folder.resolve("latin.drl"), "rule \"grün\"".getBytes(StandardCharsets.ISO_8859_1));
        RuleProblems latin = catchThrowableOfType(
                RuleProblems.class, () -> RuleBook.load(folder).close());
        assertThat(latin.getMessage()).isEqualTo("latin.drl:1:1: the file is not UTF-8 text; save it as UTF-8");
    }
}
