package io.tocsin.api;

import io.tocsin.model.Text;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/** A certificate and its key in two files, checked before anything uses them. Blocks. */
final class TlsFiles {
    private static final String NO_PAIR =
            "is not the key of the certificate in http.tls.cert; both must be of one pair";
    private static final List<String> KEY_TYPES = List.of("EC", "RSA", "EdDSA");

    private final Vertx vertx;
    private final TlsSettings settings;
    private volatile List<FileTime> seen = List.of();

    TlsFiles(Vertx vertx, TlsSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    /**
     * What the files hold.
     *
     * @param until when the server's certificate ends
     */
    record Pair(Buffer cert, Buffer key, Instant until) {
        boolean same(Pair other) {
            return cert.equals(other.cert) && key.equals(other.key);
        }

        /** Nothing of the key. */
        @Override
        public String toString() {
            return "certificate until " + until;
        }
    }

    boolean changed() {
        return !times().equals(seen);
    }

    /**
     * Both files.
     *
     * @throws IllegalStateException saying which is wrong, what was found and what is allowed
     */
    Pair read() {
        seen = times();
        Buffer cert = contents("http.tls.cert", settings.cert());
        Buffer key = contents("http.tls.key", settings.key());
        X509Certificate server = certificate(cert);
        if (!fits(privateKey(cert, key), server)) {
            throw wrong("http.tls.key", settings.key(), NO_PAIR);
        }
        return new Pair(cert, key, server.getNotAfter().toInstant());
    }

    private List<FileTime> times() {
        return List.of(time(settings.cert()), time(settings.key()));
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException none) {
            return FileTime.fromMillis(0);
        }
    }

    private static Buffer contents(String key, Path file) {
        try {
            return Buffer.buffer(Files.readAllBytes(file));
        } catch (IOException fault) {
            throw wrong(key, file, "is not there or cannot be read; it must hold PEM");
        }
    }

    private X509Certificate certificate(Buffer pem) {
        try {
            Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes()));
            if (!all.isEmpty() && all.iterator().next() instanceof X509Certificate first) {
                return first;
            }
        } catch (GeneralSecurityException none) {
            // told below: what Java says of it helps nobody
        }
        throw wrong(
                "http.tls.cert",
                settings.cert(),
                "holds no certificate; it must begin with -----BEGIN CERTIFICATE-----");
    }

    private PrivateKey privateKey(Buffer cert, Buffer key) {
        try {
            PemKeyCertOptions pem = new PemKeyCertOptions().setCertValue(cert).setKeyValue(key);
            for (KeyManager manager : pem.getKeyManagerFactory(vertx).getKeyManagers()) {
                PrivateKey found = manager instanceof X509KeyManager keys ? first(keys) : null;
                if (found != null) {
                    return found;
                }
            }
        } catch (Exception none) {
            // told below, without anything of the key
        }
        String text = key.toString();
        throw wrong(
                "http.tls.key",
                settings.key(),
                text.contains("PRIVATE KEY-----") && !text.contains("ENCRYPTED")
                        ? NO_PAIR
                        : "holds no private key without a password; it must begin with -----BEGIN PRIVATE KEY-----");
    }

    private static PrivateKey first(X509KeyManager keys) {
        for (String type : KEY_TYPES) {
            String[] aliases = keys.getServerAliases(type, null);
            if (aliases != null && aliases.length > 0) {
                return keys.getPrivateKey(aliases[0]);
            }
        }
        return null;
    }

    private static boolean fits(PrivateKey key, X509Certificate server) {
        String algorithm = key.getAlgorithm();
        try {
            byte[] text = {1, 2, 3};
            Signature signature = Signature.getInstance(
                    algorithm.equals("EC") ? "SHA256withECDSA" : algorithm.equals("RSA") ? "SHA256withRSA" : algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(server.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static IllegalStateException wrong(String key, Path file, String what) {
        return new IllegalStateException(key + ": " + Text.clean(file.toString()) + " " + what);
    }
}
