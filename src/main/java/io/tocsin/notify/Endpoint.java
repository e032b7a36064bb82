package io.tocsin.notify;

import io.tocsin.model.Secret;
import io.tocsin.model.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Where a receiver's messages go, checked, and what must never be quoted when that fails. */
public final class Endpoint {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private final URI uri;
    private final List<String> secrets;

    private Endpoint(URI uri, List<String> secrets) {
        this.uri = uri;
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() > 3)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /**
     * An endpoint whose address is no secret.
     *
     * @param where the config key, for the error text
     * @throws IllegalArgumentException if the address is not one that we send to
     */
    public static Endpoint open(String where, String url, Secret... secrets) {
        return new Endpoint(
                checked(where, url), Arrays.stream(secrets).map(Secret::reveal).toList());
    }

    /**
     * An endpoint whose address is a secret, its path and each part of it.
     *
     * @param where the config key, for the error text
     * @throws IllegalArgumentException if the address is not one that we send to; the text does not quote it
     */
    public static Endpoint secret(String where, Secret url) {
        URI uri = checked(where, url.reveal());
        List<String> secrets = new ArrayList<>(List.of(url.reveal(), uri.getRawPath()));
        secrets.addAll(Arrays.asList(uri.getRawPath().split("/")));
        if (uri.getRawQuery() != null) {
            secrets.add(uri.getRawQuery());
        }
        return new Endpoint(uri, secrets);
    }

    private static URI checked(String where, String url) {
        URI uri;
        try {
            uri = new URI(url.trim());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(where + ": not an address; write https://host/path");
        }
        String host = uri.getHost();
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        if (host == null || !(https || http)) {
            throw new IllegalArgumentException(where + ": not an address; write https://host/path");
        }
        if (http && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException(where + ": http:// is for loopback addresses only; write https://");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(where + ": an address with a user name in it is not allowed");
        }
        return uri;
    }

    String host() {
        return uri.getHost();
    }

    int port() {
        return uri.getPort() > 0 ? uri.getPort() : tls() ? 443 : 80;
    }

    boolean tls() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    String path() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** The text without any secret and without control characters, cut to a line. */
    public String quote(String text) {
        String safe = text == null ? "" : text;
        for (String secret : secrets) {
            safe = safe.replace(secret, "***");
        }
        return Text.cut(Text.clean(safe.strip()), 200);
    }
}
