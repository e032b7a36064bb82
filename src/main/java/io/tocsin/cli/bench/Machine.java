package io.tocsin.cli.bench;

import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What it was measured on; a figure without it says little.
 *
 * @param cores processors that the JVM sees
 * @param jvm name and version
 * @param heapMaxMb how far the heap may grow, MiB
 * @param gc the garbage collectors
 * @param os name, version and architecture
 * @param load processes that ran or waited for a processor in the last minute; negative if that is not known
 */
public record Machine(int cores, String jvm, long heapMaxMb, String gc, String os, double load) {
    /** The one that this runs on. */
    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(MemoryManagerMXBean::getName)
                        .collect(Collectors.joining(", ")),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** One line for people. */
    public String line() {
        String busy = load < 0 ? "" : String.format(Locale.ROOT, ", load %.1f", load);
        return cores + " cores, " + jvm + ", heap up to " + heapMaxMb + " MiB (" + gc + "), " + os + busy;
    }

    /** The form for programs. */
    public JsonObject json() {
        JsonObject machine = new JsonObject()
                .put("cores", cores)
                .put("jvm", jvm)
                .put("heap_max_mb", heapMaxMb)
                .put("gc", gc)
                .put("os", os);
        return load < 0 ? machine : machine.put("load", Result.rounded(load));
    }
}
