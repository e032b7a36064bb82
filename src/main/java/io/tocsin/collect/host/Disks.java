package io.tocsin.collect.host;

import io.tocsin.model.ResourceType;
import io.tocsin.model.Telemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import oshi.software.os.OSFileStore;

/**
 * Each local file system that can fill up, under the label {@code mount}. What there is = what is in use plus what an
 * ordinary user may still write (as {@code df} has it), so that reserved blocks do not hide a full disk.
 *
 * <p>Left out: file systems in memory and of the kernel, images that are read-only by nature, mounts of a single file
 * (as containers have them), sizes of 0, and a second mount of the same volume (the shortest path stays). An overlay
 * counts only as the root of a container: elsewhere it repeats the disk it lies on.
 */
final class Disks implements Sampler {
    private static final Set<String> NEVER_FILL = Set.of(
            "tmpfs",
            "ramfs",
            "devtmpfs",
            "devfs",
            "proc",
            "procfs",
            "sysfs",
            "squashfs",
            "iso9660",
            "udf",
            "cramfs",
            "erofs",
            "romfs",
            "autofs",
            "fuse.snapfuse",
            "fuse.lxcfs",
            "fuse.gvfsd-fuse",
            "fuse.portal",
            "nsfs");

    private final Usage usage;
    private final Supplier<List<OSFileStore>> stores;

    Disks(Usage usage, Supplier<List<OSFileStore>> stores) {
        this.usage = usage;
        this.stores = stores;
    }

    @Override
    public List<Telemetry> sample(Instant now) {
        List<OSFileStore> sorted = new ArrayList<>(stores.get());
        sorted.sort(
                Comparator.comparingInt((OSFileStore store) -> store.getMount().length())
                        .thenComparing(OSFileStore::getMount));
        Set<String> volumes = new HashSet<>();
        List<Telemetry> found = new ArrayList<>();
        for (OSFileStore store : sorted) {
            long used = store.getTotalSpace() - store.getFreeSpace();
            long total = used + store.getUsableSpace();
            if (total > 0 && used >= 0 && fills(store) && volumes.add(volume(store))) {
                found.add(usage.of(ResourceType.DISK, now, Map.of("mount", store.getMount()), used, total));
            }
        }
        return found;
    }

    private static boolean fills(OSFileStore store) {
        String type = store.getType().toLowerCase(Locale.ROOT);
        if (NEVER_FILL.contains(type)
                || (type.contains("overlay") && !store.getMount().equals("/"))) {
            return false;
        }
        boolean readOnly = List.of(store.getOptions().split(",")).contains("ro");
        return !(readOnly && store.getUsableSpace() == 0) && !Files.isRegularFile(Path.of(store.getMount()));
    }

    /** What tells volumes apart: the device; a volume without one, such as a pool's, by its name and size. */
    private static String volume(OSFileStore store) {
        String volume = store.getVolume();
        return volume.startsWith("/dev/")
                ? volume
                : volume + "|" + store.getType() + "|" + store.getTotalSpace() + "|" + store.getFreeSpace();
    }
}
