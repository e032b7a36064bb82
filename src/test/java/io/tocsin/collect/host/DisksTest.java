package io.tocsin.collect.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collect.Switchboard;
import io.tocsin.model.ResourceUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oshi.software.os.OSFileStore;

class DisksTest {
    private static final Usage USAGE = new Usage(new HostSettings(true, Duration.ofSeconds(5), "main", "here"));

    @Test
    void reservedBlocksDoNotHideAFullDisk() {
        ResourceUsage disk =
                sample(store("/dev/a", "/", "ext4", "rw", 1000, 100, 50)).get(0);

        assertThat(disk.currentUsed()).isEqualTo(900);
        assertThat(disk.totalAvailable()).isEqualTo(950);
        assertThat(disk.usagePercent()).isEqualTo(94.74);
        assertThat(disk.labels()).isEqualTo(Map.of("mount", "/"));
        assertThat(disk.head().ttl()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void onlyFileSystemsThatCanFillUpCount() {
        assertThat(sample(
                        store("tmpfs", "/run", "tmpfs", "rw", 1000, 100, 100),
                        store("/dev/loop0", "/snap/x", "squashfs", "ro", 1000, 0, 0),
                        store("/dev/b", "/image", "ext4", "ro,relatime", 1000, 0, 0),
                        store("/dev/c", "/nothing", "ext4", "rw", 0, 0, 0),
                        store("overlay", "/var/lib/docker/overlay2/1/merged", "overlay", "rw", 1000, 5, 5)))
                .isEmpty();
        assertThat(sample(store("overlay", "/", "overlay", "rw", 1000, 5, 5))).hasSize(1);
    }

    @Test
    void secondMountOfAVolumeIsLeftOut() {
        assertThat(sample(
                        store("/dev/a", "/var/lib/data", "ext4", "rw", 1000, 500, 500),
                        store("/dev/a", "/data", "ext4", "rw", 1000, 500, 500),
                        store("/dev/b", "/logs", "ext4", "rw", 1000, 500, 500)))
                .extracting(disk -> disk.labels().get("mount"))
                .containsExactly("/data", "/logs");
    }

    @Test
    void mountOfASingleFileIsLeftOut(@TempDir Path dir) throws Exception {
        Path file = Files.createFile(dir.resolve("hosts"));

        assertThat(sample(store("/dev/a", file.toString(), "ext4", "rw", 1000, 500, 500)))
                .isEmpty();
    }

    private static List<ResourceUsage> sample(OSFileStore... stores) {
        return new Disks(USAGE, () -> List.of(stores))
                .sample(Switchboard.NOW).stream().map(ResourceUsage.class::cast).toList();
    }

    private static OSFileStore store(
            String volume, String mount, String type, String options, long total, long free, long usable) {
        return Fake.of(
                OSFileStore.class,
                Map.of(
                        "getVolume",
                        volume,
                        "getMount",
                        mount,
                        "getType",
                        type,
                        "getOptions",
                        options,
                        "getTotalSpace",
                        total,
                        "getFreeSpace",
                        free,
                        "getUsableSpace",
                        usable));
    }
}
