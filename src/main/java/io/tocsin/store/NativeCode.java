package io.tocsin.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite's native code, which the driver unpacks to a file of a megabyte. Once it is loaded nobody needs the file;
 * the driver would delete it at an orderly end only, and every other end would leave one.
 */
final class NativeCode {
    private static final String FOLDER = "org.sqlite.tmpdir";

    private static boolean loaded;

    private NativeCode() {}

    /**
     * Loads it, once.
     *
     * @throws StoreException if this system does not let it
     */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        try {
            if (System.getProperty(FOLDER) == null) {
                loadAndClear();
            } else {
                SQLiteJDBCLoader.initialize();
            }
            loaded = true;
        } catch (Exception fault) {
            throw new StoreException(
                    "SQLite's native code cannot be loaded (" + Faults.text(fault)
                            + "): set java.io.tmpdir to a folder that may be written and executed from",
                    fault);
        }
    }

    private static void loadAndClear() throws Exception {
        Path folder = Files.createTempDirectory("tocsin-sqlite");
        System.setProperty(FOLDER, folder.toString());
        try {
            SQLiteJDBCLoader.initialize();
        } finally {
            System.clearProperty(FOLDER);
            clear(folder);
        }
    }

    /** Where a loaded file cannot be deleted the driver does it at the end. */
    private static void clear(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException inUse) {
            folder.toFile().deleteOnExit();
        }
    }
}
