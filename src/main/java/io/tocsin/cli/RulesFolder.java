package io.tocsin.cli;

import java.nio.file.Path;

/** Which folder of rules a file belongs to. */
final class RulesFolder {
    private RulesFolder() {}

    /** The nearest folder above a file that is called rules; the one it lies in if there is none. */
    static Path above(Path file) {
        Path full = file.toAbsolutePath().normalize();
        Path named = file.getParent();
        for (Path path = full.getParent(), shown = named; path != null; path = path.getParent()) {
            if (path.getFileName() != null && path.getFileName().toString().equals("rules")) {
                return shown == null ? path : shown;
            }
            shown = shown == null ? null : shown.getParent();
        }
        return named == null ? Path.of(".") : named;
    }
}
