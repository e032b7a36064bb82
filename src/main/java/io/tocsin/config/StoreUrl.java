package io.tocsin.config;

import io.tocsin.model.Secret;
import io.tocsin.model.Text;
import io.tocsin.store.PostgresSettings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code postgresql://user:password@host:port/database?sslmode=…} says. User, password and database may hold any
 * character as {@code %xx}.
 *
 * @param host without brackets; null if there is none
 * @param password null if there is none
 * @param tls as written; null if it is not said
 * @param problems in words that do not repeat what may be a password
 */
record StoreUrl(
        String host, int port, String database, String user, Secret password, String tls, List<String> problems) {
    private static final String WRITE = "write postgresql://user@host:5432/database";
    /** The password may hold an @, as the last one ends it. */
    private static final Pattern PARTS = Pattern.compile(
            "postgres(?:ql)?://(?:(?<user>[^:/?#@]*)(?::(?<password>[^/?#]*))?@)?(?<host>\\[[^\\]/?#@]*]|[^:/?#@\\[\\]]*)"
                    + "(?::(?<port>[^/?#@]*))?(?:/(?<database>[^/?#]*))?(?:\\?(?<query>[^#@]*))?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SECRET =
            Pattern.compile("(?i)^(postgres(?:ql)?://[^:/?#@]*):.*@([^@/?]*(?:/[^@]*)?)$");

    static StoreUrl of(String text) {
        List<String> problems = new ArrayList<>();
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            problems.add("cannot be read; " + WRITE + ", with %xx for what is special in a name or a password");
            return new StoreUrl(null, 0, null, null, null, null, problems);
        }
        String host = parts.group("host").replace("[", "").replace("]", "");
        if (host.isEmpty() || host.contains(",")) {
            problems.add(host.isEmpty() ? "names no host; " + WRITE : "names several hosts; write one");
        }
        String user = decoded(parts.group("user"), "user", problems);
        if (user == null || user.isEmpty()) {
            problems.add("names no user; " + WRITE);
        }
        String database = decoded(parts.group("database"), "database", problems);
        if (database == null || database.isEmpty()) {
            problems.add("names no database; " + WRITE);
        }
        String password = decoded(parts.group("password"), "password", problems);
        int port = port(parts.group("port"), problems);
        String tls = query(parts.group("query"), problems);
        return new StoreUrl(
                host, port, database, user, password == null ? null : Secret.of(password), tls, List.copyOf(problems));
    }

    /** An address as it may be shown: without what may be a password, even if it cannot be read. */
    static String shown(String url) {
        int begin = url.indexOf("//") + 2;
        if (url.startsWith("sqlite:")) {
            return url;
        }
        if (begin < 2) {
            return "***";
        }
        int end = url.lastIndexOf('@');
        String place = end < begin ? url.substring(begin) : url.substring(end);
        int query = place.indexOf('?');
        String user = end < begin ? "" : url.substring(begin, end);
        int colon = user.indexOf(':');
        return url.substring(0, begin)
                + (colon < 0 ? user : user.substring(0, colon) + ":***")
                + (query < 0 ? place : place.substring(0, query));
    }

    private static int port(String port, List<String> problems) {
        if (port == null) {
            return PostgresSettings.PORT;
        }
        int number = port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0;
        if (number < 1 || number > 65_535) {
            problems.add("names a port that is none; allowed: 1 to 65535");
        }
        return number;
    }

    private static String query(String query, List<String> problems) {
        String tls = null;
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (name.equals("sslmode") && equals > 0) {
                tls = parameter.substring(equals + 1);
            } else {
                problems.add("has the parameter \"" + Text.clean(Text.cut(name, 40))
                        + "\" in it; allowed is sslmode only, the rest are keys of store");
            }
        }
        return tls;
    }

    private static String decoded(String text, String what, List<String> problems) {
        try {
            // a plus is a plus here
            String plain = text == null ? null : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (plain != null && !Text.isClean(plain)) {
                problems.add("has a control character in its " + what);
            }
            return plain;
        } catch (IllegalArgumentException wrong) {
            problems.add("has a % in its " + what + " that is none; write %25 for one");
            return null;
        }
    }
}
