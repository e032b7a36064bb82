package io.tocsin.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate of its own making for 127.0.0.1 and its key, in two PEM files. */
record PemPair(Path cert, Path key, Certificate certificate) {
    /** Makes one in a folder, by what Java brings. */
    static PemPair make(Path folder, String name, String... more) throws Exception {
        Path store = folder.resolve(name + ".p12");
        List<String> words = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "password"));
        words.addAll(more.length > 0 ? List.of(more) : List.of("-keyalg", "EC", "-validity", "90"));
        Process keytool = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException(said);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "password".toCharArray());
        }
        Path cert = folder.resolve(name + ".crt");
        Path key = folder.resolve(name + ".key");
        pem(cert, "CERTIFICATE", keys.getCertificate("a").getEncoded());
        pem(key, "PRIVATE KEY", keys.getKey("a", "password".toCharArray()).getEncoded());
        return new PemPair(cert, key, keys.getCertificate("a"));
    }

    private static void pem(Path file, String what, byte[] bytes) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what
                        + "-----\n");
    }
}
