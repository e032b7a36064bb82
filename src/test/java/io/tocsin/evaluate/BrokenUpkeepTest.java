package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can run and is wrong all the same: people could not work with it. One mistake a file. */
class BrokenUpkeepTest {
    private static final Path FILES = Path.of("src/test/resources/broken-rules/upkeep");

    private static List<String> check(Path folder) {
        return RuleReview.of(folder).problems().stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no-comment | 6:1 | rule \"x is high\" has no comment above it; write /** what it means.",
                "no-meaning | 7:1 | does not say what it means",
                "no-runbook | 7:1 | names no runbook; end it with Runbook: docs/runbooks/x.md, or Runbook: none, and why",
                "no-reason-for-no-runbook | 7:1 | says Runbook: none, and not why",
                "no-severity | 11:19 | says no severity; add .info(…), .warning(…)",
                "misspelt-severity | 11:39 | Finding has no \"wraning\"; did you mean warning?",
                "runbook-in-the-comment-only | 11:19 | add .runbook(\"https://example.org/x\")",
                "two-runbooks | 11:64 | names the runbook https://example.org/y, the comment https://example.org/x",
                "same-rule-twice | 15:1 | same left side and the same finding as rule \"x is high\"; the other is in line 7",
                "misspelt-alert-type | 17:75 | warning: no rule raises alerts of type queue_dept; did you mean queue_depth?",
                "no-rule | 1:1 | warning: holds no rule; delete it",
            })
    void mistakeIsNamedWhereItStands(String file, String place, String text, @TempDir Path folder) throws Exception {
        String name = file + ".drl";
        Files.copy(FILES.resolve(name), folder.resolve(name));
        Files.copy(Path.of("rules/routing/log.drl"), folder.resolve("log.drl"));
        assertThat(check(folder))
                .singleElement()
                .asString()
                .startsWith(name + ":" + place + ": ")
                .contains(text);
    }

    @Test
    void findingsOfOneTypeInTwoFilesAreTwoMeaningsOfOneAlert(@TempDir Path folder) throws Exception {
        Path shipped = Path.of("rules/threshold/network.drl");
        String copy = Files.readString(shipped).replace("rule \"", "rule \"my ").replace("80", "70");
        Files.copy(shipped, folder.resolve("network.drl"));
        Files.writeString(folder.resolve("mine.drl"), copy);
        assertThat(check(folder))
                .singleElement()
                .asString()
                .startsWith("network.drl:16:31: findings of type network_usage are concluded in mine.drl too; ")
                .contains("join mine.drl:12");
    }

    @Test
    void theShippedRulesAreInOrder() {
        RuleReview review = RuleReview.of(Path.of("rules"));
        assertThat(review.problems()).isEmpty();
        assertThat(review.rules()).hasSizeGreaterThan(45);
        assertThat(review.rules())
                .filteredOn(rule -> rule.ref().file().endsWith(".drl"))
                .allSatisfy(
                        rule -> assertThat(rule.doc()).contains("Input:", "Withdrawn:", "Why ", "Noise:", "Runbook:"));
    }
}
