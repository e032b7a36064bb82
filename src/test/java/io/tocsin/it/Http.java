package io.tocsin.it;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** What a user's HTTP client does against one address. */
final class Http {
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String address;

    Http(String address) {
        this.address = address;
    }

    /** An answer. */
    record Answer(int status, String body, HttpResponse<String> whole) {
        JsonObject json() {
            return new JsonObject(body);
        }

        JsonArray array() {
            return new JsonArray(body);
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, JsonObject body) {
        return post(path, "application/json", body.encode());
    }

    Answer post(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends telemetry that has to be taken. */
    void telemetry(JsonObject message) {
        Answer answer = post("/api/v1/telemetry", message);
        if (answer.status() != 202) {
            throw new AssertionError("not taken: " + answer);
        }
    }

    /** Alerts that a query finds. */
    List<JsonObject> alerts(String query) {
        Answer answer = get("/api/v1/alerts?limit=1000" + query);
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        return answer.json().getJsonArray("alerts").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    JsonObject alert(String id) {
        return get("/api/v1/alerts/" + id).json();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(20));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
