package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar for applications that want the nouns and their JSON, and nothing else of ours. */
class ClientJarIT {
    private static final Path CLIENT = Jar.PROJECT.resolve("target/tocsin-client.jar");
    private static final String ALERT = """
            {"id":"0123456789ab-1","key":"main/memory_usage/web-1","cluster":"main","node":"web-1","subject":"web-1",
             "alert_type":"memory_usage","severity":"critical","message":"memory at 97 %","context":{},"value":97.0,
             "limit":95.0,"limit_type":"max","quiet_for":"30s","runbook":null,"rules":[],"labels":{},"state":"firing",
             "stale":false,"degraded":false,"escalation_level":0,"level_since":"2026-01-05T03:00:00Z",
             "next_escalation_at":null,"since":"2026-01-05T03:00:00Z","fired_at":"2026-01-05T03:00:00Z",
             "acknowledged_at":null,"acknowledged_by":null,"ack_message":null,"ack_expires_at":null,"auto_ack":null,
             "resolved_at":null,"resolved_because":null,"resolved_by":null,"updated_at":"2026-01-05T03:00:10Z",
             "timestamp":"2026-01-05T03:00:10Z","revision":2,"rule_hash":"abc"}""";

    @TempDir
    Path folder;

    @Test
    void aProgramWithNothingElseOfOursWritesTelemetryAndReadsAlerts() {
        Libraries libraries = Libraries.of(
                        "vertx-core",
                        "vertx-core-logging",
                        "jackson-core",
                        "netty-buffer",
                        "netty-common",
                        "netty-codec-base",
                        "netty-handler",
                        "netty-resolver",
                        "netty-resolver-dns",
                        "netty-codec-dns",
                        "netty-codec-http",
                        "netty-codec-http2",
                        "netty-transport")
                .and(CLIENT);
        libraries.compile(Jar.PROJECT.resolve("docs/examples/client"), folder);
        Jar.Result result = Jar.finish(
                folder,
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        libraries.and(folder).path(),
                        "Client",
                        ALERT));
        assertThat(result.code()).as(result.all()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "tocsin.telemetry {\"type\":\"resource_usage\",\"cluster\":\"main\",\"node\":\"web-1\","
                                + "\"resource_type\":\"memory\",\"usage_percent\":97.0,"
                                + "\"timestamp\":\"2026-01-05T03:00:00Z\",\"ttl\":\"30s\"}",
                        "CRITICAL main/memory_usage/web-1 FIRING: memory at 97 %");
    }

    @Test
    void itHoldsTwoPackages() throws IOException {
        Set<String> folders = new TreeSet<>();
        try (JarFile jar = new JarFile(CLIENT.toFile())) {
            jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')))
                    .forEach(folders::add);
        }
        assertThat(folders).containsExactly("io/tocsin/bus", "io/tocsin/model");
    }
}
