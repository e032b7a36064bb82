package io.tocsin.lane.record;

import java.nio.file.Path;

/**
 * The keys {@code telemetry.record…}.
 *
 * @param enabled whether what arrives is recorded for replay, default false
 * @param folder where the files go, default {@code recordings} in the data folder
 * @param fileMb when a file is as large, the next one begins, MiB, default 64
 * @param totalMb when all files together are larger, the oldest go, MiB, default 2048
 */
public record RecordingSettings(boolean enabled, Path folder, int fileMb, int totalMb) {
    /** Nothing is recorded. */
    public static final RecordingSettings OFF = new RecordingSettings(false, Path.of("recordings"), 64, 2048);
}
