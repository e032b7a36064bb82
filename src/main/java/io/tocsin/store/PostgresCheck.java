package io.tocsin.store;

import io.tocsin.model.Text;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says whether a PostgreSQL database can be ours, and if not, what to do. */
final class PostgresCheck {
    private static final int MOST_NAMED = 3;
    private static final String ABOUT = """
            SELECT current_setting('server_version_num')::int / 10000, current_setting('server_version'),
                current_setting('server_encoding'), pg_is_in_recovery(),
                current_setting('default_transaction_read_only'), current_schema(),
                current_schema() IS NOT NULL AND has_schema_privilege(current_schema(), 'CREATE')""";

    /** What somebody made in our schema; what an extension brought does not count. */
    private static final String TABLES = """
            SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            ORDER BY c.relname""";

    private static final String BEGINNING =
            "SELECT script FROM " + Schema.HISTORY + " WHERE version IS NOT NULL ORDER BY installed_rank LIMIT 1";

    private final PostgresSettings settings;
    private final String url;

    PostgresCheck(PostgresSettings settings) {
        this.settings = settings;
        this.url = settings.url();
    }

    /**
     * Looks at an open database.
     *
     * @throws StoreException if it cannot be used
     */
    void usable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            about(statement);
            List<String> tables = tables(statement);
            if (!tables.isEmpty() && !ours(statement, tables)) {
                String named = String.join(", ", tables.subList(0, Math.min(MOST_NAMED, tables.size())));
                throw told(
                        "is not Tocsin's: it holds " + Text.clean(Text.cut(named, 200))
                                + (tables.size() > MOST_NAMED ? " and " + (tables.size() - MOST_NAMED) + " more" : ""),
                        "name an empty database in store.url",
                        null);
            }
        }
    }

    private void about(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery(ABOUT)) {
            found.next();
            if (found.getInt(1) < Postgres.OLDEST) {
                throw told(
                        "is PostgreSQL " + Text.clean(found.getString(2)),
                        "use version " + Postgres.OLDEST + " or newer",
                        null);
            }
            if (!"UTF8".equals(found.getString(3))) {
                throw told(
                        "is encoded in " + Text.clean(found.getString(3)),
                        "create it with TEMPLATE template0 ENCODING 'UTF8'",
                        null);
            }
            if (found.getBoolean(4)) {
                throw told("is a standby, which cannot be written", "name the primary in store.url", null);
            }
            if ("on".equals(found.getString(5))) {
                throw told("is set to be read only", "set default_transaction_read_only to off", null);
            }
            if (!found.getBoolean(7)) {
                String schema = found.getString(6);
                throw told(
                        settings.user() + " may not create tables in "
                                + (schema == null ? "any schema" : "schema " + Text.clean(schema)),
                        "make that role the owner of the database",
                        null);
            }
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        return tables;
    }

    private static boolean ours(Statement statement, List<String> tables) throws SQLException {
        if (!tables.contains(Schema.HISTORY)) {
            return false;
        }
        try (ResultSet first = statement.executeQuery(BEGINNING)) {
            // another member may be about to run it
            return first.next() ? Schema.BEGINNING.equals(first.getString(1)) : tables.size() == 1;
        }
    }

    /** What to do about a server that does not let us in. */
    StoreException refused(SQLException fault) {
        String state = fault.getSQLState() == null ? "" : fault.getSQLState();
        String text = Faults.text(fault);
        String lower = text.toLowerCase(Locale.ROOT);
        return switch (state) {
            case "28P01" ->
                told(
                        "does not accept the password of " + settings.user(),
                        "check store.password, or the file that store.password_file names",
                        fault);
            case "3D000" ->
                told(
                        "is not there: the server has no database " + settings.database(),
                        "create it, CREATE DATABASE " + settings.database() + " OWNER " + settings.user(),
                        fault);
            case "28000" ->
                told(
                        "does not let " + settings.user() + " in (" + text + ")",
                        "check the role, and what pg_hba.conf says of it",
                        fault);
            case "42501" ->
                told(
                        "does not let " + settings.user() + " do what is needed (" + text + ")",
                        "make that role the owner of the database",
                        fault);
            case "53300" ->
                told(
                        "takes no more connections (" + text + ")",
                        "raise max_connections, or lower store.pool; this member needs " + (settings.pool() + 1),
                        fault);
            case "57P03" -> told("does not work yet (" + text + ")", "start again in a moment", fault);
            default -> {
                if (lower.contains("ssl") || lower.contains("certificate") || lower.contains("could not be verified")) {
                    yield encrypted(lower, text, fault);
                }
                if (lower.contains("password") && settings.password() == null) {
                    yield told("asks for a password", "set store.password_file, or store.password", fault);
                }
                yield state.startsWith("08") || state.isEmpty()
                        ? told("cannot be reached (" + text + ")", "check host and port, and that it runs", fault)
                        : told("cannot be opened (" + text + ")", "check the server and its log", fault);
            }
        };
    }

    private StoreException encrypted(String lower, String text, SQLException fault) {
        return lower.contains("does not support ssl")
                ? told("offers no TLS", "turn ssl on there, or set store.tls to prefer", fault)
                : told(
                        "and this member do not agree on TLS (" + text + ")",
                        "check store.tls and store.tls_root_cert",
                        fault);
    }

    private StoreException told(String what, String hint, SQLException fault) {
        return new StoreException(url + " " + what + ": " + hint, fault);
    }
}
