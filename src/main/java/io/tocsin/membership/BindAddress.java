package io.tocsin.membership;

import io.tocsin.model.Text;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Finds out whether the member can be bound where the settings say, and if not, why. */
final class BindAddress {
    private BindAddress() {}

    /**
     * The numeric address of {@code settings.host}, whose port is free. Blocks for a moment.
     *
     * @throws IllegalStateException for people, naming the key
     */
    static String of(HazelcastSettings settings) {
        String address = resolved(settings);
        tryPort(settings, address);
        return address;
    }

    private static String resolved(HazelcastSettings settings) {
        try {
            InetAddress address = InetAddress.getByName(settings.host());
            if (address.isAnyLocalAddress()) {
                throw new IllegalStateException("hazelcast.host: " + Text.clean(settings.host())
                        + " would open the bus, which knows no password, on every interface; name one address of this"
                        + " host, such as 127.0.0.1");
            }
            return address.getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "hazelcast.host: \"" + Text.clean(settings.host())
                            + "\" is unknown; name one address of this host, such as 127.0.0.1",
                    e);
        }
    }

    /** Hazelcast tells of a taken port only after seconds and in its own words. */
    private static void tryPort(HazelcastSettings settings, String address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, settings.port()));
        } catch (IOException e) {
            String place = Text.clean(settings.host()) + ":" + settings.port();
            throw new IllegalStateException(
                    String.valueOf(e.getMessage()).contains("assign")
                            ? "hazelcast.host: " + Text.clean(settings.host())
                                    + " is no address of this host; name one, such as 127.0.0.1"
                            : "hazelcast.port: " + place + " cannot be bound (" + Text.clean(e.getMessage())
                                    + "); stop what listens there, choose another hazelcast.port, or set"
                                    + " hazelcast.enabled: false",
                    e);
        }
    }
}
