package io.tocsin.cli.replay;

import java.nio.file.Path;
import java.time.Duration;

/** Makes a synthetic recording to measure with: {@code FOLDER CLUSTERS NODES MINUTES}. */
final class MakeRecording {
    private MakeRecording() {}

    public static void main(String[] args) throws Exception {
        long readings = new Synthetic(Integer.parseInt(args[1]), Integer.parseInt(args[2]))
                .record(Path.of(args[0]), Duration.ofMinutes(Integer.parseInt(args[3])));
        System.out.println(readings + " readings");
    }
}
