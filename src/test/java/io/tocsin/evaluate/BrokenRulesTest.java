package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
                "unknown-fact | 8:5 | unknown fact \"Metrik\"; did you mean Metric?",
                "one-equals-sign | 8:22 | use == to compare",
                "missing-end | 6:1 | rule \"x is high\" has no end; write end before line 12",
                "missing-parenthesis | 9:1 | is a ( before it not closed?",
                "missing-semicolon | 10:60 | missing ;; in rule \"x is high\"",
                "bad-java | 10:44 | The method wraning(String) is undefined for the type Finding",
                "unbound-variable | 8:38 | $limit is not bound; bind it before",
                "text-for-a-number | 8:39 | the field is no text, but it is compared with \"abc\"",
                "same-name-twice | 13:1 | rule \"x is high\" stands twice; the first is at same-name-twice.drl:6",
                "loop-in-then | 9:1 | no loops in a right side",
                "plain-insert | 9:1 | use insertLogical",
                "starts-a-process | 9:1 | a rule only concludes",
                "forbidden-import | 3:1 | import of java.io.File is not allowed; rules may import",
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
