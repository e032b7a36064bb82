package io.tocsin.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/** Names of those who send requests, as far as their address tells. */
final class Clients {
    private Clients() {}

    static String of(HttpServerRequest request) {
        return of(request.remoteAddress());
    }

    /** The address; of IPv6 the network, as one host has any number of addresses there. */
    static String of(SocketAddress address) {
        String host = address == null ? null : address.hostAddress();
        if (host == null) {
            return "unknown";
        }
        if (!host.contains(":") || host.startsWith("0:0:0:0:") || host.equals("::1")) {
            return host;
        }
        String[] parts = host.split("%", 2)[0].split(":", -1);
        return parts.length < 8 ? host : String.join(":", java.util.Arrays.copyOf(parts, 4)) + "::/64";
    }
}
