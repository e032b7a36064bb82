package io.tocsin.cli.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The figures of the bench come from what arrives here, whatever the members believe. */
class PagerTest {
    private final Vertx vertx = Vertx.vertx();
    private final Pager pager = new Pager(vertx);
    private final Incidents incidents = pager.incidents();

    @AfterEach
    void stop() {
        pager.close();
        vertx.close().await();
    }

    @Test
    void nodeThatWasToldOfOnceIsFine() throws Exception {
        fallsIll("n1");
        trigger("k1", "n1");
        recovers("n1");
        resolve("k1");

        assertThat(incidents.over()).isTrue();
        assertThat(incidents.count()).isEqualTo(new Incidents.Count(1, 1, 0, 0, 0, 0));
        assertThat(incidents.count().good()).isTrue();
    }

    @Test
    void acceptedNodeThatNobodyIsToldOfIsLost() {
        fallsIll("n1");

        assertThat(incidents.over()).isFalse();
        assertThat(incidents.count()).isEqualTo(new Incidents.Count(1, 0, 1, 0, 0, 0));
        assertThat(incidents.count().good()).isFalse();
    }

    @Test
    void incidentThatIsNotClosedIsLost() throws Exception {
        fallsIll("n1");
        trigger("k1", "n1");
        recovers("n1");

        assertThat(incidents.count()).isEqualTo(new Incidents.Count(1, 1, 1, 0, 0, 0));
    }

    @Test
    void secondKeyOfANodeIsADoubledIncident() throws Exception {
        fallsIll("n1");
        trigger("k1", "n1");
        trigger("k2", "n1");

        assertThat(incidents.count()).isEqualTo(new Incidents.Count(1, 1, 0, 1, 0, 0));
    }

    @Test
    void incidentThatOpensAgainIsADoubledOne() throws Exception {
        fallsIll("n1");
        trigger("k1", "n1");
        recovers("n1");
        resolve("k1");
        trigger("k1", "n1");

        assertThat(incidents.count().doubled()).isOne();
    }

    @Test
    void sameSaidAgainIsRepeatedOnly() throws Exception {
        fallsIll("n1");
        trigger("k1", "n1");
        trigger("k1", "n1");
        recovers("n1");
        resolve("k1");
        resolve("k1");

        assertThat(incidents.count()).isEqualTo(new Incidents.Count(1, 1, 0, 0, 2, 0));
        assertThat(incidents.count().good()).isTrue();
    }

    @Test
    void endThatNobodyReportedIsEarly() throws Exception {
        fallsIll("n1");
        trigger("k1", "n1");
        resolve("k1");

        assertThat(incidents.count()).isEqualTo(new Incidents.Count(1, 1, 0, 0, 0, 1));
        assertThat(incidents.count().good()).isFalse();
    }

    @Test
    void whatIsNoEventIsRefused() throws Exception {
        assertThat(post("[]")).isEqualTo(400);
        assertThat(post("{}")).isEqualTo(400);
        assertThat(incidents.count()).isEqualTo(new Incidents.Count(0, 0, 0, 0, 0, 0));
    }

    private void fallsIll(String node) {
        incidents.ill(node);
    }

    private void recovers(String node) {
        incidents.sayingWell(node);
        incidents.well(node);
    }

    private void trigger(String key, String node) throws IOException, InterruptedException {
        assertThat(post(event("trigger", key)
                        .put("payload", new JsonObject().put("source", node))
                        .encode()))
                .isEqualTo(202);
    }

    private void resolve(String key) throws IOException, InterruptedException {
        assertThat(post(event("resolve", key).encode())).isEqualTo(202);
    }

    private static JsonObject event(String action, String key) {
        return new JsonObject().put("event_action", action).put("dedup_key", key);
    }

    private int post(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(pager.url()))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
