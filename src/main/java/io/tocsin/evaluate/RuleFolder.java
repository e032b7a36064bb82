package io.tocsin.evaluate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rule files of a folder as texts; what cannot be read is named and the rest is read all the same.
 *
 * @param texts each text by its name below the folder, line ends as {@code \n}, without a byte order mark
 * @param problems files that are no text, are too large, lead in a circle or cannot be read
 */
record RuleFolder(Map<String, String> texts, List<Problem> problems) {
    private static final long LARGEST_FILE = 1 << 20;

    /** Reads a folder; links are followed, and what begins with a dot belongs to an editor. */
    static RuleFolder read(Path folder) {
        RuleTree tree = RuleTree.of(folder, ".drl", ".csv");
        RuleFolder read = new RuleFolder(new TreeMap<>(), new ArrayList<>(tree.problems()));
        tree.files().forEach((name, path) -> read.take(path, name));
        if (read.texts.isEmpty() && read.problems.isEmpty()) {
            read.problems.add(
                    Problem.error(".", 1, 1, "holds no rule file", "rules.path names a folder with .drl files"));
        }
        return read;
    }

    /** Whether a file holds rules, by its name. */
    static boolean isRules(String name) {
        return name.endsWith(".drl") || isTable(name);
    }

    /** Whether a file is a table of limits, by its name. */
    static boolean isTable(String name) {
        return name.endsWith(".csv");
    }

    private void take(Path path, String name) {
        try {
            long size = Files.size(path);
            if (size > LARGEST_FILE) {
                problems.add(Problem.error(
                        name, 1, 1, "the file has " + size + " bytes", "at most " + LARGEST_FILE + " are allowed"));
            } else {
                decode(name, Files.readAllBytes(path));
            }
        } catch (IOException fault) {
            problems.add(Problem.error(name, 1, 1, "cannot be read", "is it there, and may this user read it?"));
        }
    }

    private void decode(String name, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
        ByteBuffer left = ByteBuffer.wrap(bytes);
        if (decoder.decode(left, chars, true).isError()) {
            String before = normal(chars.flip().toString());
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            int start = before.lastIndexOf('\n') + 1;
            problems.add(Problem.error(
                    name,
                    line,
                    before.codePointCount(start, before.length()) + 1,
                    "the file is not UTF-8 text: byte 0x" + Integer.toHexString(bytes[left.position()] & 0xff),
                    "save it as UTF-8"));
        } else {
            texts.put(name, normal(chars.flip().toString()));
        }
    }

    /** The text as every tool counts its lines and columns. */
    static String normal(String text) {
        String unmarked = text.startsWith("\ufeff") ? text.substring(1) : text;
        return unmarked.indexOf('\r') < 0
                ? unmarked
                : unmarked.replace("\r\n", "\n").replace('\r', '\n');
    }
}
