package io.tocsin.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A way to a server of this host that can be cut without anybody being told: what is sent just never arrives. */
final class Cable implements AutoCloseable {
    private final ServerSocket near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int far;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private boolean whole = true;

    Cable(int far) throws IOException {
        this.far = far;
        thread(() -> {
            while (true) {
                Socket here = near.accept();
                sockets.add(here);
                // one that is opened while it is cut leads nowhere, also later
                if (whole()) {
                    Socket there = new Socket(InetAddress.getLoopbackAddress(), far);
                    sockets.add(there);
                    thread(() -> carry(here, there));
                    thread(() -> carry(there, here));
                }
            }
        });
    }

    /** The same database by way of this cable. */
    PostgresSettings to(PostgresSettings s) {
        return new PostgresSettings(
                s.host(),
                near.getLocalPort(),
                s.database(),
                s.user(),
                s.password(),
                s.tls(),
                s.rootCert(),
                s.pool(),
                s.connectTimeout());
    }

    synchronized void cut() {
        whole = false;
    }

    synchronized void mend() {
        whole = true;
    }

    private synchronized boolean whole() {
        return whole;
    }

    private void carry(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] bytes = new byte[8192];
        boolean lost = false;
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
            // a stream with a hole in it is of no use any more
            lost |= !whole();
            if (!lost) {
                out.write(bytes, 0, read);
            }
        }
        to.close();
    }

    private static void thread(Carrier carrier) {
        Writer.daemon(
                        () -> {
                            try {
                                carrier.run();
                            } catch (IOException closed) {
                                // the end of a connection
                                return;
                            }
                        },
                        "cable")
                .start();
    }

    @Override
    public void close() throws IOException {
        near.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private interface Carrier {
        void run() throws IOException;
    }
}
