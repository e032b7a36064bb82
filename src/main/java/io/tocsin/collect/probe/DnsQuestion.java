package io.tocsin.collect.probe;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Resolves a name as the programs of this host do, hosts file included; Java may answer from its cache for 30 seconds. A
 * lookup cannot be broken off, so one that still runs is waited for again and none is added.
 */
final class DnsQuestion implements Question {
    private final ProbeSettings.Dns target;
    private final Duration timeout;
    private final WorkerExecutor worker;
    private final InetAddress expected;
    private Future<List<InetAddress>> lookup = Future.succeededFuture();

    DnsQuestion(Vertx vertx, ProbeSettings.Dns target, Duration timeout) {
        this.target = target;
        this.timeout = timeout;
        this.worker = Workers.of(vertx);
        this.expected = literal(target.expect());
    }

    private static InetAddress literal(String address) {
        if (address == null) {
            return null;
        }
        if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("\"" + address + "\" is no IP address, which a DNS probe expects");
        }
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("\"" + address + "\" is no IP address, which a DNS probe expects", e);
        }
    }

    @Override
    public Future<Answer> ask() {
        if (lookup.isComplete()) {
            lookup = worker.executeBlocking(() -> List.of(InetAddress.getAllByName(target.name())), false);
        }
        return lookup.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .map(this::judge)
                .otherwise(this::lost);
    }

    @Override
    public void close() {
        worker.close();
    }

    private Answer judge(List<InetAddress> found) {
        List<String> addresses = new ArrayList<>();
        found.forEach(address -> addresses.add(address.getHostAddress()));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("name", target.name());
        details.put("addresses", addresses);
        return expected == null || found.contains(expected)
                ? Answer.pass(details)
                : Answer.fail(
                        details,
                        target.name() + " resolves to " + String.join(", ", addresses) + ", expected " + target.expect()
                                + " among them");
    }

    private Answer lost(Throwable cause) {
        Map<String, Object> details = Map.of("name", target.name());
        return Late.isLate(cause)
                ? Answer.timeout(details, target.name() + ": " + Late.late(timeout))
                : Answer.fail(details, target.name() + ": " + Late.words(cause) + ", expected an address");
    }
}
