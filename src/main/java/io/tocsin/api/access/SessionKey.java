package io.tocsin.api.access;

import io.tocsin.model.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What signs sessions: the key of the configuration, or one that is made once and kept. */
final class SessionKey {
    private static final int BYTES = 32;

    private SessionKey() {}

    /** Blocks. */
    static byte[] of(AccountsSettings settings) {
        if (settings.sessionKey() != null) {
            return settings.sessionKey().reveal().getBytes(StandardCharsets.UTF_8);
        }
        Path file = settings.keyFile();
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            String key = Files.readString(file).strip();
            if (key.length() >= AccountsSettings.SHORTEST_KEY) {
                return key.getBytes(StandardCharsets.UTF_8);
            }
        } catch (IOException fault) {
            throw new AccountException(Text.clean(file.toString()) + ", which signs sessions, cannot be read or made: "
                    + Text.clean(fault.toString()));
        }
        throw new AccountException(Text.clean(file.toString()) + ", which signs sessions, is too short; delete it,"
                + " and the next start makes another");
    }

    private static void create(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(
                folder,
                "session",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(fresh, HexFormat.of().formatHex(random));
            // unlike a move, this never replaces one that is there
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException another) {
            // made by another process in the same moment: it is as good
            return;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
