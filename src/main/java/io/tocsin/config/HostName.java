package io.tocsin.config;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this host is called. */
final class HostName {
    private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /** The kernel's name for it; elsewhere than on Linux what the network says. */
    static String find() {
        try {
            // asking the network first can wait for a name server that does not answer
            return Files.isReadable(LINUX)
                    ? Files.readString(LINUX).trim()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
