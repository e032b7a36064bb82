package io.tocsin.evaluate;

import io.tocsin.model.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
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
    private static final int DEEPEST = 8;

    /** Reads a folder; links are followed, and what begins with a dot belongs to an editor. */
    static RuleFolder read(Path folder) {
        RuleFolder read = new RuleFolder(new TreeMap<>(), new ArrayList<>());
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, read.visitor(folder));
        } catch (IOException fault) {
            read.problems.add(cannot(".", fault));
        }
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

    private SimpleFileVisitor<Path> visitor(Path folder) {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                if (path.equals(folder)) {
                    return FileVisitResult.CONTINUE;
                }
                if (isRules(path.toString())) {
                    problems.add(Problem.error(
                            name(folder, path), 1, 1, "is a folder, by its name it should be a file", "rename it"));
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return hidden(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                if (isRules(path.toString()) && !hidden(path)) {
                    take(path, name(folder, path), attributes);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException fault) {
                problems.add(cannot(path.equals(folder) ? "." : name(folder, path), fault));
                return FileVisitResult.CONTINUE;
            }
        };
    }

    private static boolean hidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static String name(Path folder, Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    private void take(Path path, String name, BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            problems.add(Problem.error(name, 1, 1, "is a link that leads nowhere", "remove it or make its target"));
        } else if (!attributes.isRegularFile()) {
            problems.add(Problem.error(name, 1, 1, "is no file", "a rule file is a plain text"));
        } else if (attributes.size() > LARGEST_FILE) {
            problems.add(Problem.error(
                    name,
                    1,
                    1,
                    "the file has " + attributes.size() + " bytes",
                    "at most " + LARGEST_FILE + " are allowed"));
        } else {
            try {
                decode(name, Files.readAllBytes(path));
            } catch (IOException fault) {
                problems.add(cannot(name, fault));
            }
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

    private static Problem cannot(String name, IOException fault) {
        if (fault instanceof FileSystemLoopException) {
            return Problem.error(name, 1, 1, "is a link that leads in a circle", "remove it");
        }
        String why = fault instanceof NoSuchFileException
                ? "it is not there"
                : fault instanceof java.nio.file.AccessDeniedException
                        ? "reading it is not permitted"
                        : Text.clean(String.valueOf(fault.getMessage()));
        return Problem.error(
                name,
                1,
                1,
                "cannot be read: " + why,
                name.equals(".") ? "rules.path names a folder with rule files" : "");
    }
}
