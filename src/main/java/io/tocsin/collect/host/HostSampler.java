package io.tocsin.collect.host;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.LogFamily;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;

/**
 * All parts of the host. A part that cannot be read (a container without the permission, say) is left out: counted
 * every time, logged once until it works again. When no part can be read, the host collector as a whole fails.
 */
final class HostSampler implements Sampler {
    private static final Logger log = LoggerFactory.getLogger(HostSampler.class);

    private final Map<String, Sampler> parts;
    private final TreeSet<String> broken = new TreeSet<>();
    private final MeterRegistry registry;

    HostSampler(HostSettings settings, MeterRegistry registry) {
        this(parts(new Usage(settings), new SystemInfo()), registry);
    }

    HostSampler(Map<String, Sampler> parts, MeterRegistry registry) {
        this.parts = parts;
        this.registry = registry;
    }

    private static Map<String, Sampler> parts(Usage usage, SystemInfo system) {
        Map<String, Sampler> parts = new LinkedHashMap<>();
        // each looks for its hardware when it is first asked: that blocks, and may fail
        parts.put("cpu", new Cpu(usage, () -> system.getHardware().getProcessor()));
        parts.put("memory", new Memory(usage, () -> system.getHardware().getMemory()));
        parts.put(
                "disk",
                new Disks(
                        usage, () -> system.getOperatingSystem().getFileSystem().getFileStores(true)));
        parts.put("network", new Interfaces(usage, () -> system.getHardware().getNetworkIFs()));
        return parts;
    }

    @Override
    public List<Telemetry> sample(Instant now) {
        List<Telemetry> found = new ArrayList<>();
        String error = null;
        for (var part : parts.entrySet()) {
            try {
                found.addAll(part.getValue().sample(now));
                if (broken.remove(part.getKey())) {
                    log.info(LogFamily.SUCCESS, "★ collector host: {} can be read again", part.getKey());
                }
            } catch (Exception | LinkageError e) {
                error = leftOut(part.getKey(), e);
            }
        }
        if (broken.size() == parts.size()) {
            throw new IllegalStateException("nothing of this host can be read; " + error);
        }
        return found;
    }

    private String leftOut(String part, Throwable cause) {
        registry.counter("tocsin_collect_failures_total", "source", "host", "reason", part)
                .increment();
        String error = part + ": " + Text.clean(String.valueOf(cause));
        if (broken.add(part)) {
            log.warn(LogFamily.FAILURE, "❌ collector host leaves out {}; the other parts go on", error);
        }
        return error;
    }
}
