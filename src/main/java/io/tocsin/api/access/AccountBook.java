package io.tocsin.api.access;

import io.tocsin.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The accounts in force, as their files had them when they were last right. Reading blocks; asking never does. */
final class AccountBook {
    private final AccountsSettings settings;
    private volatile Accounts now = Accounts.NONE;
    private String seen = "";

    AccountBook(AccountsSettings settings) {
        this.settings = settings;
    }

    /** Who may ask. */
    Accounts now() {
        return now;
    }

    /**
     * Reads them for the first time; a file that is not there yet has none.
     *
     * @throws AccountException if a file is wrong, or if there is nobody in either
     */
    void open() {
        seen = stamp();
        now = new Accounts(
                read(settings.users(), true, path -> AccountFile.users(path).read()),
                read(settings.tokens(), true, path -> AccountFile.tokens(path).read()));
        if (now.isEmpty()) {
            String key = settings.users() != null ? "accounts.users_file" : "accounts.tokens_file";
            Path file = settings.users() != null ? settings.users() : settings.tokens();
            throw new AccountException(key + ": there is nobody in " + Text.clean(file.toString())
                    + ", so nobody could come in; begin with ./tocsin "
                    + (settings.users() != null ? "user add NAME --role admin" : "token create NAME --role admin"));
        }
    }

    /** Whether a file has changed since it was last looked at. */
    synchronized boolean changed() {
        return !stamp().equals(seen);
    }

    /**
     * Reads them again. From then on they are in force, unless a file is missing or wrong: then nothing changes.
     *
     * @return what is different
     * @throws AccountException saying what is wrong
     */
    synchronized List<Accounts.Change> again() {
        seen = stamp();
        Accounts next = new Accounts(
                read(
                        settings.users(),
                        now.users().isEmpty(),
                        path -> AccountFile.users(path).read()),
                read(
                        settings.tokens(),
                        now.tokens().isEmpty(),
                        path -> AccountFile.tokens(path).read()));
        List<Accounts.Change> changes = now.changes(next);
        now = next;
        return changes;
    }

    private static <A extends Account> Map<String, A> read(
            Path file, boolean mayBeMissing, Function<Path, Map<String, A>> read) {
        if (file == null) {
            return Map.of();
        }
        try {
            return read.apply(file);
        } catch (AccountException.Missing none) {
            if (mayBeMissing) {
                return Map.of();
            }
            throw none;
        }
    }

    private String stamp() {
        return stamp(settings.users()) + " " + stamp(settings.tokens());
    }

    private static String stamp(Path file) {
        if (file == null) {
            return "";
        }
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.lastModifiedTime() + "," + found.size() + "," + found.fileKey();
        } catch (IOException none) {
            return "none";
        }
    }
}
