package io.tocsin.it;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The network between members, and between each of them and the database. It can be cut, without anybody being told: what
 * is sent then waits, as TCP keeps it, and arrives when the network is whole again. Each member listens on an address of
 * its own; 127.0.0.1, where the others look for it, is here.
 */
final class Wires implements AutoCloseable {
    /** The database as one end of a wire. */
    private static final int DATABASE = -1;

    private final List<ProcessAppliance> members;
    private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();
    private final Set<Wire> cut = new HashSet<>();

    /** Between two ends, in either direction. */
    private record Wire(int one, int other) {
        static Wire of(int a, int b) {
            return new Wire(Math.min(a, b), Math.max(a, b));
        }
    }

    /**
     * Lays them, before the members start.
     *
     * @param folder for what helps with that
     * @param store the address of the database up to its port, and what follows the port
     */
    Wires(Path folder, List<ProcessAppliance> members, String store) throws IOException {
        this.members = List.copyOf(members);
        String port = store.replaceAll(".*:(\\d+)/.*", "$1");
        for (int i = 0; i < members.size(); i++) {
            ProcessAppliance member = members.get(i);
            int bus = Jar.freePort();
            int database = lay(i, new ServerSocket(0, 50, loopback(1)), DATABASE, Integer.parseInt(port));
            lay(null, new ServerSocket(member.busPort(), 50, loopback(1)), i, member.busPort());
            lay(null, new ServerSocket(bus, 50, loopback(1)), i, bus);
            String host = loopback(2 + i).getHostAddress();
            member.set("hazelcast.host=" + host)
                    .set("store.url=" + store.replace(":" + port + "/", ":" + database + "/"))
                    .flags(
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            // no interface is called so, though all of 127/8 is this host
                            "-Dhazelcast.local.localAddress=" + host,
                            "-Dhazelcast.local.publicAddress=127.0.0.1:" + member.busPort(),
                            PublicBus.flag(folder, bus));
        }
    }

    private static InetAddress loopback(int last) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    /** From whoever connects, if that is not known before, to an end. */
    private int lay(Integer from, ServerSocket near, int to, int port) throws IOException {
        open.add(near);
        InetSocketAddress far = new InetSocketAddress(loopback(to == DATABASE ? 1 : 2 + to), port);
        thread(() -> {
            while (true) {
                Socket here = near.accept();
                open.add(here);
                thread(() -> connect(from == null ? caller(here) : from, here, to, far));
            }
        });
        return near.getLocalPort();
    }

    private int caller(Socket here) {
        List<Long> pids =
                members.stream().map(one -> one.alive() ? one.pid() : DATABASE).toList();
        return pids.indexOf(Sockets.owner(here, pids));
    }

    private void connect(int from, Socket here, int to, InetSocketAddress far) throws IOException {
        Wire wire = Wire.of(from, to);
        Socket there = new Socket();
        open.add(there);
        try {
            pass(wire);
            there.connect(far);
        } catch (IOException refused) {
            here.setSoLinger(true, 0);
            here.close();
            return;
        }
        here.setTcpNoDelay(true);
        there.setTcpNoDelay(true);
        thread(() -> carry(wire, here, there));
        carry(wire, there, here);
    }

    private void carry(Wire wire, Socket from, Socket to) throws IOException {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[16_384];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                pass(wire);
                out.write(bytes, 0, read);
            }
        } finally {
            // nor is an end heard of
            pass(wire);
            to.close();
            from.close();
        }
    }

    private synchronized void pass(Wire wire) {
        try {
            while (cut.contains(wire)) {
                wait();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Cuts a member off from all others. */
    synchronized void cutOff(ProcessAppliance member) {
        int me = members.indexOf(member);
        for (int i = 0; i < members.size(); i++) {
            if (i != me) {
                cut.add(Wire.of(i, me));
            }
        }
    }

    /** The same from the database. */
    synchronized void cutOffFromDatabase(ProcessAppliance member) {
        cut.add(Wire.of(members.indexOf(member), DATABASE));
    }

    /** All is whole again. */
    synchronized void mend() {
        cut.clear();
        notifyAll();
    }

    private static void thread(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException | UncheckedIOException ended) {
                        // the end of a connection
                        return;
                    }
                },
                "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Task {
        void run() throws IOException;
    }

    @Override
    public void close() throws IOException {
        mend();
        for (Closeable one : open) {
            one.close();
        }
    }
}
