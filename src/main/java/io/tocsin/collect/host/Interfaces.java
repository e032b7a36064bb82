package io.tocsin.collect.host;

import io.tocsin.model.ResourceType;
import io.tocsin.model.Telemetry;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import oshi.hardware.NetworkIF;

/**
 * Each network interface that is up and not loopback, under the label {@code interface}. Both figures are <em>bytes a
 * second</em>: {@code current_used} is the busier of the two directions since the last round, {@code total_available} the
 * interface's speed. Nothing in the first round, and after the counters were reset.
 *
 * <p>Many virtual interfaces tell no speed. For them the smallest usual speed that fits the highest rate seen since the
 * start is assumed (1, 10, 25, 40, 100, 400 Gbit/s): a guess that is too high would hide a full line, and one that is too
 * low corrects itself as soon as the line proves it.
 */
final class Interfaces implements Sampler {
    private static final long[] USUAL_GBITS = {1, 10, 25, 40, 100, 400};
    private static final long GBIT_BYTES = 1_000_000_000L / 8;

    private record Counters(long received, long sent, long atMillis) {}

    private final Usage usage;
    private final Supplier<List<NetworkIF>> interfaces;
    private final Predicate<NetworkIF> up;
    private final Map<String, Long> highest = new HashMap<>();
    private Map<String, Counters> before = Map.of();

    Interfaces(Usage usage, Supplier<List<NetworkIF>> interfaces) {
        this(usage, interfaces, line -> up(line.queryNetworkInterface()));
    }

    Interfaces(Usage usage, Supplier<List<NetworkIF>> interfaces, Predicate<NetworkIF> up) {
        this.usage = usage;
        this.interfaces = interfaces;
        this.up = up;
    }

    @Override
    public List<Telemetry> sample(Instant now) {
        Map<String, Counters> seen = new HashMap<>();
        List<Telemetry> found = new ArrayList<>();
        for (NetworkIF line : interfaces.get()) {
            if (!up.test(line)) {
                continue;
            }
            String name = line.getName();
            Counters counters = new Counters(line.getBytesRecv(), line.getBytesSent(), line.getTimeStamp());
            seen.put(name, counters);
            long rate = rate(before.get(name), counters);
            if (rate >= 0) {
                highest.merge(name, rate, Math::max);
                found.add(usage.of(
                        ResourceType.NETWORK, now, Map.of("interface", name), rate, speed(line.getSpeed(), name)));
            }
        }
        before = seen;
        highest.keySet().retainAll(seen.keySet());
        return found;
    }

    /** Bytes a second of the busier direction, -1 if that cannot be told. */
    private static long rate(Counters before, Counters after) {
        if (before == null || after.atMillis <= before.atMillis) {
            return -1;
        }
        long received = after.received - before.received;
        long sent = after.sent - before.sent;
        return received < 0 || sent < 0 ? -1 : Math.max(received, sent) * 1000 / (after.atMillis - before.atMillis);
    }

    private long speed(long bitsPerSecond, String name) {
        if (bitsPerSecond > 0) {
            return Math.max(1, bitsPerSecond / 8);
        }
        long needed = highest.getOrDefault(name, 0L);
        for (long usual : USUAL_GBITS) {
            if (usual * GBIT_BYTES >= needed) {
                return usual * GBIT_BYTES;
            }
        }
        return needed;
    }

    private static boolean up(NetworkInterface line) {
        try {
            return line != null && line.isUp() && !line.isLoopback();
        } catch (SocketException e) {
            // it went away between the listing and the question
            return false;
        }
    }
}
