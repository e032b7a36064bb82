package io.tocsin.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fenced blocks of a Markdown file. */
public final class CodeBlocks {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

    private CodeBlocks() {}

    /**
     * A block.
     *
     * @param language the word after the fence; empty if there is none
     * @param text what is between the fences, with its last line break
     */
    public record Block(String language, String text) {}

    /** All blocks of a file, in their order. */
    public static List<Block> of(Path file) {
        List<Block> blocks = new ArrayList<>();
        Matcher found = FENCE.matcher(read(file));
        while (found.find()) {
            blocks.add(new Block(found.group(1), found.group(2)));
        }
        return blocks;
    }

    /** The lines of the first block of a language. */
    public static List<String> lines(Path file, String language) {
        return of(file).stream()
                .filter(block -> block.language().equals(language))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no ```" + language + " in " + file))
                .text()
                .lines()
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
