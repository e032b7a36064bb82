package io.tocsin.collect.host;

import io.tocsin.model.ResourceType;
import io.tocsin.model.Telemetry;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import oshi.hardware.CentralProcessor;

/** The share of all processors' time that was used since the last round; nothing in the first round. */
final class Cpu implements Sampler {
    private final Usage usage;
    private final Supplier<CentralProcessor> processor;
    private long[] before;

    Cpu(Usage usage, Supplier<CentralProcessor> processor) {
        this.usage = usage;
        this.processor = processor;
    }

    @Override
    public List<Telemetry> sample(Instant now) {
        CentralProcessor cpu = processor.get();
        long[] ticks = cpu.getSystemCpuLoadTicks();
        long[] last = before;
        before = ticks;
        if (last == null) {
            return List.of();
        }
        double load = cpu.getSystemCpuLoadBetweenTicks(last, ticks);
        return load >= 0 && load <= 1 ? List.of(usage.of(ResourceType.CPU, now, load * 100)) : List.of();
    }
}
