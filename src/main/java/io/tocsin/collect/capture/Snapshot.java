package io.tocsin.collect.capture;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.model.Text;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oshi.SystemInfo;
import oshi.hardware.GlobalMemory;
import oshi.software.os.OperatingSystem;

/** How this process and its host are. Sizes in bytes. */
final class Snapshot {
    private static final int LARGEST = 5;
    private static final List<String> LANES = List.of("tocsin_series", "tocsin_clusters", "tocsin_alerts_open");
    private static final List<String> QUEUES =
            List.of("tocsin_store_queue", "tocsin_notification_backlog", "tocsin_recording_waiting");

    private Snapshot() {}

    /** Blocks for a moment. */
    static Map<String, Object> of(MeterRegistry registry) {
        Map<String, Object> state = host();
        state.put("jvm", jvm());
        state.put("lanes", gauges(registry, LANES));
        state.put("queues", gauges(registry, QUEUES));
        return state;
    }

    private static Map<String, Object> host() {
        SystemInfo system = new SystemInfo();
        GlobalMemory memory = system.getHardware().getMemory();
        OperatingSystem os = system.getOperatingSystem();
        Map<String, Object> host = new LinkedHashMap<>();
        host.put("total_memory", memory.getTotal());
        host.put("used_memory", memory.getTotal() - memory.getAvailable());
        host.put("load_average", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        host.put("processors", Runtime.getRuntime().availableProcessors());
        host.put("process_count", os.getProcessCount());
        List<Object> largest = new ArrayList<>();
        os.getProcesses(null, OperatingSystem.ProcessSorting.RSS_DESC, LARGEST)
                .forEach(process -> largest.add(Map.of(
                        "name",
                        Text.clean(Text.cut(process.getName(), 100)),
                        "pid",
                        process.getProcessID(),
                        "memory",
                        process.getResidentMemory())));
        host.put("largest_processes", largest);
        return host;
    }

    private static Map<String, Object> jvm() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Object> jvm = new LinkedHashMap<>();
        jvm.put("heap_used", memory.getHeapMemoryUsage().getUsed());
        jvm.put("heap_max", memory.getHeapMemoryUsage().getMax());
        jvm.put("other_memory_used", memory.getNonHeapMemoryUsage().getUsed());
        jvm.put("threads", threads.getThreadCount());
        jvm.put("threads_peak", threads.getPeakThreadCount());
        jvm.put("uptime_ms", ManagementFactory.getRuntimeMXBean().getUptime());
        Map<String, Object> collectors = new TreeMap<>();
        for (GarbageCollectorMXBean one : ManagementFactory.getGarbageCollectorMXBeans()) {
            collectors.put(
                    one.getName(), Map.of("collections", one.getCollectionCount(), "took_ms", one.getCollectionTime()));
        }
        jvm.put("garbage_collectors", collectors);
        return jvm;
    }

    /** {@code series{lane=0}: 12}, without the prefix that all have. */
    private static Map<String, Object> gauges(MeterRegistry registry, List<String> names) {
        Map<String, Object> values = new TreeMap<>();
        for (String name : names) {
            for (Gauge gauge : registry.find(name).gauges()) {
                StringBuilder label = new StringBuilder(name.substring("tocsin_".length()));
                gauge.getId()
                        .getTags()
                        .forEach(tag -> label.append(' ')
                                .append(tag.getKey())
                                .append('=')
                                .append(tag.getValue()));
                values.put(label.toString(), gauge.value());
            }
        }
        return values;
    }
}
