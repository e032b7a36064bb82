package io.tocsin.config;

import io.tocsin.api.HttpSettings;
import io.tocsin.api.TlsSettings;
import io.tocsin.api.access.AccountsSettings;
import io.tocsin.model.Secret;
import io.tocsin.store.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Reads {@code http} and {@code accounts}: where the API is, and who may ask. */
final class HttpReader {
    private static final int MAX_PORT = 65_535;
    private static final String LET_IN = "; begin with ./tocsin user add NAME --role admin";

    private final Path data;

    /** {@code data} is the folder that holds everything written. */
    HttpReader(Path data) {
        this.data = data;
    }

    HttpSettings read(Section root) {
        try (Section section = root.section("http")) {
            String host = section.text("host", "127.0.0.1");
            int port = section.number("port", 8626, 0, MAX_PORT);
            boolean anonymous = section.flag("allow_anonymous", false);
            boolean open = !Addresses.loopback(host);
            int limit = section.number("intake_limit", open ? HttpSettings.INTAKE_LIMIT : 0, 0, 1_000_000);
            TlsSettings tls = tls(section);
            AccountsSettings accounts = accounts(root);
            if (accounts.required()) {
                withAccounts(section, host, anonymous, tls);
            } else if (open && !anonymous) {
                section.problem(
                        "host",
                        host + " can be reached by others and there are no accounts; set accounts.users_file, use"
                                + " 127.0.0.1, or set http.allow_anonymous to true to let anybody in");
            } else if (open) {
                section.warning(
                        "host", host + " can be reached by others: anybody there may read, send and acknowledge");
            }
            return new HttpSettings(host, port, anonymous, limit, tls, accounts);
        }
    }

    /** Members that share a store share log-ins if they can read one another's signatures. */
    static void together(Section root, HttpSettings http, StoreSettings store) {
        if (store.shared() && http.accounts().users() != null && http.accounts().sessionKey() == null) {
            root.warning(
                    "accounts",
                    "session_key_file is not set: whoever logs in at one member has to log in at another again");
        }
    }

    private static void withAccounts(Section section, String host, boolean anonymous, TlsSettings tls) {
        if (anonymous) {
            section.warning("allow_anonymous", "changes nothing: there are accounts, so nobody comes in without one");
        }
        if (!Addresses.loopback(host) && tls == null) {
            section.warning(
                    "host",
                    host + " can be reached by others without encryption: passwords and tokens can be read on the way;"
                            + " set http.tls.cert and http.tls.key");
        }
    }

    private static TlsSettings tls(Section http) {
        try (Section section = http.section("tls")) {
            Path cert = file(section, "cert", "key");
            Path key = file(section, "key", "cert");
            return cert == null || key == null ? null : new TlsSettings(cert, key);
        }
    }

    private static Path file(Section section, String key, String other) {
        String name = section.text(key, null);
        if (name == null) {
            if (section.has(other)) {
                section.problem(key, "is missing, and " + other + " is set; TLS needs both");
            }
            return null;
        }
        Path file = Path.of(name);
        if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
            section.problem(key, "names a file that is not there or cannot be read; it must hold PEM");
        }
        return file;
    }

    private AccountsSettings accounts(Section root) {
        try (Section section = root.section("accounts")) {
            Path users = path(section, "users_file");
            Path tokens = path(section, "tokens_file");
            Secret key = section.optionalSecret("session_key").orElse(null);
            Path keyFile = data.resolve("session.key");
            Duration session = section.duration("session", AccountsSettings.SESSION, Duration.ofMinutes(1));
            if (key != null && key.reveal().length() < AccountsSettings.SHORTEST_KEY) {
                section.problem(
                        section.has("session_key") ? "session_key" : "session_key_file",
                        "is too short to be safe; " + AccountsSettings.SHORTEST_KEY
                                + " characters or more, such as openssl rand -hex 32 gives");
            }
            if (users != null && !Files.exists(users)) {
                section.warning("users_file", "names a file that is not there yet" + LET_IN);
            }
            return new AccountsSettings(users, tokens, key, keyFile, session);
        }
    }

    private static Path path(Section section, String key) {
        String name = section.text(key, null);
        return name == null ? null : Path.of(name);
    }
}
