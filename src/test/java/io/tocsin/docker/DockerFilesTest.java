package io.tocsin.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dockerfile and composition: every path, port and name in them is there and means the same everywhere. */
class DockerFilesTest {
    private static final String API = "8626";
    private static final String USER = "10001:10001";

    private final Dockerfile image = Dockerfile.read();
    private final Compose compose = Compose.read();

    @TempDir
    Path folder;

    @Test
    void whatIsCopiedIsThereAndReachesTheBuild() throws IOException {
        List<String> sent = Files.readAllLines(Path.of(".dockerignore"));
        assertThat(image.copies()).hasSizeGreaterThan(8);
        for (Dockerfile.Copy copy : image.copies()) {
            if (!copy.fromBuild()) {
                assertThat(Path.of(copy.source())).as(copy.source()).exists();
                assertThat(sent).as("not left out of what is sent to the build").contains("!" + copy.source());
            }
        }
        assertThat(sent)
                .contains("*")
                .as("everything that is sent is copied")
                .filteredOn(line -> line.startsWith("!"))
                .allSatisfy(line -> assertThat(image.copies())
                        .anyMatch(copy -> copy.source().equals(line.substring(1))));
    }

    @Test
    void theLauncherFindsTheJarWhereItIsCopiedTo() throws IOException {
        assertThat(image.image())
                .extracting(Dockerfile.Copy::target)
                .contains(image.command().get(0));
        assertThat(Path.of("tocsin")).isExecutable();
        assertThat(Files.readString(Path.of("tocsin"))).contains("jar=$home/target/tocsin.jar");
        assertThat(image.image())
                .anyMatch(copy -> copy.fromBuild() && copy.target().equals("/opt/tocsin/target/tocsin.jar"));
        assertThat(image.one("WORKDIR"))
                .as("config and rules are looked for here")
                .isEqualTo("/opt/tocsin");
        assertThat(image.one("RUN")).contains("10001", "/var/lib/tocsin");
        assertThat(image.command()).containsSequence("--data", image.one("VOLUME"));
        assertThat(image.environment()).containsOnlyKeys("TOCSIN_JAVA_OPTS");
        assertThat(Files.readString(Path.of("tocsin"))).contains("${TOCSIN_JAVA_OPTS:-}");
    }

    @Test
    void onePortIsOpenAndEverybodyMeansTheSame() {
        assertThat(image.one("EXPOSE")).isEqualTo(API);
        assertThat(image.healthCheck().get(2)).contains("/127.0.0.1/" + API, "GET /-/ready ");
        compose.services("")
                .forEach((name, service) -> assertThat(Compose.list(service, "ports"))
                        .as(name)
                        .allMatch(port -> port.matches("127\\.0\\.0\\.1:\\d+:" + API)));
        assertThat(compose.services("tocsin-").values())
                .hasSize(3)
                .allSatisfy(member -> assertThat(Compose.list(member, "ports")).hasSize(1));
    }

    @Test
    void whatRunsOurCodeMayDoLittle() {
        assertThat(image.one("USER")).isEqualTo(USER);
        Stream.of("tocsin-", "echo-")
                .flatMap(prefix -> compose.services(prefix).values().stream())
                .forEach(service -> {
                    assertThat(service).containsEntry("read_only", true).containsEntry("user", USER);
                    assertThat(service).containsEntry("image", "tocsin").containsKey("mem_limit");
                    assertThat(Compose.list(service, "cap_drop")).containsExactly("ALL");
                    assertThat(Compose.list(service, "security_opt")).contains("no-new-privileges:true");
                });
    }

    @Test
    void membersFindEachOtherOnANetworkWithoutAWayOut() {
        assertThat(Compose.map(compose.section("networks"), "bus")).containsEntry("internal", true);
        compose.services("tocsin-").forEach((name, member) -> {
            String alias = Compose.environment(member).get("TOCSIN__HAZELCAST__HOST");
            Map<String, Object> bus = Compose.map(Compose.map(member, "networks"), "bus");
            assertThat(Compose.list(bus, "aliases")).containsExactly(alias);
            assertThat(alias).isEqualTo(name + ".bus");
            assertThat(Compose.environment(member).get("TOCSIN__HAZELCAST__MEMBERS"))
                    .contains(alias + ":5701");
        });
        assertThat(compose.services("postgres").values())
                .singleElement()
                .satisfies(database ->
                        assertThat(Compose.list(database, "networks")).containsExactly("bus"));
    }

    @Test
    void everyVolumeAndSecretHasAPlace() throws IOException {
        String readme = Files.readString(Path.of("docker/README.md"));
        compose.section("secrets")
                .forEach((name, file) -> assertThat(readme)
                        .as("how to make it")
                        .contains("> "
                                + Compose.map(compose.section("secrets"), name).get("file")));
        assertThat(Files.readString(Path.of(".gitignore"))).contains("docker/secrets/");
        compose.services("").forEach((name, service) -> {
            assertThat(compose.section("secrets").keySet()).containsAll(Compose.list(service, "secrets"));
            for (String mount : Compose.list(service, "volumes")) {
                String source = mount.substring(0, mount.indexOf(':'));
                if (source.startsWith(".")) {
                    assertThat(Path.of("docker").resolve(source)).exists();
                } else {
                    assertThat(compose.section("volumes")).containsKey(source);
                }
            }
            if (service.containsKey("environment")) {
                Compose.environment(service).values().stream()
                        .filter(value -> value.startsWith("/run/secrets/"))
                        .forEach(value -> assertThat(Compose.list(service, "secrets"))
                                .as(name)
                                .contains(value.substring("/run/secrets/".length())));
            }
        });
    }

    @Test
    void theEchoIsOnTheLoopbackOfEachMember() {
        Map<String, Map<String, Object>> echoes = compose.services("echo-");
        assertThat(echoes.values())
                .extracting(echo -> echo.get("network_mode"))
                .containsExactlyElementsOf(compose.services("tocsin-").keySet().stream()
                        .map(name -> "service:" + name)
                        .toList());
        assertThat(echoes.values()).allSatisfy(echo -> {
            assertThat(Compose.list(echo, "command")).containsExactly("9099");
            assertThat(Compose.list(echo, "entrypoint")).containsSequence("-cp", "/opt/tocsin/echo", "Echo");
        });
        assertThat(image.image()).extracting(Dockerfile.Copy::target).contains("/opt/tocsin/echo");
    }

    @Test
    void aMemberThatHangsEndsItselfBeforeDockerDoes() throws IOException {
        String running = Files.readString(Path.of("src/main/java/io/tocsin/Running.java"));
        var bound = Pattern.compile("STOP_SECONDS = (\\d+);").matcher(running);
        assertThat(bound.find()).isTrue();
        assertThat(compose.services("tocsin-").values())
                .allSatisfy(member -> assertThat(seconds((String) member.get("stop_grace_period")))
                        .isGreaterThan(2 * Integer.parseInt(bound.group(1))));
    }

    private static int seconds(String text) {
        return Integer.parseInt(text.replaceFirst("s$", ""));
    }

    @Test
    void composeItselfUnderstandsTheFile() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "docker-compose"))),
                "docker-compose is not installed");
        Path file = Files.createDirectories(folder.resolve("docker")).resolve("compose.yaml");
        Files.copy(Compose.FILE, file);
        File said = folder.resolve("said").toFile();
        Process process = new ProcessBuilder("docker-compose", "-f", file.toString(), "config", "--quiet")
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said.toPath())).isZero();
    }
}
