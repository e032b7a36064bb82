package io.tocsin.collect.probe;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A connection that is closed as soon as it stands. */
final class TcpQuestion implements Question {
    private final ProbeSettings.Tcp target;
    private final Duration timeout;
    private final NetClient client;
    private final Map<String, Object> details;

    TcpQuestion(Vertx vertx, ProbeSettings.Tcp target, Duration timeout) {
        this.target = target;
        this.timeout = timeout;
        this.details = Map.of("host", target.host(), "port", target.port());
        int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(millis));
    }

    @Override
    public Future<Answer> ask() {
        Future<NetSocket> connected = client.connect(target.port(), target.host());
        // a connection that comes too late is closed all the same
        connected.onSuccess(NetSocket::close);
        return connected
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .map(socket -> Answer.pass(details))
                .otherwise(this::lost);
    }

    @Override
    public void close() {
        client.close();
    }

    private Answer lost(Throwable cause) {
        String where = target.host() + ":" + target.port() + ": ";
        return Late.isLate(cause)
                ? Answer.timeout(details, where + Late.late(timeout))
                : Answer.fail(details, where + Late.words(cause) + ", expected an open port");
    }
}
