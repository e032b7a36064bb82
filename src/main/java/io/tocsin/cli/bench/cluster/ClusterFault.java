package io.tocsin.cli.bench.cluster;

/** Why nothing can be measured, in words for whoever started it. */
public final class ClusterFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what was found and what to do. */
    public ClusterFault(String message) {
        super(message, null, false, false);
    }
}
