package io.tocsin;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.tocsin.notify.log.LogOutput;

/** What is shown of the process that the appliance runs in. */
final class ProcessMeters {
    private ProcessMeters() {}

    static void bind(MeterRegistry registry) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        String version = ProcessMeters.class.getPackage().getImplementationVersion();
        Gauge.builder("tocsin_build_info", () -> 1)
                .description("Always 1; the label says which version runs")
                .tag("version", version == null ? "development" : version)
                .register(registry);
        FunctionCounter.builder("tocsin_log_lines_dropped_total", registry, any -> LogOutput.dropped())
                .description("Lines of the log that nobody read in time")
                .register(registry);
    }
}
