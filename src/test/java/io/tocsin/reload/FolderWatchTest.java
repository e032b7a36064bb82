package io.tocsin.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
    @TempDir
    Path home;

    private Path rules;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private FolderWatch watch;

    @BeforeEach
    void begin() throws IOException {
        rules = home.resolve("rules");
        write("threshold/memory.drl", "one");
        write("threshold/memory.scenario.yaml", "cases");
        watch = new FolderWatch(rules, () -> now);
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(rules.resolve(name).getParent());
        Files.writeString(rules.resolve(name), text);
    }

    /** As often as it is looked at while nothing happens. */
    private void isTakenUpOnceItRests() {
        assertThat(watch.changed()).as("not before it rests").isFalse();
        assertThat(watch.changed()).isTrue();
        assertThat(watch.changed()).as("once").isFalse();
    }

    private void isNoChange() {
        assertThat(watch.changed()).isFalse();
        assertThat(watch.changed()).isFalse();
    }

    @Test
    void savedFileIsAChange() throws IOException {
        isNoChange();
        write("threshold/memory.drl", "two");
        isTakenUpOnceItRests();
    }

    @Test
    void fileThatIsStillWrittenWaits() throws IOException {
        for (int i = 0; i < 5; i++) {
            write("threshold/memory.drl", "more and more ".repeat(i + 1));
            assertThat(watch.changed()).isFalse();
        }
        assertThat(watch.changed()).isTrue();
    }

    @Test
    void sameSizeAndTimeIsAChangeAllTheSame() throws IOException {
        Path file = rules.resolve("threshold/memory.drl");
        FileTime written = FileTime.from(now.minusSeconds(1));
        Files.setLastModifiedTime(file, written);
        watch.take();
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, written);
        isTakenUpOnceItRests();
    }

    @Test
    void editorThatWritesBesideAndRenamesIsSeenOnce() throws IOException {
        write("threshold/memory.drl~", "two");
        write("threshold/.memory.drl.swp", "x");
        Files.createSymbolicLink(rules.resolve("threshold/.#memory.drl"), Path.of("ann@host.77"));
        isNoChange();
        Files.move(
                rules.resolve("threshold/memory.drl~"),
                rules.resolve("threshold/memory.drl"),
                StandardCopyOption.REPLACE_EXISTING);
        isTakenUpOnceItRests();
    }

    @Test
    void touchedFileIsNone() throws IOException {
        Files.setLastModifiedTime(rules.resolve("threshold/memory.drl"), FileTime.from(now.plusSeconds(9)));
        isNoChange();
        write("README.md", "no rule");
        isNoChange();
    }

    @Test
    void editThatIsTakenBackBeforeItRestsIsNone() throws IOException {
        write("threshold/memory.drl", "two");
        assertThat(watch.changed()).isFalse();
        write("threshold/memory.drl", "one");
        isNoChange();
    }

    @Test
    void newFileGoneFileAndScenarioAreChanges() throws IOException {
        write("threshold/cpu.drl", "new");
        isTakenUpOnceItRests();
        Files.delete(rules.resolve("threshold/cpu.drl"));
        isTakenUpOnceItRests();
        write("threshold/memory.scenario.yaml", "other cases");
        isTakenUpOnceItRests();
    }

    @Test
    void folderThatVanishesAndComesBackIsTwoChanges() throws IOException {
        Files.move(rules, home.resolve("away"));
        isTakenUpOnceItRests();
        Files.move(home.resolve("away"), rules);
        isTakenUpOnceItRests();
    }

    @Test
    void linkThatIsTurnedToAnotherFolderIsAChange() throws IOException {
        Files.move(rules, home.resolve("v1"));
        Files.createDirectories(home.resolve("v2/threshold"));
        Files.writeString(home.resolve("v2/threshold/memory.drl"), "two");
        Files.createSymbolicLink(rules, Path.of("v1"));
        FolderWatch linked = new FolderWatch(rules, () -> now);
        watch = linked;
        isNoChange();
        Files.createSymbolicLink(home.resolve("next"), Path.of("v2"));
        Files.move(home.resolve("next"), rules, StandardCopyOption.ATOMIC_MOVE);
        isTakenUpOnceItRests();
    }

    @Test
    void loopOfLinksIsAChangeAndNoEndlessWalk() throws IOException {
        Files.createSymbolicLink(rules.resolve("threshold/again"), rules);
        isTakenUpOnceItRests();
        Files.createSymbolicLink(rules.resolve("self.drl"), Path.of("self.drl"));
        isTakenUpOnceItRests();
        Files.delete(rules.resolve("threshold/again"));
        Files.delete(rules.resolve("self.drl"));
        isTakenUpOnceItRests();
    }

    @Test
    void largeFileIsNotReadAgainAndAgain() throws IOException {
        write("threshold/large.drl", "x".repeat(3 << 20));
        isTakenUpOnceItRests();
        isNoChange();
    }
}
