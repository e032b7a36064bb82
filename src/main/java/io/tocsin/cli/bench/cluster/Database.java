package io.tocsin.cli.bench.cluster;

import io.tocsin.config.Settings;
import java.util.Map;

/** An empty database that members share; gone when it is closed. */
public interface Database extends AutoCloseable {
    /** Makes one on the server that the configuration names. */
    @FunctionalInterface
    interface Maker {
        /**
         * Makes one.
         *
         * @throws ClusterFault if that cannot be
         */
        Database make(Settings settings);
    }

    /** The variables by which a member finds it; one of them is a secret. */
    Map<String, String> environment();

    /** Of the server. */
    String version();

    @Override
    void close();
}
