package io.tocsin.api.access;

import io.tocsin.model.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A file with one account a line, and lines that begin with {@code #} for people. A change writes a new file beside it and
 * puts that in its place, so that whoever reads sees the one or the other.
 *
 * @param <A> what a line says
 */
final class AccountFile<A extends Account> {
    private static final long LARGEST = 4 << 20;

    private final Path path;
    private final Function<String[], A> reader;

    private AccountFile(Path path, Function<String[], A> reader) {
        this.path = path;
        this.reader = reader;
    }

    static AccountFile<User> users(Path path) {
        return new AccountFile<>(path, User::of);
    }

    static AccountFile<Token> tokens(Path path) {
        return new AccountFile<>(path, Token::of);
    }

    /**
     * The accounts by name, in the order of the file.
     *
     * @throws AccountException with the file and line, what was found and what is allowed
     */
    Map<String, A> read() {
        return parsed(lines());
    }

    private Map<String, A> parsed(List<String> lines) {
        Map<String, A> accounts = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String where = Text.clean(path.toString()) + ":" + (i + 1) + ": ";
            try {
                A account = reader.apply(line.split("\\s+"));
                if (accounts.putIfAbsent(account.name(), account) != null) {
                    throw new IllegalArgumentException(account.name() + " is there twice; keep one of the lines");
                }
            } catch (IllegalArgumentException fault) {
                throw new AccountException(where + fault.getMessage());
            }
        }
        return accounts;
    }

    private List<String> lines() {
        try {
            if (Files.size(path) > LARGEST) {
                throw new AccountException(
                        Text.clean(path.toString()) + " has more than " + LARGEST + " bytes; is it the right file?");
            }
            return Files.readAllLines(path);
        } catch (NoSuchFileException none) {
            throw new AccountException.Missing(
                    Text.clean(path.toString()) + " is not there; ./tocsin user add and ./tocsin token create make it");
        } catch (CharacterCodingException binary) {
            throw new AccountException(Text.clean(path.toString()) + " is no text in UTF-8; is it the right file?");
        } catch (IOException fault) {
            throw new AccountException(
                    Text.clean(path.toString()) + " cannot be read: " + Text.clean(fault.toString()));
        }
    }

    /** Adds an account to the end; fails if there is one with its name. */
    void add(A account, String heading) {
        change(lines -> {
            if (parsed(lines).containsKey(account.name())) {
                throw new AccountException("there is a " + heading + " " + account.name() + " already in "
                        + Text.clean(path.toString()) + "; remove it first");
            }
            List<String> more = new ArrayList<>(lines);
            if (lines.isEmpty()) {
                more.add("# Tocsin's " + heading + "s, one a line; ./tocsin " + heading
                        + " --help says how to change them");
            }
            more.add(account.line());
            return more;
        });
    }

    /** Whether there was one with this name; it is gone now. */
    boolean remove(String name) {
        if (!read().containsKey(name)) {
            return false;
        }
        change(lines -> lines.stream()
                .filter(line -> !line.strip().split("\\s+")[0].equals(name))
                .toList());
        return true;
    }

    /** Only one at a time has the new file, so no change is lost. */
    private void change(UnaryOperator<List<String>> edit) {
        try {
            Path real = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            Files.createDirectories(real.getParent());
            Path fresh = real.resolveSibling(real.getFileName() + ".new");
            try (FileChannel out = FileChannel.open(
                    fresh,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(rights(real)))) {
                try {
                    List<String> lines = edit.apply(Files.exists(real) ? lines() : List.of());
                    String text = String.join("\n", lines) + "\n";
                    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                    while (bytes.hasRemaining()) {
                        out.write(bytes);
                    }
                    out.force(true);
                    Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(fresh);
                }
            }
        } catch (FileAlreadyExistsException taken) {
            throw new AccountException(
                    Text.clean(String.valueOf(taken.getFile()))
                            + " is there: somebody else changes the file at this moment; try again, or delete it if nobody does");
        } catch (IOException fault) {
            throw new AccountException(Text.clean(path.toString()) + " cannot be written: "
                    + Text.clean(new UncheckedIOException(fault).getMessage()));
        }
    }

    /** Those that it has; of a new one nobody else can read anything. */
    private static Set<PosixFilePermission> rights(Path file) throws IOException {
        return Files.exists(file) ? Files.getPosixFilePermissions(file) : PosixFilePermissions.fromString("rw-------");
    }
}
