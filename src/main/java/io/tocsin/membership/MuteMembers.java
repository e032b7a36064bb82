package io.tocsin.membership;

import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Finds listed members that take a connection and then say nothing: frozen ones, or something else on the port. Hazelcast
 * would wait for their consent and never become the first member.
 */
final class MuteMembers {
    static final int DEFAULT_PORT = 5701;
    private static final int TIMEOUT_MS = 1500;
    private static final byte[] GREETING = "HZC".getBytes(StandardCharsets.US_ASCII);

    private MuteMembers() {}

    /** Those of the list that are mute. Blocks for at most about three seconds, whatever the length of the list. */
    static List<String> among(List<String> members) {
        if (members.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(members.size(), 16));
        try {
            List<CompletableFuture<Boolean>> answers = members.stream()
                    .map(member -> CompletableFuture.supplyAsync(() -> isMute(member), threads))
                    .toList();
            return IntStream.range(0, members.size())
                    .filter(i -> answers.get(i).join())
                    .mapToObj(members::get)
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean isMute(String member) {
        HostAndPort place = HostAndPort.parseAuthority(member, DEFAULT_PORT);
        if (place == null) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(place.host(), place.port()), TIMEOUT_MS);
            return !answers(socket);
        } catch (IOException e) {
            // nobody there: Hazelcast finds that out quickly by itself
            return false;
        }
    }

    private static boolean answers(Socket socket) {
        try {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(GREETING);
            socket.getInputStream().readNBytes(GREETING.length);
            return true;
        } catch (SocketTimeoutException silent) {
            return false;
        } catch (IOException e) {
            // it hangs up, as what passes connections on does for a member that has not started: nobody waits for that
            return true;
        }
    }
}
