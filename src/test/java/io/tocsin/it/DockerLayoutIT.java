package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.docker.Dockerfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the Dockerfile copies, laid out in a folder as in the image, starts by the image's own command: on what a JRE has, as
 * a user with a number where this is run by root, with nothing but the data folder to write to.
 */
@EnabledOnOs(OS.LINUX)
class DockerLayoutIT {
    private static final String HOME = "/opt/tocsin";
    private static final String DATA = "/var/lib/tocsin";

    /** What a JDK has beyond a JRE. */
    private static final Set<String> TOOLS = Set.of(
            "jdk.attach",
            "jdk.compiler",
            "jdk.editpad",
            "jdk.hotspot.agent",
            "jdk.internal.ed",
            "jdk.internal.jvmstat",
            "jdk.internal.le",
            "jdk.internal.opt",
            "jdk.jartool",
            "jdk.javadoc",
            "jdk.jcmd",
            "jdk.jconsole",
            "jdk.jdeps",
            "jdk.jdi",
            "jdk.jlink",
            "jdk.jpackage",
            "jdk.jshell",
            "jdk.jstatd");

    private final Dockerfile image = Dockerfile.read();
    private final int port = Jar.freePort();

    @TempDir
    Path root;

    @BeforeEach
    void layOut() throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Dockerfile.Copy copy : image.image()) {
            Path target = inside(copy.target());
            if (copy.fromBuild() && copy.source().equals("/build/echo")) {
                Libraries.of().compile(Jar.PROJECT.resolve("docker"), target);
            } else {
                copy(Jar.PROJECT.resolve(copy.source().replaceFirst("^/build/", "")), target);
            }
        }
        Files.createDirectories(inside(DATA));
        if (root()) {
            run(List.of("chown", "10001:10001", inside(DATA).toString()));
        }
        run(List.of("chmod", "-R", "go-w,a+rX", root.toString()));
        if (!root()) {
            run(List.of("chmod", "-R", "a-w", inside(HOME).toString()));
        }
    }

    @Test
    void theImagesCommandRunsIsHealthyAndEndsOnItsSignal() throws Exception {
        Set<String> before = files(HOME);
        Path log = root.resolve("log");
        Process process = start(image.command(), log);
        try {
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(healthy())
                            .as(() -> process.isAlive() ? "not ready" : said(log))
                            .isZero());
            assertThat(said(log)).contains("TOCSIN IS UP", "from rules");
            Path words = Path.of("/proc", "" + process.pid());
            assertThat(Files.readString(words.resolve("cmdline")))
                    .as("Java is what the signal goes to")
                    .contains("target/tocsin.jar", "-XX:MaxRAMPercentage=70", "--limit-modules=");
            assertThat(Files.readString(words.resolve("status"))).containsPattern(root() ? "Uid:\\s+10001\\s" : "Uid:");
            assertThat(Jar.finish(root, Map.of(), List.of("kill", "-" + signal(), "" + process.pid()))
                            .code())
                    .isZero();
            assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(() -> said(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
        assertThat(files(HOME)).as("nothing is written beside the data").isEqualTo(before);
        assertThat(files(DATA)).isNotEmpty();
        assertThat(healthy()).as("nobody is there any more").isEqualTo(1);
    }

    @Test
    void theEchoAnswersLikeSlackAndPagerDuty() throws Exception {
        Path log = root.resolve("echo");
        List<String> words = List.of(
                java(),
                "-XX:+UseSerialGC",
                "-Xmx32m",
                jre(),
                "-cp",
                inside("/opt/tocsin/echo").toString(),
                "Echo",
                "" + port);
        Process process = new ProcessBuilder(numbered(words))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> said(log).contains("echo listens"));
            assertThat(post("/slack", "{\"text\":\"memory\"}").body()).isEqualTo("ok");
            assertThat(post("/v2/enqueue", "{\"a\":\"\u001b[31m\"}").statusCode())
                    .isEqualTo(202);
            assertThat(post("/elsewhere", "").statusCode()).isEqualTo(404);
            await().untilAsserted(() -> assertThat(said(log))
                    .contains("/slack {\"text\":\"memory\"}\n", "/v2/enqueue {\"a\":\"?[31m\"}\n")
                    .doesNotContain("\u001b"));
        } finally {
            process.destroyForcibly();
        }
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private Process start(List<String> words, Path log) throws IOException {
        List<String> moved = words.stream()
                .map(word -> word.startsWith("/") ? inside(word).toString() : word)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(numbered(moved))
                .directory(inside(image.one("WORKDIR")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = new HashMap<>(image.environment());
        environment.merge("TOCSIN_JAVA_OPTS", jre(), (theirs, ours) -> theirs + " " + ours);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("PATH", System.getenv("PATH"));
        environment.put("TOCSIN__HTTP__PORT", "" + port);
        environment.put("TOCSIN__HAZELCAST__ENABLED", "false");
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private int healthy() {
        List<String> words = image.healthCheck().stream()
                .map(word -> word.replace("/8626", "/" + port))
                .toList();
        return Jar.finish(root, Map.of(), words).code();
    }

    private String signal() {
        return image.one("STOPSIGNAL").replaceFirst("^SIG", "");
    }

    /** The same command as the image's user, if this user may become another. */
    private List<String> numbered(List<String> words) {
        if (!root()) {
            return words;
        }
        String[] user = image.one("USER").split(":");
        List<String> all = new ArrayList<>(List.of(
                "setpriv",
                "--reuid",
                user[0],
                "--regid",
                user[1],
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set",
                "-all"));
        all.addAll(words);
        return all;
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String jre() {
        return "--limit-modules="
                + ModuleFinder.ofSystem().findAll().stream()
                        .map(ModuleReference::descriptor)
                        .map(ModuleDescriptor::name)
                        .filter(name -> !TOOLS.contains(name))
                        .sorted()
                        .collect(Collectors.joining(","));
    }

    private Path inside(String path) {
        return root.resolve(path.substring(1)).normalize();
    }

    private Set<String> files(String folder) throws IOException {
        try (Stream<Path> walk = Files.walk(inside(folder))) {
            return walk.filter(Files::isRegularFile).map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> walk = Files.walk(source)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                Path to = target.resolve(source.relativize(file).toString()).normalize();
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }

    private static String said(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command) {
        Jar.Result result = Jar.finish(Jar.PROJECT, Map.of(), command);
        assertThat(result.code()).as(result.all()).isZero();
    }
}
