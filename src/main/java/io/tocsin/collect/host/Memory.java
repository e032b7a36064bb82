package io.tocsin.collect.host;

import io.tocsin.model.ResourceType;
import io.tocsin.model.Telemetry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import oshi.hardware.GlobalMemory;

/** Main memory: in use is what a new program could not have, so caches that give way do not count. */
final class Memory implements Sampler {
    private final Usage usage;
    private final Supplier<GlobalMemory> memory;

    Memory(Usage usage, Supplier<GlobalMemory> memory) {
        this.usage = usage;
        this.memory = memory;
    }

    @Override
    public List<Telemetry> sample(Instant now) {
        GlobalMemory found = memory.get();
        long total = found.getTotal();
        if (total <= 0) {
            throw new IllegalStateException("the system tells no size of its memory");
        }
        long used = Math.max(0, total - found.getAvailable());
        return List.of(usage.of(ResourceType.MEMORY, now, Map.of(), used, total));
    }
}
