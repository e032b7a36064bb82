package io.tocsin.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.util.stream.Collectors;

/**
 * What it was measured on; a figure without it says little.
 *
 * @param cores processors that the JVM sees
 * @param jvm name and version
 * @param heapMaxMb how far the heap may grow, MiB
 * @param gc the garbage collectors
 * @param os name, version and architecture
 */
record Machine(int cores, String jvm, long heapMaxMb, String gc, String os) {
    static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(MemoryManagerMXBean::getName)
                        .collect(Collectors.joining(", ")),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
    }

    /** One line for people. */
    String line() {
        return cores + " cores, " + jvm + ", heap up to " + heapMaxMb + " MiB (" + gc + "), " + os;
    }
}
