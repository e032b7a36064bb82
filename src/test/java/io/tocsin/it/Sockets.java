package io.tocsin.it;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which process has the other end of a connection, from what Linux tells of both. */
final class Sockets {
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int INODE = 9;

    private Sockets() {}

    /** The one of some processes that has connected; 0 if none of them did, or it is gone already. */
    static long owner(Socket accepted, List<Long> pids) {
        Set<String> ours = inodes(accepted.getPort(), accepted.getLocalPort());
        return pids.stream().filter(pid -> has(pid, ours)).findFirst().orElse(0L);
    }

    /** The sockets of connections from a port to a port. */
    private static Set<String> inodes(int from, int to) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> lines(Path.of(table)).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row.length > INODE && row[LOCAL].endsWith(hex(from)) && row[REMOTE].endsWith(hex(to)))
                .map(row -> "socket:[" + row[INODE] + "]")
                .collect(Collectors.toSet());
    }

    private static String hex(int port) {
        return String.format(Locale.ROOT, ":%04X", port);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException none) {
            return List.of();
        }
    }

    private static boolean has(long pid, Set<String> sockets) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return files.anyMatch(file -> sockets.contains(target(file)));
        } catch (IOException gone) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
