package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.CliFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewRuleCommandTest {
    private final CliFixture cli = new CliFixture();

    @TempDir
    Path rules;

    private Result begin(String... words) {
        return cli.run(Stream.of(List.of("new", "rule"), List.of(words), List.of("--rules", rules.toString()))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(rules)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> rules.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void writesARuleAndItsScenarioAndSaysWhatToTypeNext() throws IOException {
        Result result = begin("hold", "queue_length");
        assertThat(result.code()).isZero();
        assertThat(files()).containsExactly("threshold/queue_length.drl", "threshold/queue_length.scenario.yaml");
        assertThat(result.out().lines())
                .containsExactly(
                        rules + "/threshold/queue_length.drl", rules + "/threshold/queue_length.scenario.yaml");
        assertThat(result.err())
                .contains(
                        "./tocsin check --rules " + rules,
                        "./tocsin test " + rules + "/threshold/queue_length.scenario.yaml");
        assertThat(Files.readString(rules.resolve("threshold/queue_length.drl")))
                .contains("Finding.of(\"queue_length\"", "rule \"queue length is above 100 for a minute\"");
    }

    @Test
    void quietSaysTheFilesAloneAndJsonSaysThemForPrograms() throws IOException {
        Result quiet = begin("hold", "one", "-q");
        assertThat(quiet.err()).isEmpty();
        assertThat(quiet.out().lines()).hasSize(2);
        Result json = begin("n-of-m", "two", "-o", "json");
        assertThat(Json.parse(json.out()).path("rule").asText()).isEqualTo(rules + "/quorum/two.drl");
        assertThat(json.err()).isEmpty();
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        begin("hold", "queue_length");
        Files.writeString(rules.resolve("threshold/queue_length.drl"), "mine");
        for (String kind : List.of("hold", "absence")) {
            Result again = begin(kind, "queue_length");
            assertThat(again.code()).isEqualTo(2);
            assertThat(again.out()).isEmpty();
            assertThat(again.err()).contains("is there already; choose another name, nothing was written");
        }
        assertThat(files()).hasSize(2);
        assertThat(Files.readString(rules.resolve("threshold/queue_length.drl")))
                .isEqualTo("mine");
    }

    @Test
    void scenarioThatIsThereAloneIsNotOverwrittenEither() throws IOException {
        Files.writeString(Files.createDirectories(rules.resolve("trend")).resolve("x.scenario.yaml"), "mine");
        assertThat(begin("rate", "x").err()).contains("x.scenario.yaml is there already");
        assertThat(files()).containsExactly("trend/x.scenario.yaml");
    }

    @Test
    void typeOfAlertThatAnotherRuleConcludesIsTaken() throws IOException {
        Files.writeString(
                Files.createDirectories(rules.resolve("quorum")).resolve("other.drl"),
                "insertLogical(Finding.ofCluster(\"lost\", $t));");
        assertThat(begin("threshold", "lost").err())
                .contains("a rule in " + rules + "/quorum/other.drl concludes alerts of the type lost already");
        assertThat(files()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Queue-Length | did you mean queue_length?",
                "../../etc/passwd | did you mean etc_passwd?",
                "2fast | did you mean fast?",
                "a__b | did you mean a_b?",
                "grün\u001b[31m | small letters, digits and _",
                "abcdefghijabcdefghijabcdefghijabcdefghij1 | at most 40",
                "' ' | such as queue_length",
            })
    void nameThatIsNoneIsRefusedWithWhatIsAllowed(String name, String said) throws IOException {
        Result result = begin("threshold", name);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("is no name of a rule", said).doesNotContain("\u001b");
        assertThat(files()).isEmpty();
    }

    @Test
    void kindThatIsNoneIsAnsweredWithTheNearestOne() {
        assertThat(begin("treshold", "x").err()).contains("there is no kind \"treshold\"; did you mean threshold?");
        assertThat(begin("zzz", "x").err()).contains("allowed here: threshold, hysteresis, hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "threshold"})
    void kindAndNameMustBothBeSaid(String word) {
        Result result = word.isEmpty() ? begin() : begin(word);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("new rule KIND NAME; --list shows the kinds");
    }

    @Test
    void folderThatIsNotThereIsNamed() {
        Result result = cli.run("new", "rule", "hold", "x", "--rules", rules + "/none");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(rules + "/none: there is no such folder; name the rules with --rules");
    }

    @Test
    void listShowsEveryKindWithItsFolder() throws IOException {
        Result list = begin("--list");
        assertThat(list.code()).isZero();
        assertThat(list.out().lines())
                .hasSize(18)
                .anySatisfy(line -> assertThat(line).matches("n-of-m +quorum +several nodes .*"));
        assertThat(begin("--list", "-q").out().lines()).hasSize(17).contains("time-of-day");
        assertThat(Json.parse(begin("--list", "-o", "json").out()).path("kinds"))
                .hasSize(17);
    }
}
