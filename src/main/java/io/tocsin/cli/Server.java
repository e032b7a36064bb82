package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.model.Secret;
import io.tocsin.model.Text;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that says which member is asked, and questions that several commands ask. */
final class Server {
    static final String DEFAULT = "http://127.0.0.1:8626";
    private static final String HERE = "localhost|127\\.[0-9.]+|\\[::1]";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of the member to ask. Default: the variable TOCSIN_URL, else " + DEFAULT + ".")
    private String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token to ask with. Default: the variable TOCSIN_TOKEN, else"
                    + " ~/.config/tocsin/token, else none.")
    private Path tokenFile;

    @Option(
            names = "--ca-cert",
            paramLabel = "FILE",
            description = "Certificates to believe, PEM, for https. Default: the variable TOCSIN_CA_CERT, else those"
                    + " that Java believes.")
    private Path caCert;

    ApiClient connect(Terminal terminal) {
        String address = url == null ? terminal.env("TOCSIN_URL", DEFAULT) : url;
        try {
            URI uri = URI.create(address);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null) {
                return client(terminal, address, uri);
            }
        } catch (IllegalArgumentException e) {
            // told below together with what else is no address
        }
        throw Exit.cannot("--url " + Text.clean(address) + ": is no address; write http://host:port");
    }

    private ApiClient client(Terminal terminal, String address, URI uri) {
        Secret token = TokenSource.find(terminal, tokenFile);
        if (token != null && "http".equals(uri.getScheme()) && !uri.getHost().matches(HERE)) {
            terminal.err()
                    .println("tocsin: the token goes to " + Text.clean(uri.getHost())
                            + " without encryption, so others can read it on the way; use https");
        }
        String trusted = terminal.env("TOCSIN_CA_CERT", "");
        Path ca = caCert != null ? caCert : trusted.isEmpty() ? null : Path.of(trusted);
        return new ApiClient(address, token, ca == null ? null : Trust.in(ca));
    }

    /** Alerts that a query finds, page by page, up to a number. */
    static List<JsonNode> alerts(ApiClient api, String query, int limit) {
        List<JsonNode> found = new ArrayList<>();
        String cursor = "";
        do {
            int page = Math.min(1000, limit - found.size());
            String next = cursor.isEmpty() ? "" : "&cursor=" + ApiClient.encode(cursor);
            JsonNode answer = api.get("/api/v1/alerts?limit=" + page + query + next);
            answer.path("alerts").forEach(found::add);
            cursor = Json.text(answer, "next_cursor");
        } while (!cursor.isEmpty() && found.size() < limit);
        return found;
    }

    /** The full id that a person meant with the beginning of one; exits if it is none's or several's. */
    static String id(ApiClient api, String beginning) {
        ApiClient.Answer exact = api.ask("/api/v1/alerts/" + ApiClient.encode(beginning));
        if (exact.status() == 200) {
            return beginning;
        }
        List<String> ids = new ArrayList<>();
        for (JsonNode alert : alerts(api, "", 5000)) {
            String id = alert.path("id").asText();
            if (id.startsWith(beginning)) {
                ids.add(id);
            }
        }
        if (ids.size() > 1) {
            throw Exit.no(Text.clean(beginning) + " is the beginning of " + ids.size() + " ids: "
                    + String.join(", ", ids.subList(0, Math.min(5, ids.size()))) + "; write more of it");
        }
        if (ids.isEmpty()) {
            throw Exit.no("there is no alert " + Text.clean(beginning) + "; see ./tocsin alerts");
        }
        return ids.get(0);
    }
}
