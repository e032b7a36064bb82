package io.tocsin.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShippedRulesTest {
    private static final Pattern RUNBOOK = Pattern.compile("Runbook: (docs/runbooks/[a-z_]+\\.md)");
    private static final List<String> START = List.of(
            "package rules;",
            "",
            "import io.tocsin.model.*;",
            "import java.util.List;",
            "import static io.tocsin.model.Rules.*;");

    @Test
    void everyRuleCompilesIntoOnePackage() {
        assertThat(RuleFolder.compiled().getKiePackage("rules").getRules())
                .extracting(org.kie.api.definition.rule.Rule::getName)
                .containsExactlyInAnyOrderElementsOf(
                        RuleFolder.rules().stream().map(RuleFolder.Text::name).toList())
                .hasSizeGreaterThan(40);
    }

    @Test
    void everyFileStartsTheSameAndFitsOneScreenOrTwo() {
        assertThat(RuleFolder.files()).hasSize(29).allSatisfy(file -> {
            assertThat(Files.readAllLines(file))
                    .startsWith(START.toArray(String[]::new))
                    .hasSizeLessThanOrEqualTo(60);
        });
    }

    @Test
    void ruleNamesAreUniqueSentences() {
        Set<String> seen = new HashSet<>();
        assertThat(RuleFolder.rules()).allSatisfy(rule -> {
            assertThat(rule.name()).contains(" ").doesNotEndWith(".");
            assertThat(seen.add(rule.name())).as("first of its name").isTrue();
        });
    }

    @Test
    void everyRuleSaysWhatItMeansAndWhy() {
        assertThat(RuleFolder.rules())
                .allSatisfy(rule -> assertThat(rule.doc())
                        .contains("Input: ", "Withdrawn: ", "Why ", "Noise: ")
                        .containsPattern(RUNBOOK));
    }

    @Test
    void rightSideIsOneConclusionAndNothingElse() {
        assertThat(RuleFolder.rules()).allSatisfy(rule -> {
            String then = rule.body().substring(rule.body().indexOf("\nthen")).strip();
            assertThat(then).matches(Pattern.compile("then\\s+insertLogical\\([^;]*\\);", Pattern.DOTALL));
            assertThat(rule.body()).doesNotContain("salience", "timer", "global", "eval(", "exists (", "exists(", "&&");
        });
    }

    @Test
    void everyFileHasItsScenarioAndItsRunbook() {
        assertThat(RuleFolder.files()).allSatisfy(file -> {
            assertThat(RuleFolder.scenario(file)).exists();
            String runbook = "docs/runbooks/" + file.getFileName().toString().replace(".drl", ".md");
            assertThat(Path.of(runbook)).exists();
            assertThat(RUNBOOK.matcher(RuleFolder.read(file)).results().map(found -> found.group(1)))
                    .isNotEmpty()
                    .containsOnly(runbook);
        });
    }

    @Test
    void noScenarioAndNoRunbookIsLeftOver() throws Exception {
        try (Stream<Path> walk = Files.walk(RuleFolder.ROOT);
                Stream<Path> tables = Files.walk(RuleFolder.ROOT);
                Stream<Path> books = Files.list(Path.of("docs/runbooks"))) {
            long files = RuleFolder.files().size()
                    + tables.filter(file -> file.toString().endsWith(".csv")).count();
            assertThat(walk.filter(file -> file.toString().endsWith(".scenario.yaml")))
                    .hasSize((int) files);
            assertThat(books).hasSize((int) files);
        }
    }
}
