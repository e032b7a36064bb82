package io.tocsin.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.spi.properties.ClusterProperty;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HazelcastStartTest {
    private static final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private final ExecutorService alone = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        alone.shutdownNow();
    }

    /** Its kernel takes connections; nobody reads them, as with a process that is frozen. */
    @Test
    void memberThatTakesConnectionsAndNeverAnswersCostsNoCore() throws Exception {
        try (ServerSocket frozen = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int port = frozen.getLocalPort();
            HazelcastSettings settings =
                    new HazelcastSettings(true, "frozen-" + port, "127.0.0.1", 0, List.of("127.0.0.1:" + port));
            Config config = HazelcastConfig.of(settings, "127.0.0.1", settings.members())
                    .setInstanceName(settings.clusterName())
                    .setProperty(ClusterProperty.MAX_JOIN_SECONDS.getName(), "4");
            // it waits for the answer as long as it may, then it gives up
            Future<HazelcastInstance> joining = alone.submit(() -> HazelcastStart.start(config));
            Duration spent = Duration.ZERO;
            while (!joining.isDone()) {
                Duration now = network(settings.clusterName());
                spent = now.compareTo(spent) > 0 ? now : spent;
                pause(joining);
            }
            assertThat(spent).isBetween(Duration.ofNanos(1), Duration.ofMillis(1500));
        }
    }

    private static void pause(Future<?> joining) throws InterruptedException {
        try {
            joining.get(100, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // asked again by the caller
        }
    }

    /** The processor time that an instance's network threads took. */
    private static Duration network(String name) {
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(one -> one != null && one.getThreadName().contains(name + ".IO.thread"))
                .map(one -> Duration.ofNanos(threads.getThreadCpuTime(one.getThreadId())))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
