package io.tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the files of the page are held to. */
class PageSourcesTest {
    private static final Path FOLDER = Path.of("src/main/resources/io/tocsin/page");
    private static final int MOST_BYTES = 100_000;
    private static final int LONGEST_FILE = 300;
    private static final Pattern TEXT_BECOMES_CODE = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|unsafeHTML|unsafeSVG"
                    + "|createContextualFragment|DOMParser|setHTML|srcdoc|javascript:|setTimeout\\(['\"`]");
    private static final Pattern INLINE = Pattern.compile("\\sstyle=|<style|\\son[a-z]+\\s*=\\s*[\"'$]");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.toList().stream();
        }
    }

    @Test
    void theWholePageIsSmall() {
        PageFiles page = PageFiles.read();
        int bytes = page.index().small().length()
                + page.files().values().stream()
                        .mapToInt(file -> file.small().length())
                        .sum();
        assertThat(bytes).as("all that a browser loads, compressed").isBetween(30_000, MOST_BYTES);
    }

    @Test
    void everyFileIsNamedByTheIndexAndLoadedByIt() throws IOException {
        Set<String> named = PageFiles.read().files().keySet();
        Set<String> there = files().map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("index.html"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named.stream().filter(name -> !name.startsWith("lib/"))).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void everyModuleThatIsImportedIsLoadedAhead() throws IOException {
        Set<String> named = PageFiles.read().files().keySet();
        Pattern imported = Pattern.compile("(?:from|import) '\\./([^']+)'");
        for (Path file : files().toList()) {
            Matcher one = imported.matcher(Files.readString(file));
            while (one.find()) {
                assertThat(named).as(file.toString()).contains(one.group(1));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void textNeverBecomesCode(Path file) throws IOException {
        String text = Files.readString(file);
        assertThat(text).doesNotContainPattern(TEXT_BECOMES_CODE).doesNotContainPattern(INLINE);
        assertThat(text).as("nothing from elsewhere").doesNotContainPattern("(src|href)=\"?(https?:)?//");
    }

    @ParameterizedTest
    @MethodSource("files")
    void noFileIsLong(Path file) throws IOException {
        assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(LONGEST_FILE);
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyModuleSaysWhatItIsFor(Path file) throws IOException {
        if (file.toString().endsWith(".js")) {
            assertThat(Files.readString(file)).startsWith("/**\n * ").containsPattern("\n \\* @module\n");
        }
    }
}
