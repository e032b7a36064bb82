package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.collect.probe.ProbeSettings;
import io.tocsin.model.Secret;
import io.tocsin.model.Topology;
import io.tocsin.notify.pagerduty.PagerDutySettings;
import io.tocsin.notify.slack.SlackSettings;
import io.tocsin.store.PostgresSettings;
import io.tocsin.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    private static final Path SHIPPED = Path.of("config/tocsin.yaml");
    private static final String KEY = "SECRETMARKSECRETMARKSECRETMARK12";

    @TempDir
    Path folder;

    @Test
    void shippedFileChangesNoDefault() throws ConfigProblems {
        Loaded shipped = load(SHIPPED, Map.of(), Map.of());
        Loaded none = load(null, Map.of(), Map.of());
        assertThat(shipped.settings()).isEqualTo(none.settings());
        assertThat(shipped.warnings()).isEmpty();
    }

    @Test
    void defaultsAreThoseOfTheContract() throws ConfigProblems {
        Settings settings = load(null, Map.of(), Map.of()).settings();
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8626);
        assertThat(settings.rules().staleAfter()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.store().url()).isEqualTo("sqlite:data/tocsin.db");
        assertThat(settings.hazelcast().members()).containsExactly("127.0.0.1:5701");
        assertThat(settings.telemetry().defaultTtl()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.telemetry().maxSeries()).isEqualTo(1_000_000);
        assertThat(settings.host().every()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.host().node()).isNotBlank();
        assertThat(settings.httpIntake().maxBody()).isEqualTo(4 << 20);
        assertThat(settings.receivers()).extracting("name").containsExactly("log");
        assertThat(settings.clusters()).isEmpty();
    }

    @Test
    void everyKeyOfTheSchemaIsInTheShippedFile() throws Exception {
        Path full = write("""
                http: {tls: {cert: pom.xml, key: pom.xml}}
                store: {url: "postgresql://t@127.0.0.1/t", password: x, tls: verify-full, tls_root_cert: pom.xml}
                collect:
                  probes:
                    name: {node: n, component: c, tcp: "n:1"}
                receivers:
                  name: {type: slack, url: "https://h/x"}
                  pagerduty: {routing_key: %s}
                clusters:
                  name: {nodes: [a]}
                """.formatted(KEY));
        String text = Files.readString(SHIPPED);
        List<String> keys = load(full, Map.of(), Map.of()).values().stream()
                .map(Loaded.Value::key)
                .map(key -> key.replace(".pagerduty.", ".name."))
                .toList();
        assertThat(keys).hasSizeGreaterThan(35);
        for (String key : keys) {
            String variable =
                    "TOCSIN__" + key.toUpperCase(java.util.Locale.ROOT).replace(".", "__");
            assertThat(text.lines())
                    .as("%s with its unit and default", variable)
                    .anyMatch(line -> line.endsWith(" " + variable));
        }
        assertThat(text).contains("url_file", "routing_key_file");
    }

    @Test
    void commandLineBeatsEnvironmentBeatsFileBeatsDefault() throws Exception {
        Path file = write("http: {port: 1000}\ncollect: {host: {every: 7s}}\n");
        Map<String, String> env = Map.of("TOCSIN__HTTP__PORT", "2000", "tocsin__collect__host__node", "envnode");
        assertThat(load(file, Map.of(), Map.of()).settings().http().port()).isEqualTo(1000);
        assertThat(load(file, Map.of(), env).settings().http().port()).isEqualTo(2000);
        Settings all = load(file, Map.of("http.port", "3000"), env).settings();
        assertThat(all.http().port()).isEqualTo(3000);
        assertThat(all.host().every()).isEqualTo(Duration.ofSeconds(7));
        assertThat(all.host().node()).isEqualTo("envnode");
        assertThat(all.hazelcast().port()).isEqualTo(5701);
    }

    @Test
    void optionsOfTheirOwnBeatEverything() throws ConfigProblems {
        Settings settings = ConfigLoader.load(
                        null,
                        Map.of("rules.path", "elsewhere"),
                        Map.of(),
                        new Overrides(Path.of("mine"), Path.of("/var/lib/t")))
                .settings();
        assertThat(settings.rules().path()).isEqualTo(Path.of("mine"));
        assertThat(settings.store().data()).isEqualTo(Path.of("/var/lib/t"));
        assertThat(settings.store().url()).isEqualTo("sqlite:/var/lib/t/tocsin.db");
    }

    @Test
    void postgresqlIsReadFromTheAddressAndItsKeys() throws Exception {
        Path file = write("""
                store:
                  url: postgresql://tocsin@db.example.org/alerts
                  password_file: %s
                  tls: verify-full
                  pool: 8
                  connect_timeout: 5s
                """.formatted(Files.writeString(folder.resolve("password"), "SECRETMARK\n")));
        Loaded loaded = load(file, Map.of(), Map.of());
        StoreSettings store = loaded.settings().store();
        assertThat(store.shared()).isTrue();
        assertThat(store.url()).isEqualTo("postgresql://tocsin@db.example.org:5432/alerts");
        assertThat(store.server())
                .isEqualTo(new PostgresSettings(
                        "db.example.org",
                        5432,
                        "alerts",
                        "tocsin",
                        Secret.of("SECRETMARK"),
                        PostgresSettings.Tls.VERIFY_FULL,
                        null,
                        8,
                        Duration.ofSeconds(5)));
        assertThat(loaded.toString()).doesNotContain("SECRETMARK");
        assertThat(loaded.warnings()).isEmpty();
        assertThat(load(null, Map.of(), Map.of()).settings().store().shared()).isFalse();
    }

    @Test
    void passwordInTheAddressIsDecodedAndNeverShown() throws Exception {
        String url = "postgres://a%40b:SECRETMARK%2F+%25@[::1]:6000/t%20t?sslmode=require";
        Loaded loaded = load(null, Map.of(), Map.of("TOCSIN__STORE__URL", url));
        PostgresSettings server = loaded.settings().store().server();
        assertThat(server.password().reveal()).isEqualTo("SECRETMARK/+%");
        assertThat(server.host()).isEqualTo("::1");
        assertThat(server.port()).isEqualTo(6000);
        assertThat(server.user()).isEqualTo("a@b");
        assertThat(server.database()).isEqualTo("t t");
        assertThat(server.tls()).isEqualTo(PostgresSettings.Tls.REQUIRE);
        assertThat(loaded.toString()).doesNotContain("SECRETMARK").contains("postgres://a%40b:***@[::1]:6000/t%20t");
        Loaded variable = load(
                null,
                Map.of("store.url", "postgresql://t@localhost/t"),
                Map.of("TOCSIN__STORE__PASSWORD", "SECRETMARK"));
        assertThat(variable.settings().store().server().password()).isEqualTo(Secret.of("SECRETMARK"));
        assertThat(variable.toString()).doesNotContain("SECRETMARK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://t:SECRETMARK/x@h/t",
                "postgresql://t:x?SECRETMARK@h/t",
                "postgresql://t:x#SECRETMARK@h/t",
                "postgresql://t:x%SECRETMARK@h/t",
                "postgresql://h/t?user=t&password=SECRETMARK",
                "postgresql:t:SECRETMARK",
                "postgresql://t:SECRETMARK@",
                "mysql://t:SECRETMARK@h/t"
            })
    void addressThatCannotBeReadIsNotRepeated(String url) {
        ConfigProblems problems = problems(Map.of("store.url", url, "store.tls", "none"), Map.of());
        assertThat(problems.toString() + problems.problems() + problems.warnings())
                .contains("store.url: ")
                .contains("store.tls: ")
                .doesNotContain("SECRETMARK");
    }

    @Test
    void serverThatIsReachedInTheClearIsWarnedOf() throws ConfigProblems {
        Loaded loaded = load(null, Map.of("store.url", "postgresql://t@db/t"), Map.of());
        assertThat(loaded.warnings())
                .singleElement()
                .asString()
                .contains("store.url: db may be reached without encryption; set store.tls to verify-full");
    }

    @Test
    void explicitStoreBeatsTheDataFolder() throws ConfigProblems {
        Settings settings = ConfigLoader.load(
                        null, Map.of("store.url", "sqlite:/tmp/a.db"), Map.of(), new Overrides(null, Path.of("other")))
                .settings();
        assertThat(settings.store().url()).isEqualTo("sqlite:/tmp/a.db");
        assertThat(settings.store().data()).isEqualTo(Path.of("other"));
    }

    @Test
    void listsAreWrittenWithCommasOutsideTheFile() throws ConfigProblems {
        Settings settings = load(
                        null,
                        Map.of("clusters.main.nodes", "n1,n2, n3"),
                        Map.of("TOCSIN__HAZELCAST__MEMBERS", "a:1,b:2"))
                .settings();
        assertThat(settings.clusters().get(0).nodes()).containsExactly("n1", "n2", "n3");
        assertThat(settings.clusters().get(0).quorum()).as("default quorum").isEqualTo(2);
        assertThat(settings.hazelcast().members()).containsExactly("a:1", "b:2");
    }

    @Test
    void severalMembersAreTheNodesOfAClusterOfTheirOwn() throws ConfigProblems {
        Map<String, String> two = Map.of("hazelcast.members", "a:1,b:2,c:3");
        assertThat(load(null, two, Map.of()).settings().clusters())
                .containsExactly(new Topology("tocsin", List.of("a:1", "b:2", "c:3"), 2));
        assertThat(load(null, Map.of(), Map.of()).settings().clusters())
                .as("one member is no quorum")
                .isEmpty();
        assertThat(load(null, two, Map.of("TOCSIN__CLUSTERS__TOCSIN__NODES", "x,y"))
                        .settings()
                        .clusters())
                .as("what is written counts")
                .containsExactly(new Topology("tocsin", List.of("x", "y"), 2));
        assertThat(load(null, two, Map.of("TOCSIN__HAZELCAST__ENABLED", "false"))
                        .settings()
                        .clusters())
                .isEmpty();
    }

    @Test
    void kubernetesTakesThePlaceOfTheDefaultList() throws ConfigProblems {
        Settings settings = load(
                        SHIPPED,
                        Map.of("hazelcast.host", "10.1.2.3", "hazelcast.kubernetes.service_dns", "tocsin.ops.svc"),
                        Map.of())
                .settings();
        assertThat(settings.hazelcast().serviceDns()).isEqualTo("tocsin.ops.svc");
        assertThat(settings.hazelcast().members()).isEmpty();
    }

    @Test
    void theWatchdogIsOffUnlessItHasAnAddress() throws ConfigProblems {
        assertThat(load(SHIPPED, Map.of(), Map.of()).settings().watchdog()).isNull();
        var watchdog = load(SHIPPED, Map.of("watchdog.url", "https://h/SECRETMARK"), Map.of());
        assertThat(watchdog.settings().watchdog().every()).isEqualTo(Duration.ofSeconds(60));
        assertThat(watchdog.settings().toString()).doesNotContain("SECRETMARK");
        assertThat(watchdog.values().toString()).doesNotContain("SECRETMARK");
    }

    @Test
    void variableReachesAnEntryWithAHyphen() throws Exception {
        Path file = write("collect: {probes: {store-http: {node: n, component: c, http: 'http://n/', every: 10s}}}\n");
        Settings settings = load(file, Map.of(), Map.of("TOCSIN__COLLECT__PROBES__STORE_HTTP__EVERY", "1s"))
                .settings();
        ProbeSettings probe = settings.probes().get(0);
        assertThat(probe.name()).isEqualTo("store-http");
        assertThat(probe.every()).isEqualTo(Duration.ofSeconds(1));
        assertThat(probe.timeout()).as("never longer than every").isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void problemsOutsideTheFileNameTheirOptionOrVariable() {
        ConfigProblems problems =
                problems(Map.of("http.prot", "1", "telemetry.max_series", "0"), Map.of("TOCSIN__HTTP__HOSTT", "x"));
        assertThat(problems.problems())
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "--set http.prot: unknown key; did you mean port?",
                        "--set telemetry.max_series: 0 is out of range; allowed: 1 to 100000000",
                        "TOCSIN__HTTP__HOSTT: http.hostt: unknown key; did you mean host?");
    }

    @Test
    void allMistakesAreReportedAtOnceFromTopToBottom() throws IOException {
        Path file = write("""
                receivers:
                  pagerduty: {routing_key: short}
                http:
                  port: -1
                  colour: red
                """);
        ConfigProblems problems = catchThrowableOfType(
                ConfigProblems.class,
                () -> load(file, Map.of("store.url", "x"), Map.of("TOCSIN__RULES__STALE_AFTER", "1")));
        assertThat(problems.problems()).hasSize(5);
        assertThat(problems.problems()).extracting(p -> p.place().line()).containsExactly(2, 4, 5, 0, 0);
    }

    @Test
    void missingFileIsAProblem() {
        ConfigProblems problems =
                catchThrowableOfType(ConfigProblems.class, () -> load(folder.resolve("none.yaml"), Map.of(), Map.of()));
        assertThat(problems).hasMessageEndingWith("none.yaml:1:1: there is no such file; name one with --config");
    }

    @Test
    void emptyFileMeansDefaults() throws Exception {
        assertThat(load(write("# nothing\n"), Map.of(), Map.of()).settings())
                .isEqualTo(load(null, Map.of(), Map.of()).settings());
    }

    @Test
    void secretsComeFromFilesAndAreTrimmed() throws Exception {
        Path secret = Files.writeString(folder.resolve("key"), KEY + "\n");
        Settings settings = load(null, Map.of("receivers.pagerduty.routing_key_file", secret.toString()), Map.of())
                .settings();
        assertThat(settings.receivers()).hasSize(2);
        assertThat(((PagerDutySettings) settings.receivers().get(1))
                        .routingKey()
                        .reveal())
                .isEqualTo(KEY);
    }

    @Test
    void secretsNeverShow() throws Exception {
        Loaded loaded = load(
                null,
                Map.of("receivers.slack.url", "http://127.0.0.1:1/SECRETMARK", "receivers.pagerduty.routing_key", KEY),
                Map.of());
        assertThat(loaded.toString()).contains("***").doesNotContain("SECRETMARK");
        ConfigProblems problems = problems(
                Map.of("receivers.slack.url", "SECRETMARK", "receivers.pagerduty.routing_key", "SECRETMARK"), Map.of());
        assertThat(problems.problems()).hasSize(2);
        assertThat(problems.toString() + problems.problems()).doesNotContain("SECRETMARK");
    }

    @Test
    void messagesLinkToTheApiUnlessToldOtherwise() throws Exception {
        Map<String, String> slack = Map.of("receivers.slack.url", "https://h/x");
        assertThat(link(slack)).isEqualTo("http://127.0.0.1:8626");
        assertThat(link(with(slack, "http.port", "0")))
                .as("not known before the port is bound")
                .isNull();
        assertThat(link(with(slack, "receivers.slack.link", "https://t.example.org/")))
                .isEqualTo("https://t.example.org");
        assertThat(link(with(slack, "receivers.slack.link", "none"))).isNull();
    }

    @Test
    void forcedReachableAddressIsAllowedWithAWarning() throws ConfigProblems {
        Loaded loaded = load(null, Map.of("http.host", "0.0.0.0", "http.allow_anonymous", "true"), Map.of());
        assertThat(loaded.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "--set http.host: 0.0.0.0 can be reached by others: anybody there may read, send and acknowledge");
    }

    @Test
    void controlCharactersInProblemsAreMadeVisible() {
        assertThat(problems(Map.of("http.port\u001b[31m", "1"), Map.of()).getMessage())
                .doesNotContain("\u001b")
                .contains("\\u001b");
    }

    private static String link(Map<String, String> sets) throws ConfigProblems {
        return ((SlackSettings)
                        load(null, sets, Map.of()).settings().receivers().get(1))
                .link();
    }

    private static Map<String, String> with(Map<String, String> sets, String key, String value) {
        var more = new java.util.HashMap<>(sets);
        more.put(key, value);
        return more;
    }

    private static ConfigProblems problems(Map<String, String> sets, Map<String, String> env) {
        return catchThrowableOfType(ConfigProblems.class, () -> load(null, sets, env));
    }

    private static Loaded load(Path file, Map<String, String> sets, Map<String, String> env) throws ConfigProblems {
        return ConfigLoader.load(file, sets, env, Overrides.NONE);
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("tocsin.yaml"), yaml);
    }
}
