package example;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.LogManager;

/** Joins the appliance's cluster and runs a verticle there: {@code [MEMBER [PORT [lite|data]]]}. */
public final class Main {
    private Main() {}

    /** Takes where a member of the appliance is, the port to listen on, and which kind of member to be. */
    public static void main(String[] args) throws IOException {
        String member = args.length > 0 ? args[0] : "127.0.0.1:5701";
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 5710;
        boolean lite = args.length < 3 || !args[2].equals("data");
        // Hazelcast tells its whole life otherwise
        LogManager.getLogManager().readConfiguration(Main.class.getResourceAsStream("/logging.properties"));

        HazelcastClusterManager manager = new HazelcastClusterManager(config(member, port, lite));
        Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1")))
                .withClusterManager(manager)
                .buildClustered()
                .compose(vertx -> {
                    manager.getHazelcastInstance().getCluster().addMembershipListener(new LastOneOut());
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(vertx)));
                    return vertx.deployVerticle(new Shop("shop-" + port));
                })
                .onSuccess(id -> System.out.println("joined by way of " + member + (lite ? " as a lite member" : "")))
                .onFailure(fault -> {
                    System.err.println("cannot join by way of " + member + ": " + fault.getMessage());
                    System.exit(1);
                });
    }

    static Config config(String member, int port, boolean lite) {
        Config config = new Config().setClusterName("tocsin").setLiteMember(lite);
        var network = config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getTcpIpConfig().setEnabled(true).addMember(member);
        return config.setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.heartbeat.interval.seconds", "1")
                .setProperty("hazelcast.max.no.heartbeat.seconds", "10")
                .setProperty("hazelcast.phone.home.enabled", "false");
    }

    /** What this application had registered lay in members that keep data; without any it is lost, so it starts again. */
    private static final class LastOneOut extends MembershipAdapter {
        @Override
        public void memberRemoved(MembershipEvent event) {
            if (event.getMembers().stream().allMatch(Member::isLiteMember)) {
                System.err.println("the last member that keeps data is gone");
                Runtime.getRuntime().halt(1);
            }
        }
    }

    /** vertx-hazelcast turns Hazelcast's own shutdown hook off: without this an orderly end looks like a crash. */
    private static void leave(Vertx vertx) {
        try {
            vertx.close().await(5, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            System.err.println("left without a word: " + late.getMessage());
        }
    }
}
