package io.tocsin.collect.host;

import io.tocsin.model.Head;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import java.time.Instant;
import java.util.Map;

/** Makes readings of this host. */
final class Usage {
    private final HostSettings settings;

    Usage(HostSettings settings) {
        this.settings = settings;
    }

    /** A share of something that is not counted in bytes. */
    ResourceUsage of(ResourceType type, Instant now, double percent) {
        return new ResourceUsage(head(now), type, rounded(percent), null, null);
    }

    /** So much of so many bytes. */
    ResourceUsage of(ResourceType type, Instant now, Map<String, String> labels, long used, long total) {
        double percent = Math.min(100, 100.0 * used / total);
        return new ResourceUsage(head(now).labelled(labels), type, rounded(percent), total, used);
    }

    private Head head(Instant now) {
        return Head.of(
                settings.cluster(), settings.node(), now, settings.every().multipliedBy(3));
    }

    private static double rounded(double percent) {
        return Math.rint(percent * 100) / 100;
    }
}
