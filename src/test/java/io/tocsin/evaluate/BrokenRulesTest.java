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

    /** What is said of texts that cannot be taken. */
    static List<String> problems(Map<String, String> texts) {
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
                "text-for-a-number | 8:38 | value is a number, but it is compared with the text \"abc\"; write the number without",
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
                "double-dot | 10:38 | unexpected \".\"",
                "wrong-argument | 10:55 | the arguments do not fit: max(double) is called with String",
                "global | 6:1 | \"global\" is not allowed",
                "text-for-an-enum | 8:40 | but it is compared with the text \"memory\"; write ResourceType.MEMORY; there are CPU",
                "other-enum | 8:40 | can never match: resourceType is a ResourceType, Severity.WARNING is a Severity",
                "number-for-a-text | 8:25 | name is a text, but it is compared with the number 5; write it in quotes",
                "text-for-a-flag | 8:31 | fresh is true or false, but it is compared with the text \"yes\"; write fresh or !fresh",
                "number-as-a-flag | 8:18 | value is a number, not true or false; compare it",
                "enum-as-a-flag | 8:22 | result is a CheckResult, not true or false",
                "number-for-an-instant | 8:30 | a rule asks no clock; ask for fresh or silent",
                "null-for-a-number | 8:26 | value is never null",
                "text-for-a-list | 8:28 | write nodes contains \"n1\"",
                "join-of-two-kinds | 8:50 | can never match: value is a number, $e is a text",
                "no-regular-expression | 8:30 | no regular expression: Unclosed character class",
                "nothing-is-both | 8:29 | can never match: no number is value < 80 and what stands before it",
                "no-fact-is-both | 8:58 | can never match: resourceType is not ResourceType.CPU and ResourceType.DISK at once",
                "resolved-alert | 8:57 | can never match: a resolved alert is no fact any more",
                "every-pair | 9:5 | Metric shares nothing with Metric, so every pair of them matches; bind a field of one",
                "triggers-itself-by-severity | 10:19 | asks that its alert is warning and makes it critical",
                "triggers-itself-by-state | 10:19 | asks that its own alert is pending",
                "triggers-itself-by-level | 10:19 | each level orders the next one at once; let it wait",
                "triggers-itself-by-health | 10:19 | it asks for ClusterHealth and concludes it",
                "unknown-type-right | 10:19 | a rule knows no \"Findng\"; did you mean Finding?",
                "unknown-name-right | 10:47 | there is no \"oncall\"; bind it in the left side, or put a text into quotes",
                "second-argument-wrong | 12:15 | the arguments do not fit: fig(double) is called with String",
                "constructor-wrong | 10:19 | there is no Escalation(String, int, int, List<String>, String); it is made of String alertId, int level, Duration after",
                "constant-alone | 8:40 | MEMORY stands alone; write ResourceType.MEMORY; there are CPU",
                "field-without-call | 10:64 | Metric.value is read by a call here; write value()",
                "duration-without-quotes | 10:64 | unexpected \"m\"; put a duration into quotes",
                "or-between-constraints | 8:27 | unexpected \"or\"; write || between constraints",
                "fact-without-brackets | 9:1 | unexpected \"then\"; is the pattern before it complete, with its brackets?",
                "counted-against-a-text | 8:100 | $n is a text, no number to measure by",
                "text-without-quotes | 8:31 | Metric has no field \"queue\"; there are cluster, figure, fresh",
                "unknown-accumulate | 8:41 | accumulate has no \"summ\"; did you mean sum?",
                "unknown-method-left | 8:22 | String has no \"lenght\"",
                "asks-the-clock | 10:62 | a rule asks no clock and no chance",
                "starts-a-process-left | 8:17 | \"Runtime\" in the left side of rule \"x is high\"; a rule only concludes",
                "function-of-its-own | 10:75 | no functions of your own; use the helpers of Rules",
                "disguised-character | 10:49 | a character in disguise: \\u0022",
                "unseen-character | 8:27 | the character \\u202e may not stand in a rule file",
                "missing-comma | 8:29 | unexpected \"value\"; is a comma missing before it?",
                "unknown-window | 8:28 | readings have no windows",
                "salience-word | 6:18 | \"salience\" is not allowed",
                "function-after | 12:1 | \"function\" after the end of rule \"x is high\"",
                "declared-type | 6:1 | \"declare\" is not allowed",
                "mvel | 6:1 | \"dialect\" is not allowed",
                "annotation | 6:19 | \"Duration\" is not allowed",
                "comment-not-closed | 8:28 | the comment is not closed; write */ at its end",
                "empty | 1:1 | the file is empty; if its rules are not wanted, delete it and its scenario",
                "sub-package | 4:1 | import of java.util.concurrent.Future is not allowed",
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
            assertThat(files.filter(Files::isRegularFile))
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
        assertThat(latin.getMessage())
                .isEqualTo("latin.drl:1:9: the file is not UTF-8 text: byte 0xfc; save it as UTF-8");
    }
}
