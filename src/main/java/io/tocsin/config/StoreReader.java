package io.tocsin.config;

import io.tocsin.model.Secret;
import io.tocsin.store.PostgresSettings;
import io.tocsin.store.PostgresSettings.Tls;
import io.tocsin.store.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code store}: an SQLite file, or a database of a PostgreSQL server. */
final class StoreReader {
    private static final String WRITE =
            "write sqlite:FILE, such as sqlite:data/tocsin.db, or postgresql://user@host:5432/database";
    private static final List<String> TLS =
            Arrays.stream(Tls.values()).map(Tls::wire).toList();
    private static final List<String> OF_A_SERVER =
            List.of("password", "password_file", "tls", "tls_root_cert", "pool", "connect_timeout");

    private final Path data;

    /** {@code data} is the folder that holds everything written. */
    StoreReader(Path data) {
        this.data = data;
    }

    StoreSettings read(Section root) {
        try (Section section = root.section("store")) {
            String url = section.secretive("url", "sqlite:" + data.resolve("tocsin.db"), StoreUrl::shown);
            Duration patience = section.duration("degraded_after", StoreSettings.DEGRADED_AFTER, Duration.ofSeconds(1));
            String scheme = url.substring(0, Math.max(url.indexOf(':'), 0)).toLowerCase(Locale.ROOT);
            if (scheme.equals("postgresql") || scheme.equals("postgres")) {
                return server(section, url, patience);
            }
            if (!url.startsWith("sqlite:")
                    || url.length() == "sqlite:".length()
                    || url.startsWith("sqlite::")
                    || url.contains("?")) {
                section.problem("url", "is no address of a store; " + WRITE);
            }
            for (String key : OF_A_SERVER) {
                if (section.ignored(key)) {
                    section.problem(
                            key,
                            "is for PostgreSQL, and store.url names " + (scheme.equals("sqlite") ? "a file" : "none")
                                    + "; leave it out, or write postgresql://user@host:5432/database in store.url");
                }
            }
            return new StoreSettings(url, data, patience);
        }
    }

    private StoreSettings server(Section section, String text, Duration patience) {
        StoreUrl url = StoreUrl.of(text);
        url.problems().forEach(problem -> section.problem("url", problem));
        Secret password = password(section, url);
        Tls tls = tls(section, url);
        Path root = rootCert(section, tls);
        int pool = section.number("pool", PostgresSettings.POOL, 1, 100);
        Duration connect = section.duration("connect_timeout", PostgresSettings.CONNECT_TIMEOUT, Duration.ofSeconds(1));
        if (connect.compareTo(Duration.ofMinutes(1)) > 0 || connect.toMillis() % 1000 != 0) {
            section.problem("connect_timeout", "allowed: whole seconds from 1s to 1m");
            connect = PostgresSettings.CONNECT_TIMEOUT;
        }
        if (!url.problems().isEmpty() || tls == null) {
            return new StoreSettings(null, data, patience);
        }
        if (!Addresses.loopback(url.host()) && (tls == Tls.DISABLE || tls == Tls.PREFER)) {
            section.warning(
                    section.has("tls") ? "tls" : "url",
                    url.host() + " may be reached without encryption; set store.tls to verify-full, or to require");
        }
        return StoreSettings.of(
                new PostgresSettings(
                        url.host(), url.port(), url.database(), url.user(), password, tls, root, pool, connect),
                data,
                patience);
    }

    private static Secret password(Section section, StoreUrl url) {
        Optional<Secret> written = section.optionalSecret("password");
        if (written.isPresent() && url.password() != null) {
            section.problem("url", "has a password in it, and store.password is set; keep one of them");
        }
        return written.orElse(url.password());
    }

    /** Null, after reporting it, if there is no such word. */
    private static Tls tls(Section section, StoreUrl url) {
        String written = section.text("tls", null);
        if (written != null && url.tls() != null) {
            section.problem("url", "has sslmode in it, and store.tls is set; keep one of them");
        }
        String wanted = written != null ? written : url.tls() != null ? url.tls() : Tls.PREFER.wire();
        section.show("tls", wanted);
        if (!TLS.contains(wanted)) {
            section.problem(
                    written != null ? "tls" : "url",
                    (written != null ? "" : "sslmode ") + "\"" + wanted + "\" is not allowed"
                            + NearMiss.hint(wanted, TLS));
            return null;
        }
        return Tls.values()[TLS.indexOf(wanted)];
    }

    private static Path rootCert(Section section, Tls tls) {
        String name = section.text("tls_root_cert", null);
        if (name == null) {
            return null;
        }
        if (tls != null && tls != Tls.VERIFY_FULL) {
            section.problem("tls_root_cert", "is looked at with store.tls verify-full only, which is " + tls.wire());
        }
        Path file = Path.of(name);
        if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
            section.problem("tls_root_cert", "names a file that is not there or cannot be read; it must hold PEM");
        }
        return file;
    }
}
