import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Stands in for Slack and PagerDuty where there is neither: prints what is posted to it, a line each, and answers as they do.
 * Listens on loopback only.
 */
public final class Echo {
    private static final int MOST = 1 << 20;

    private Echo() {}

    /** Takes the port. */
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", call -> answer(call, 404, "nobody here"));
        server.createContext("/slack", call -> answer(call, 200, "ok"));
        server.createContext(
                "/v2/enqueue", call -> answer(call, 202, "{\"status\":\"success\",\"message\":\"Event processed\"}"));
        server.start();
        System.out.println("echo listens at http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void answer(HttpExchange call, int status, String text) throws IOException {
        try (call;
                InputStream body = call.getRequestBody()) {
            String said = new String(body.readNBytes(MOST), StandardCharsets.UTF_8);
            System.out.println(call.getRequestURI().getPath() + " " + printable(said));
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(status, bytes.length);
            call.getResponseBody().write(bytes);
        }
    }

    /** A terminal obeys control characters, so none of them gets there. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
