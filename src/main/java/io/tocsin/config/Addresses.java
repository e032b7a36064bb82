package io.tocsin.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can be told of an address by its spelling alone; nothing is looked up. */
final class Addresses {
    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\s:/\\[\\]]+):(\\d{1,5})");

    private Addresses() {}

    /** A host and a port. */
    record HostPort(String host, int port) {}

    /** Whether only this host is meant. */
    static boolean loopback(String host) {
        String plain = host.toLowerCase(Locale.ROOT).replace("[", "").replace("]", "");
        return plain.equals("localhost")
                || plain.equals("::1")
                || plain.equals("0:0:0:0:0:0:0:1")
                || LOOPBACK_V4.matcher(plain).matches();
    }

    /** Reads {@code host:port} or {@code [::1]:port}, port 1 to 65535. */
    static Optional<HostPort> hostPort(String text) {
        var parts = HOST_AND_PORT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(parts.group(2));
        String host = parts.group(1).replace("[", "").replace("]", "");
        return port < 1 || port > 65535 ? Optional.empty() : Optional.of(new HostPort(host, port));
    }

    /** An http or https address with a host; empty for anything else. */
    static Optional<URI> web(String text) {
        try {
            URI uri = new URI(text.trim());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Why nothing may be sent to this address, in words that do not repeat it, as it may be a secret; empty if it is fine. */
    static Optional<String> refusal(String url) {
        Optional<URI> uri = web(url);
        if (uri.isEmpty()) {
            return Optional.of("is no web address; write https://host/path");
        }
        if (uri.get().getUserInfo() != null) {
            return Optional.of("has a user name in it, which is not supported");
        }
        boolean plain = uri.get().getScheme().equalsIgnoreCase("http");
        return plain && !loopback(uri.get().getHost())
                ? Optional.of("is http://, which is allowed for loopback addresses only; write https://")
                : Optional.empty();
    }
}
