package io.tocsin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.model.Secret;
import io.tocsin.model.Text;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Asks a running member. Whatever is not the answer hoped for becomes an {@link Exit}. */
final class ApiClient {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final String url;
    private final Secret token;
    private final HttpClient http;

    /**
     * For one member.
     *
     * @param token to ask with; null for none
     * @param trust whose certificates to believe; null for those that Java believes
     */
    ApiClient(String url, Secret token, SSLContext trust) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.token = token;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1);
        this.http = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    /** The address that is asked, without a slash at its end. */
    String url() {
        return url;
    }

    /** An answer of any status. */
    record Answer(int status, String body) {}

    /** The document at a path; exits if there is none. */
    JsonNode get(String path) {
        return document(path, send(request(path).GET()));
    }

    /** The document that a command answers; exits with the reason if it is refused. */
    JsonNode post(String path, JsonNode body) {
        return document(
                path,
                send(request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))));
    }

    /** Whatever is answered at a path. */
    Answer ask(String path) {
        return send(request(path).GET());
    }

    /** A word as part of a path or query. */
    static String encode(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(ANSWER)
                    .header("Accept", "application/json, text/plain");
            return token == null ? request : request.header("Authorization", "Bearer " + token.reveal());
        } catch (IllegalArgumentException e) {
            throw Exit.cannot("--url " + Text.clean(url) + ": is no address; write http://host:port");
        }
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw Exit.cannot("cannot reach " + Text.clean(url) + ": " + why(e)
                    + "; is it running? start it with ./tocsin run, or name another address with --url");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Exit.cannot("interrupted");
        }
    }

    private JsonNode document(String path, Answer answer) {
        JsonNode document = null;
        try {
            document = Json.parse(answer.body());
        } catch (JsonProcessingException e) {
            if (answer.status() < 400) {
                throw Exit.cannot(Text.clean(url + path) + " answers, but not with JSON; is that Tocsin?");
            }
        }
        if (answer.status() < 400) {
            return document;
        }
        String error = document == null ? "" : Json.text(document, "error");
        String reason = error.isEmpty() ? Text.clean(url + path) + " answers " + answer.status() : error;
        if (answer.status() == 401) {
            throw Exit.cannot(
                    token == null
                            ? "there are accounts, and no token was given; name one with --token-file, TOCSIN_TOKEN or"
                                    + " ~/.config/tocsin/token"
                            : reason);
        }
        boolean no = answer.status() == 404 || answer.status() == 409;
        throw no ? Exit.no(reason) : Exit.cannot(reason);
    }

    private static String why(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.nio.channels.UnresolvedAddressException) {
                return "the host is not known";
            }
        }
        if (e instanceof java.net.http.HttpConnectTimeoutException) {
            return "no connection within " + Text.duration(CONNECT);
        }
        if (e instanceof java.net.http.HttpTimeoutException) {
            return "no answer within " + Text.duration(ANSWER);
        }
        if (e instanceof javax.net.ssl.SSLException) {
            return "no TLS (" + Text.clean(e.getMessage()) + "); --ca-cert names whose certificates to believe";
        }
        if (e instanceof java.net.ConnectException) {
            return "nothing listens there";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : Text.clean(e.getMessage());
    }
}
