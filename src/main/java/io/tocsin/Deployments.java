package io.tocsin;

import io.tocsin.bus.LogFamily;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The verticles of an appliance in the order of their start; they end in the reverse order. */
final class Deployments implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);
    private static final long START_SECONDS = 60;
    private static final long END_SECONDS = 3;

    private final Deque<List<String>> deployed = new ArrayDeque<>();
    private Vertx vertx;

    void on(Vertx vertx) {
        this.vertx = vertx;
    }

    void deploy(Deployable verticle, DeploymentOptions options) throws StartException {
        deployed.push(List.of(await(vertx.deployVerticle(verticle, options))));
    }

    /** Those that depend on nothing of one another, so that they end at the same time. */
    void deployTogether(List<Deployable> verticles) throws StartException {
        List<String> ids = new ArrayList<>();
        deployed.push(ids);
        for (Deployable verticle : verticles) {
            ids.add(await(vertx.deployVerticle(verticle)));
        }
    }

    static <T> T await(Future<T> future) throws StartException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException fault) {
            throw new StartException(List.of(reason(fault.getCause())), fault.getCause());
        } catch (TimeoutException fault) {
            throw new StartException(List.of("not started within " + START_SECONDS + " s"), fault);
        } catch (InterruptedException fault) {
            Thread.currentThread().interrupt();
            throw new StartException(List.of("interrupted"), fault);
        }
    }

    static String reason(Throwable fault) {
        return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    }

    @Override
    public void close() {
        while (!deployed.isEmpty()) {
            Future<?> gone =
                    Future.join(deployed.pop().stream().map(vertx::undeploy).toList());
            try {
                gone.toCompletionStage().toCompletableFuture().get(END_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException fault) {
                LOG.warn(LogFamily.FAILURE, "💀 a part did not end in time: {}", reason(fault));
            } catch (InterruptedException fault) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
