package io.tocsin.evaluate;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files below a folder of rules, links followed. What begins with a dot is left out: there editors keep their locks
 * and version control its own. Folders more than {@value #DEEPEST} deep are not entered.
 */
public final class RuleTree {
    private static final int DEEPEST = 8;

    private final Path folder;
    private final String[] endings;
    private final SortedMap<String, Path> files = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private RuleTree(Path folder, String... endings) {
        this.folder = folder;
        this.endings = endings;
    }

    /**
     * Looks now. Blocks.
     *
     * @param endings how the names end that are wanted, such as {@code .drl}
     */
    public static RuleTree of(Path folder, String... endings) {
        RuleTree tree = new RuleTree(folder, endings);
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, tree.new Visit());
        } catch (IOException fault) {
            tree.problem(folder, "cannot be read: " + fault.getMessage(), "rules.path names a folder with rule files");
        }
        return tree;
    }

    /** The files by their names below the folder, such as {@code threshold/memory.drl}. */
    public SortedMap<String, Path> files() {
        return files;
    }

    /** What could not be entered or followed, each with a hint. */
    public List<Problem> problems() {
        return problems;
    }

    private String name(Path path) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        return name.isEmpty() ? "." : name;
    }

    private boolean wanted(Path file) {
        for (String ending : endings) {
            if (file.toString().endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    private void problem(Path path, String what, String hint) {
        problems.add(Problem.error(name(path), 1, 1, what, hint));
    }

    private final class Visit extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes any) {
            if (path(directory)) {
                problem(directory, "is a folder, by its name it should be a file", "rename it");
                return FileVisitResult.SKIP_SUBTREE;
            }
            return hidden(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        private boolean hidden(Path path) {
            return !path.equals(folder) && path.getFileName().toString().startsWith(".");
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (path(file) && attributes.isSymbolicLink()) {
                problem(file, "is a symbolic link to what is not there", "remove it, or put back what it names");
            } else if (path(file) && attributes.isRegularFile()) {
                files.put(name(file), file);
            } else if (path(file)) {
                problem(file, "is no file", "a rule file is a plain text");
            } else if (file.equals(folder)) {
                problem(file, "is no folder", "rules.path names a folder with rule files");
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean path(Path file) {
            return !file.equals(folder) && !hidden(file) && wanted(file);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException fault) {
            if (hidden(file)) {
                return FileVisitResult.CONTINUE;
            }
            if (fault instanceof FileSystemLoopException) {
                problem(file, "is a symbolic link back to a folder that it lies in, a loop", "remove the link");
            } else if (fault instanceof NoSuchFileException && file.equals(folder)) {
                problem(file, "there is no such folder", "rules.path names a folder with rule files");
            } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                problem(file, "cannot be read", "may this user read it?");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException fault) {
            if (fault != null) {
                problem(directory, "cannot be read to its end", "may this user read it?");
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
