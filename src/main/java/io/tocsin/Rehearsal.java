package io.tocsin;

import io.tocsin.config.Settings;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Secret;
import io.tocsin.notify.log.LogOutput;
import io.tocsin.notify.pagerduty.PagerDutySettings;
import io.tocsin.notify.slack.SlackSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays alerts through a second appliance of this process that nobody hears of, from the post to a receiver's answer, so
 * that the code on that way is compiled before the first real alert takes it: an alert that finds it interpreted is told
 * three times as late. All is on loopback and in a folder that goes afterwards; a rehearsal that fails changes nothing.
 */
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final String FOLDER = "rehearsal-";
    private static final int ALERTS = 1500;
    private static final int READINGS = 20;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final ThreadGroup actors = new ThreadGroup("tocsin-rehearsal");
    private final Thread thread;
    private volatile int played;
    private volatile boolean over;

    private Rehearsal(Settings settings, RuleBook book, Clock clock) {
        LogOutput.mute(actors);
        thread = new Thread(actors, () -> play(settings, book, clock), "tocsin-rehearsal");
        thread.setDaemon(true);
    }

    /** Begins; does not wait for the end. */
    static Rehearsal begin(Settings settings, RuleBook book, Clock clock) {
        Rehearsal rehearsal = new Rehearsal(settings, book, clock);
        rehearsal.thread.start();
        return rehearsal;
    }

    private void play(Settings settings, RuleBook book, Clock clock) {
        Path folder = null;
        Vertx stage = null;
        try {
            leftovers(settings.store().data());
            folder = Files.createTempDirectory(settings.store().data(), FOLDER);
            stage = Vertx.vertx();
            int audience = audience(stage);
            try (Appliance appliance = Appliance.start(inside(settings, folder, audience), clock, book)) {
                play(appliance.address(), stage.createHttpClient(), clock);
            }
        } catch (IOException | StartException | RuntimeException fault) {
            LOG.debug("the rehearsal ended early: {}", Deployments.reason(fault));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            if (stage != null) {
                stage.close();
            }
            delete(folder);
        }
    }

    /** Stands in for PagerDuty and Slack. */
    private static int audience(Vertx stage) throws StartException {
        HttpServer server = Deployments.await(stage.createHttpServer()
                .requestHandler(request -> request.body()
                        .onSuccess(body -> request.response()
                                .setStatusCode(request.path().equals("/slack") ? 200 : 202)
                                .end(request.path().equals("/slack") ? "ok" : "{\"status\":\"success\"}")))
                .listen(0, "127.0.0.1"));
        return server.actualPort();
    }

    private static Settings inside(Settings settings, Path folder, int audience) {
        String url = "http://127.0.0.1:" + audience;
        return settings.inside(
                folder,
                List.of(
                        new SlackSettings("slack", Secret.of(url + "/slack"), null),
                        new PagerDutySettings("pagerduty", Secret.of("r".repeat(32)), url + "/enqueue", null)));
    }

    private void play(String address, HttpClient client, Clock clock) throws InterruptedException, StartException {
        URI uri = URI.create(address);
        long end = System.nanoTime() + LONGEST.toNanos();
        for (int i = 0; i < ALERTS && !over && System.nanoTime() - end < 0; i++) {
            post(client, uri, alert(i, clock));
            post(client, uri, readings(i, clock));
            played = i + 1;
        }
    }

    private static void post(HttpClient client, URI uri, String body) throws StartException {
        Future<Integer> answer = client.request(HttpMethod.POST, uri.getPort(), uri.getHost(), "/api/v1/telemetry")
                .compose(request -> request.send(body))
                .compose(response -> response.body().map(any -> response.statusCode()));
        Deployments.await(answer);
    }

    /** Every other one is the end of the one before. */
    private static String alert(int i, Clock clock) {
        return new JsonObject()
                .put("type", "component_health")
                .put("node", "rehearsal-" + i / 2)
                .put("component", "store")
                .put("status", i % 4 == 3 ? "healthy" : "unhealthy")
                .put("timestamp", clock.instant().toString())
                .encode();
    }

    private static String readings(int i, Clock clock) {
        JsonArray batch = new JsonArray();
        for (int n = 0; n < READINGS; n++) {
            batch.add(new JsonObject()
                    .put("type", "resource_usage")
                    .put("node", "rehearsal-" + (i * READINGS + n) % 1000)
                    .put("resource_type", "memory")
                    .put("usage_percent", 20 + n)
                    .put("timestamp", clock.instant().toString()));
        }
        return batch.encode();
    }

    /** What a process left that was killed meanwhile. */
    private static void leftovers(Path data) throws IOException {
        try (Stream<Path> all = Files.list(data)) {
            all.filter(path -> path.getFileName().toString().startsWith(FOLDER)).forEach(Rehearsal::delete);
        }
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException fault) {
            LOG.debug("{} stays: {}", folder, fault.toString());
        }
    }

    /** How many posts of an alert were answered. */
    int played() {
        return played;
    }

    /** Whether it is over and has left nothing behind. */
    boolean ended() {
        return !thread.isAlive();
    }

    /** Ends it; waits a moment for that. */
    void end() {
        over = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
