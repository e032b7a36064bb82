package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no rule files at all, or are written as other systems write them, beside a good one. */
class OddFilesTest {
    private static final String GOOD = "x.drl";

    @TempDir
    Path folder;

    private String rule;

    @BeforeEach
    void goodRule() throws IOException {
        rule = Files.readString(Path.of("rules/threshold/network.drl"));
        Files.writeString(folder.resolve(GOOD), rule);
    }

    private List<String> check() {
        return RuleReview.of(folder).problems().stream().map(Problem::toString).toList();
    }

    @Test
    void textInAnotherEncodingIsNamedAtTheByte() throws IOException {
        Files.write(folder.resolve("a.drl"), "package rules;\n// gr\u00fcn".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(check()).containsExactly("a.drl:2:6: the file is not UTF-8 text: byte 0xfc; save it as UTF-8");
    }

    @Test
    void fileOfTenMegabytesIsNotRead() throws IOException {
        Files.write(folder.resolve("a.drl"), new byte[10_000_000]);
        assertThat(check()).containsExactly("a.drl:1:1: the file has 10000000 bytes; at most 1048576 are allowed");
    }

    @Test
    void linksAreFollowedUnlessTheyLeadInACircleOrNowhere() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.move(folder.resolve(GOOD), shared.resolve(GOOD));
        Files.createSymbolicLink(folder.resolve("threshold"), shared);
        Files.createSymbolicLink(shared.resolve("again"), folder);
        Files.createSymbolicLink(folder.resolve("gone.drl"), folder.resolve("nothing.drl"));
        assertThat(check())
                .contains("gone.drl:1:1: is a symbolic link to what is not there; remove it, or put back what it names")
                .anyMatch(problem -> problem.contains(
                        "again:1:1: is a symbolic link back to a folder that it lies in, a loop; remove the link"))
                .anyMatch(problem -> problem.contains("stands twice; the first is at "));
    }

    @Test
    void folderThatIsCalledLikeAFileIsNamed() throws IOException {
        Files.createDirectory(folder.resolve("a.drl"));
        assertThat(check()).containsExactly("a.drl:1:1: is a folder, by its name it should be a file; rename it");
    }

    @Test
    void fileThatMayNotBeReadIsNamed() throws IOException {
        Path secret = Files.writeString(folder.resolve("a.drl"), rule);
        assertThat(secret.toFile().setReadable(false)).isTrue();
        assumeThat(Files.isReadable(secret)).as("root reads everything").isFalse();
        assertThat(check()).containsExactly("a.drl:1:1: cannot be read: reading it is not permitted");
    }

    @Test
    void emptyFileIsAMistakeAndOneWithoutRulesAWarning() throws IOException {
        Files.writeString(folder.resolve("a.drl"), "");
        Files.writeString(folder.resolve("b.drl"), " \n\t\n");
        Files.writeString(folder.resolve("c.drl"), "/* rule \"x\" when then end */\n// nothing\n");
        assertThat(check())
                .hasSize(3)
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("a.drl:1:1: the file is empty; "),
                        one -> assertThat(one).startsWith("b.drl:1:1: the file is empty; "),
                        one -> assertThat(one).startsWith("c.drl:1:1: warning: holds no rule; "));
    }

    @Test
    void whatEditorsLeaveBehindIsNoRuleFile() throws IOException {
        Files.writeString(folder.resolve(".x.drl"), "half a");
        Files.writeString(folder.resolve("x.drl~"), "half a");
        Files.createSymbolicLink(folder.resolve(".#x.drl"), Path.of("me@host.1234"));
        assertThat(check()).isEmpty();
    }

    @Test
    void columnsAreRightWhateverTheLineEndsTabsMarksAndEmoji() throws IOException {
        String written = "\ufeff"
                + rule.replace("\"network at \"", "\"🚨 network at \" + $y").replace("    ", "\t");
        for (String ends : List.of("\n", "\r\n", "\r")) {
            Files.writeString(folder.resolve(GOOD), written.replace("\n", ends));
            assertThat(check()).singleElement().asString().startsWith("x.drl:17:30: $y is not bound; ");
        }
    }

    @Test
    void folderThatIsNotThereIsOneMistake() {
        assertThat(RuleReview.of(folder.resolve("none")).problems())
                .extracting(Problem::toString)
                .containsExactly(".:1:1: there is no such folder; rules.path names a folder with rule files");
    }

    @Test
    void filesWhoseNamesDifferInSignsOnlyAreBothLoaded() throws Exception {
        Files.writeString(folder.resolve("a-b.drl"), rule.replace("rule \"", "rule \"first "));
        Files.writeString(folder.resolve("a_b.drl"), rule.replace("rule \"", "rule \"second "));
        try (RuleBook book = RuleBook.load(folder)) {
            assertThat(book.session(java.util.Set.of())
                            .getKieBase()
                            .getKiePackage("rules")
                            .getRules())
                    .hasSize(3);
        }
    }
}
