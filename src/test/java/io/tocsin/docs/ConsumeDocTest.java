package io.tocsin.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.instance.BuildInfoProvider;
import io.tocsin.config.ConfigLoader;
import io.tocsin.config.ConfigProblems;
import io.tocsin.config.Overrides;
import io.tocsin.membership.HazelcastSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/consume.md} shows the example as it is, and the example fits the appliance. What it prints is ConsumeIT's. */
class ConsumeDocTest {
    private static final Path DOC = Path.of("docs/consume.md");
    private static final Path EXAMPLE = Path.of("docs/examples/shop");
    private static final Path MAIN = EXAMPLE.resolve("src/main/java/example/Main.java");

    @Test
    void everyBlockOfCodeStandsInAnExample() throws IOException {
        String sources;
        try (Stream<Path> files = Files.walk(EXAMPLE.getParent())) {
            sources = files.filter(file -> file.toString().matches(".*(\\.java|pom\\.xml)"))
                    .map(CodeBlocks::read)
                    .collect(Collectors.joining());
        }
        List<CodeBlocks.Block> shown = CodeBlocks.of(DOC).stream()
                .filter(block -> Set.of("java", "xml").contains(block.language()))
                .toList();
        assertThat(shown).hasSizeGreaterThan(5);
        String dependency = "<classifier>client</classifier>";
        assertThat(shown)
                .filteredOn(block -> !block.text().contains(dependency))
                .allSatisfy(block -> assertThat(sources).contains(block.text()));
    }

    @Test
    void everyOtherBlockIsOfAKindThatIsTested() {
        assertThat(CodeBlocks.of(DOC))
                .extracting(CodeBlocks.Block::language)
                .isSubsetOf("", "java", "xml", "output", "log", "text");
    }

    @Test
    void theCommandsFitTheExampleAndTheAppliance() throws ConfigProblems {
        String commands = CodeBlocks.of(DOC).stream()
                .filter(block -> block.language().isEmpty())
                .map(CodeBlocks.Block::text)
                .collect(Collectors.joining());
        HazelcastSettings ours = ConfigLoader.load(null, Map.of(), Map.of(), Overrides.NONE)
                .settings()
                .hazelcast();
        assertThat(ours.enabled()).isTrue();
        assertThat(ours.host() + ":" + ours.port()).isEqualTo("127.0.0.1:5701");
        assertThat(commands).contains("./tocsin run\n", "cd " + EXAMPLE, "target/shop.jar 127.0.0.1:5701 5710");
        assertThat(CodeBlocks.read(EXAMPLE.resolve("pom.xml"))).contains("<finalName>shop</finalName>");
        assertThat(CodeBlocks.read(MAIN)).contains("\"127.0.0.1:5701\"", ": 5710");
        assertThat(ours.clusterName()).isEqualTo("tocsin");
        assertThat(CodeBlocks.read(MAIN)).contains("setClusterName(\"tocsin\")");
    }

    @Test
    void theExampleHasTheAppliancesVersionsAndNothingElse() {
        String ours = CodeBlocks.read(Path.of("pom.xml"));
        String theirs = CodeBlocks.read(EXAMPLE.resolve("pom.xml"));
        assertThat(dependencies(theirs))
                .containsExactly(
                        Map.entry("vertx-core", property(ours, "vertx.version")),
                        Map.entry("vertx-hazelcast", property(ours, "vertx.hazelcast.version")),
                        Map.entry("hazelcast", property(ours, "hazelcast.version")));
    }

    @Test
    void theClientJarIsAskedForByItsRealName() {
        String ours = CodeBlocks.read(Path.of("pom.xml"));
        String version = Pattern.compile("<artifactId>tocsin</artifactId>\\s*<version>(.*?)</version>")
                .matcher(ours)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        String dependency = CodeBlocks.of(DOC).stream()
                .map(CodeBlocks.Block::text)
                .filter(text -> text.contains("<classifier>"))
                .findFirst()
                .orElseThrow();
        assertThat(dependency).contains("<groupId>io.tocsin<", "<artifactId>tocsin<", "<version>" + version + "<");
        assertThat(ours).contains("<classifier>client</classifier>");
    }

    @Test
    void theExamplesHeartbeatsAreTheAppliances() {
        String ours = CodeBlocks.read(Path.of("src/main/java/io/tocsin/membership/HazelcastConfig.java"));
        String theirs = CodeBlocks.read(MAIN);
        assertThat(ours).contains("HEARTBEAT_INTERVAL_SECONDS.getName(), \"1\"");
        assertThat(theirs).contains("\"hazelcast.heartbeat.interval.seconds\", \"1\"");
        assertThat(ours).contains("MAX_NO_HEARTBEAT_SECONDS.getName(), \"10\"");
        assertThat(theirs).contains("\"hazelcast.max.no.heartbeat.seconds\", \"10\"");
    }

    @Test
    void whatHazelcastSaysToOtherVersionsIsQuotedAsItIs() throws IOException {
        String text = CodeBlocks.read(DOC);
        assertThat(text).contains("not compatible with cluster version 5.7 (");
        assertThat(BuildInfoProvider.getBuildInfo().getVersion()).startsWith("5.7.");
        assertThat(constants("com/hazelcast/instance/impl/DefaultNodeExtension.class"))
                .contains("is not compatible with cluster version")
                .contains("(Rolling Member Upgrades are only supported in Hazelcast Enterprise)");
        assertThat(constants("com/hazelcast/internal/serialization/impl/VersionedDataSerializableSerializer.class"))
                .contains("Problem while reading IdentifiedDataSerializable, namespace: ");
    }

    private static String constants(String name) throws IOException {
        try (InputStream bytes = ConsumeDocTest.class.getClassLoader().getResourceAsStream(name)) {
            assertThat(bytes).as(name).isNotNull();
            return new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static List<Map.Entry<String, String>> dependencies(String pom) {
        return Pattern.compile("(?s)<dependency>.*?<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>")
                .matcher(pom)
                .results()
                .map(found -> Map.entry(found.group(1), found.group(2)))
                .toList();
    }

    private static String property(String pom, String name) {
        Matcher found = Pattern.compile("<" + name + ">(.*?)</" + name + ">").matcher(pom);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }
}
