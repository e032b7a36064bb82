package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One mistake a table; each is named with its line and column, and with what is allowed. */
class BrokenTablesTest {
    private static final Path FILES = Path.of("src/test/resources/broken-rules/tables");
    private static final String HEADER = "metric,node,direction,limit,clear,hold,severity,runbook\n";

    private static List<String> problems(String name, String text) {
        return BrokenRulesTest.problems(Map.of(name, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ragged-row | 3:22 | the row has 5 columns, it needs 8; a column that is not needed stays empty",
                "decimal-comma | 2:28 | the row has 9 columns, it needs 8; write a decimal point",
                "unknown-severity | 2:29 | unknown severity \"urgent\"; there are critical, info, warning",
                "unknown-direction | 2:15 | unknown direction \"above\"; there are max, min",
                "limit-no-number | 2:19 | limit \"100%\" is no number; write it without a unit",
                "limit-not-finite | 2:19 | limit \"1e999\" is no number",
                "limit-nan | 2:19 | limit \"NaN\" is no number",
                "clear-above-a-ceiling | 2:23 | clear 120 is on the bad side of the limit 100; with max it is at or below",
                "clear-below-a-floor | 2:23 | clear 80 is on the bad side of the limit 100; with min it is at or above",
                "hold-without-unit | 2:26 | hold \"60\" is no duration; write a number and a unit",
                "no-metric | 2:1 | metric is empty; write a figure, such as queue_depth or memory_usage",
                "metric-with-space | 2:1 | \"queue depth\" is no name of a metric; letters, digits and",
                "no-node | 2:13 | node is empty; write * for every node",
                "class-in-node | 2:13 | \"[\" in a node pattern; * is any run of characters, ? any one",
                "two-stars | 2:13 | ** in a node pattern",
                "no-reason-for-no-runbook | 2:37 | no runbook, and no word why",
                "no-runbook | 2:37 | runbook is empty; write where to read what to do, or none and why",
                "row-twice | 3:1 | the row stands twice: queue_depth of any node is too high, warning; the first is in line 2",
                "row-never-counts | 3:13 | the row never counts, as line 2 fits all its nodes; write the exception above",
                "warning-behind-critical | 3:19 | warning 100 is not before critical 50; the other row is line 2",
                "quote-in-the-middle | 2:39 | a quote in the middle of a column",
                "quote-not-closed | 2:37 | the quotes are not closed on their line",
                "text-behind-quotes | 2:15 | something follows the closing quotes; a comma ends the column",
                "quote-to-break-out | 2:37 | \"\"\" in a runbook; write a path or an address",
                "backslash | 2:37 | \"\\\" in a runbook",
                "control-character | 2:42 | the character \\u001b may not stand in a table",
                "right-to-left | 2:42 | the character \\u202e may not stand in a table",
                "no-header | 1:1 | column 1 is \"queue_depth\"; the header row is metric,node,direction",
                "misspelt-header | 1:40 | column 7 is \"severty\"; the header row is",
                "semicolons | 1:1 | separate columns by commas",
                "column-too-many | 1:57 | there is a ninth column; the last one is runbook",
                "columns-in-other-order | 1:1 | column 1 is \"node\"",
                "empty | 1:1 | the table has no header row; its first row is metric,node",
            })
    void mistakeIsNamedWhereItStands(String file, String place, String text) throws Exception {
        String name = file + ".csv";
        assertThat(problems(name, Files.readString(FILES.resolve(name))))
                .first()
                .asString()
                .startsWith(name + ":" + place + ": ")
                .contains(text)
                .doesNotContain("\u001b");
    }

    @Test
    void allMistakesOfAllRowsAndRulesAreNamedAtOnce() throws Exception {
        String table = HEADER + "a,*,up,x,,,warning,docs/x.md\nb b,*,max,1,2,3,bad,none\n";
        assertThat(problems("limits.csv", table)).hasSize(2 + 5);
        String broken = Files.readString(Path.of("src/test/resources/broken-rules/unknown-field.drl"));
        RuleProblems both = catchThrowableOfType(
                RuleProblems.class,
                () -> RuleBook.of(Map.of("limits.csv", table, "x.drl", broken)).close());
        assertThat(both.problems()).hasSize(2 + 5 + 1);
    }

    @Test
    void nameThatIsNearlyOneOfTheAppliancesFiguresIsAWarning() {
        LimitTable table = new LimitTable("t.csv", HEADER + "memory_usge,*,max,1,,,warning,docs/x.md\n");
        assertThat(table.problems())
                .singleElement()
                .asString()
                .isEqualTo("t.csv:2:1: warning: no figure of the appliance is called memory_usge, so it is taken for a"
                        + " metric; did you mean memory_usage?");
        assertThat(table.rules()).hasSize(1);
    }

    @Test
    void quotedColumnsWindowsLineEndsAndAByteOrderMarkAreRead() throws Exception {
        String table = "\ufeff" + HEADER.replace("\n", "\r\n")
                + "\r\n# why\r\n \"queue_depth\" , web-* ,max, +1.5e1 ,,,warning,\"none: one, two\"\r\n";
        try (RuleBook book = RuleBook.of(Map.of("threshold/limits.csv", table))) {
            assertThat(book.rules()).singleElement().satisfies(rule -> {
                assertThat(rule.ref().place()).isEqualTo("threshold/limits.csv:4");
                assertThat(rule.ref().name()).isEqualTo("queue_depth of web-* is too high, warning");
                assertThat(rule.family()).isEqualTo("threshold");
                assertThat(rule.text()).startsWith(HEADER).contains("\"queue_depth\" , web-*");
                assertThat(book.drl(rule.ref().name())).contains("value > 15", "node matches \"web-.*\"");
            });
        }
    }
}
