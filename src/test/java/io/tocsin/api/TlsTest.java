package io.tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.bus.Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over TLS: which certificate, which versions, and how a new one comes in. */
class TlsTest {
    @TempDir
    Path folder;

    private final ApiFixture api = new ApiFixture();

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    private void start(Path cert, Path key) throws Exception {
        api.start(new HttpSettings(
                "127.0.0.1", 0, false, 0, new TlsSettings(cert, key), new SomeAccounts(folder).settings()));
    }

    /** What a client sees that trusts everybody and speaks only these versions. */
    private Handshake shake(String... versions) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Gullible()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", api.port)) {
            socket.setSoTimeout(10_000);
            if (versions.length > 0) {
                socket.setEnabledProtocols(versions);
            }
            socket.startHandshake();
            return new Handshake(
                    socket.getSession().getPeerCertificates()[0],
                    socket.getSession().getProtocol(),
                    read(socket));
        }
    }

    private static String read(SSLSocket socket) throws Exception {
        String login = "{\"user\": \"viewer\", \"password\": \"" + SomeAccounts.PASSWORD + "\"}";
        socket.getOutputStream()
                .write(("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                                + login.length() + "\r\n\r\n" + login)
                        .getBytes());
        return new String(socket.getInputStream().readAllBytes());
    }

    private record Handshake(Certificate certificate, String version, String answer) {}

    @Test
    void cookiesStayWithinTls() throws Exception {
        PemPair pair = PemPair.make(folder, "one");
        start(pair.cert(), pair.key());

        Handshake handshake = shake();
        assertThat(handshake.certificate()).isEqualTo(pair.certificate());
        assertThat(handshake.answer())
                .contains("HTTP/1.1 200")
                .containsIgnoringCase("set-cookie: __Host-tocsin_session=")
                .contains("; Secure;");
    }

    @Test
    void onlyVersionsThatAreSafeAreSpoken() throws Exception {
        PemPair pair = PemPair.make(folder, "one", "-keyalg", "RSA", "-keysize", "2048");
        start(pair.cert(), pair.key());

        assertThat(shake("TLSv1.2").version()).isEqualTo("TLSv1.2");
        assertThat(shake("TLSv1.3").version()).isEqualTo("TLSv1.3");
        assertThat(Tls.PROTOCOLS).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
    }

    @Test
    void aNewCertificateIsTakenUpWhileItRuns() throws Exception {
        PemPair first = PemPair.make(folder, "first");
        PemPair second = PemPair.make(folder, "second");
        start(first.cert(), first.key());
        Files.copy(second.cert(), first.cert(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(second.key(), first.key(), StandardCopyOption.REPLACE_EXISTING);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(shake().certificate()).isEqualTo(second.certificate()));
        assertThat(api.metrics.get("tocsin_tls_expires_seconds").gauge().value())
                .isPositive();
    }

    @Test
    void halfANewPairChangesNothingUntilTheOtherHalfIsThere() throws Exception {
        PemPair first = PemPair.make(folder, "first");
        PemPair second = PemPair.make(folder, "second");
        start(first.cert(), first.key());
        Files.copy(second.cert(), first.cert(), StandardCopyOption.REPLACE_EXISTING);
        api.vertx.eventBus().publish(Address.RELOAD_ACCESS, "");

        await().until(() -> api.metrics.counter("tocsin_tls_refused_total").count() > 0);
        assertThat(shake().certificate()).isEqualTo(first.certificate());
        Files.copy(second.key(), first.key(), StandardCopyOption.REPLACE_EXISTING);
        api.vertx.eventBus().publish(Address.RELOAD_ACCESS, "");
        await().untilAsserted(() -> assertThat(shake().certificate()).isEqualTo(second.certificate()));
    }

    @Test
    void filesThatAreNoPairFailTheStart() throws Exception {
        PemPair first = PemPair.make(folder, "first");
        PemPair second = PemPair.make(folder, "second");
        PemPair rsa = PemPair.make(folder, "rsa", "-keyalg", "RSA", "-keysize", "2048");

        for (Path key : new Path[] {second.key(), rsa.key()}) {
            assertThatThrownBy(() -> start(first.cert(), key))
                    .hasMessageContaining("http.tls.key: " + key + " is not the key of the certificate");
        }
        assertThatThrownBy(() -> start(first.key(), first.key()))
                .hasMessageContaining("http.tls.cert: " + first.key() + " holds no certificate");
        assertThatThrownBy(() -> start(first.cert(), first.cert()))
                .hasMessageContaining("http.tls.key: " + first.cert() + " holds no private key");
        assertThatThrownBy(() -> start(folder.resolve("none"), first.key()))
                .hasMessageContaining("is not there or cannot be read");
    }

    @Test
    void plainHttpIsNotAnswered() throws Exception {
        PemPair pair = PemPair.make(folder, "one");
        start(pair.cert(), pair.key());

        assertThatThrownBy(() -> api.get("/-/healthy")).isNotNull();
        assertThat(shake().answer()).contains("HTTP/1.1 200");
    }

    private static final class Gullible implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
