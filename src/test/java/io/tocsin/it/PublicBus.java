package io.tocsin.it;

import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * Gives the event bus of a process a port that is known, and another address of the same port under which the others look
 * for it, so that something can stand in between. It comes into the process beside the program, as a Java agent.
 */
public final class PublicBus implements VertxServiceProvider {
    private static final String ME = PublicBus.class.getName();
    private static volatile int port;

    /** Called by Java before the program starts. */
    public static void premain(String port) {
        PublicBus.port = Integer.parseInt(port);
    }

    @Override
    public void init(VertxBootstrap vertx) {
        vertx.options()
                .getEventBusOptions()
                .setPort(port)
                .setClusterPublicPort(port)
                .setClusterPublicHost("127.0.0.1");
    }

    /** Java's flag for a process whose bus has this port. */
    static String flag(Path folder, int port) {
        return "-javaagent:" + jar(folder.resolve("public-bus.jar")) + "=" + port;
    }

    private static Path jar(Path file) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), ME);
        String name = ME.replace('.', '/') + ".class";
        try (OutputStream to = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(to, manifest);
                InputStream code = PublicBus.class.getResourceAsStream("/" + name)) {
            Map<String, byte[]> entries = Map.of(
                    name,
                    code.readAllBytes(),
                    "META-INF/services/" + VertxServiceProvider.class.getName(),
                    ME.getBytes());
            for (Map.Entry<String, byte[]> one : entries.entrySet()) {
                jar.putNextEntry(new ZipEntry(one.getKey()));
                jar.write(one.getValue());
                jar.closeEntry();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
