package io.tocsin;

import io.tocsin.cli.bench.cluster.ClusterFault;
import io.tocsin.cli.bench.cluster.Database;
import io.tocsin.config.Settings;
import io.tocsin.store.PostgresSettings;
import io.tocsin.store.Scratch;
import io.tocsin.store.StoreException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A database for the members of a bench, on the server that the configuration names. */
final class BenchDatabase {
    private BenchDatabase() {}

    static Database make(Settings settings) {
        PostgresSettings server = settings.store().server();
        if (server == null) {
            throw new ClusterFault(
                    "several members need PostgreSQL; write postgresql://user:password@host:5432/database");
        }
        Scratch scratch = made(server);
        return new Database() {
            @Override
            public Map<String, String> environment() {
                return variables(scratch.settings());
            }

            @Override
            public String version() {
                return scratch.version();
            }

            @Override
            public void close() {
                try {
                    scratch.close();
                } catch (StoreException fault) {
                    throw new ClusterFault(fault.getMessage());
                }
            }
        };
    }

    private static Scratch made(PostgresSettings server) {
        try {
            return Scratch.on(server);
        } catch (StoreException fault) {
            throw new ClusterFault(fault.getMessage());
        }
    }

    /** By the environment, as everybody on the machine sees a command line. */
    private static Map<String, String> variables(PostgresSettings database) {
        Map<String, String> variables = new HashMap<>();
        String host = database.host().contains(":") ? "[" + database.host() + "]" : database.host();
        variables.put(
                "TOCSIN__STORE__URL",
                "postgresql://" + encoded(database.user()) + "@" + host + ":" + database.port() + "/"
                        + encoded(database.database()));
        variables.put("TOCSIN__STORE__TLS", database.tls().wire());
        if (database.password() != null) {
            variables.put("TOCSIN__STORE__PASSWORD", database.password().reveal());
        }
        return variables;
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
