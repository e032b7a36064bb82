package io.tocsin.membership;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.spi.properties.ClusterProperty;
import java.util.List;

/** Hazelcast as Tocsin runs it: found by a list of addresses, bound to one interface, silent to the outside. */
final class HazelcastConfig {
    /** What members and applications that join must have: another minor version is refused by the cluster. */
    static final String VERSION = "5.7.0";

    private HazelcastConfig() {}

    /**
     * The configuration of a member.
     *
     * @param address the numeric address of {@code settings.host}
     * @param members whom to ask for admission
     */
    static Config of(HazelcastSettings settings, String address, List<String> members) {
        Config config = new Config().setClusterName(settings.clusterName());
        network(config, settings.port(), address);
        join(config.getNetworkConfig().getJoin(), settings, members);
        properties(config);
        serialization(config);
        structures(config);
        return config;
    }

    /**
     * One address is bound. Not by Hazelcast's list of interfaces: with one, names in the member list count only if they
     * stand for an address in it, so members on several hosts that are listed by name would never look for one another.
     */
    private static void network(Config config, int port, String address) {
        config.getNetworkConfig().setPort(port).setPortAutoIncrement(false).setReuseAddress(true);
        config.setProperty("hazelcast.local.localAddress", address);
    }

    private static void join(JoinConfig join, HazelcastSettings settings, List<String> members) {
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        if (settings.serviceDns() == null) {
            join.getTcpIpConfig()
                    .setEnabled(true)
                    .setConnectionTimeoutSeconds(2)
                    .setMembers(members);
        } else {
            join.getTcpIpConfig().setEnabled(false);
            join.getKubernetesConfig()
                    .setEnabled(true)
                    .setProperty("service-dns", settings.serviceDns())
                    .setProperty("service-port", Integer.toString(settings.port()));
        }
    }

    private static void properties(Config config) {
        config.setProperty(ClusterProperty.SOCKET_BIND_ANY.getName(), "false")
                .setProperty(ClusterProperty.PHONE_HOME_ENABLED.getName(), "false")
                .setProperty(ClusterProperty.SHUTDOWNHOOK_ENABLED.getName(), "false")
                .setProperty(ClusterProperty.LOGGING_TYPE.getName(), "slf4j")
                // a frozen member is dropped after this, so its clusters find another owner in seconds
                .setProperty(ClusterProperty.HEARTBEAT_INTERVAL_SECONDS.getName(), "1")
                .setProperty(ClusterProperty.MAX_NO_HEARTBEAT_SECONDS.getName(), "10")
                // the first member would otherwise keep every newcomer waiting for five seconds
                .setProperty(ClusterProperty.WAIT_SECONDS_BEFORE_JOIN.getName(), "0")
                .setProperty(ClusterProperty.SOCKET_CONNECT_TIMEOUT_SECONDS.getName(), "2")
                // two halves of a cluster look for each other this often, so a healed partition is one cluster in
                // seconds
                .setProperty(ClusterProperty.MERGE_FIRST_RUN_DELAY_SECONDS.getName(), "3")
                .setProperty(ClusterProperty.MERGE_NEXT_RUN_DELAY_SECONDS.getName(), "3")
                .setProperty(ClusterProperty.MAX_JOIN_SECONDS.getName(), "20")
                .setProperty(ClusterProperty.GRACEFUL_SHUTDOWN_MAX_WAIT.getName(), "3");
    }

    /** Whoever reaches the port may send any bytes: only what Hazelcast and Vert.x need is read from them. */
    private static void serialization(Config config) {
        JavaSerializationFilterConfig java = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
        java.getWhitelist()
                .addPrefixes("java.", "com.hazelcast.", "[")
                .addClasses("io.vertx.spi.cluster.hazelcast.impl.HazelcastCounter");
        config.getSerializationConfig().setJavaSerializationFilterConfig(java);
        JavaSerializationFilterConfig compact = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
        compact.getWhitelist().addPrefixes("io.tocsin.");
        config.getSerializationConfig().getCompactSerializationConfig().setZeroConfigFilter(compact);
    }

    /** What vertx-hazelcast keeps, the same in every application that joins with its default configuration; and our own. */
    private static void structures(Config config) {
        config.addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                .setBackupCount(1)
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
        config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1));
        config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
        Board.configure(config);
    }
}
