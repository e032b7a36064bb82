package io.tocsin.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.config.ConfigLoader;
import io.tocsin.config.ConfigProblems;
import io.tocsin.config.Loaded;
import io.tocsin.config.Overrides;
import io.tocsin.notify.ReceiverSettings;
import io.tocsin.notify.pagerduty.PagerDutySettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The variables that containers get are read as a member reads them: nothing unknown, nothing missing. */
class ContainerConfigTest {
    private static final Map<String, String> SECRETS = Map.of(
            "postgres_password", "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "slack_url", "http://127.0.0.1:9099/slack",
            "pagerduty_key", "0123456789abcdef0123456789abcdef");

    @TempDir
    Path secrets;

    @BeforeEach
    void writeSecrets() throws IOException {
        for (Map.Entry<String, String> secret : SECRETS.entrySet()) {
            Files.writeString(secrets.resolve(secret.getKey()), secret.getValue() + "\n");
        }
    }

    @Test
    void membersOfTheCompositionAgreeAndDifferInTheirAddressOnly() throws ConfigProblems {
        Map<String, Map<String, Object>> members = Compose.read().services("tocsin-");
        for (Map.Entry<String, Map<String, Object>> member : members.entrySet()) {
            Loaded loaded = load(Compose.environment(member.getValue()));
            assertThat(loaded.settings().http().host()).isEqualTo("0.0.0.0");
            assertThat(loaded.settings().http().port()).isEqualTo(8626);
            assertThat(loaded.settings().hazelcast().host()).isEqualTo(member.getKey() + ".bus");
            assertThat(loaded.settings().hazelcast().members())
                    .containsExactlyElementsOf(members.keySet().stream()
                            .map(name -> name + ".bus:5701")
                            .toList());
            assertThat(loaded.settings().receivers())
                    .extracting(ReceiverSettings::name)
                    .contains("slack", "pagerduty");
            assertThat(loaded.settings().receivers())
                    .filteredOn(PagerDutySettings.class::isInstance)
                    .extracting(receiver -> ((PagerDutySettings) receiver).url())
                    .containsExactly("http://127.0.0.1:9099/v2/enqueue");
            assertThat(loaded.values()).extracting(Loaded.Value::shown).doesNotContainAnyElementsOf(SECRETS.values());
        }
    }

    @Test
    void theirDatabaseIsTheOneThatIsStarted() throws ConfigProblems {
        Compose compose = Compose.read();
        Map<String, String> database =
                Compose.environment(compose.services("postgres").get("postgres"));
        for (Map<String, Object> member : compose.services("tocsin-").values()) {
            Map<String, String> variables = Compose.environment(member);
            assertThat(load(variables).values())
                    .filteredOn(value -> value.key().equals("store.url"))
                    .extracting(Loaded.Value::shown)
                    .containsExactly("postgresql://" + database.get("POSTGRES_USER") + "@postgres:5432/"
                            + database.get("POSTGRES_DB"));
            assertThat(variables.get("TOCSIN__STORE__PASSWORD_FILE")).isEqualTo(database.get("POSTGRES_PASSWORD_FILE"));
        }
    }

    @Test
    void membersInKubernetesReadTheirVariablesToo() throws IOException, ConfigProblems {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Map<String, Object> variable : kubernetes()) {
            Object value = variable.getOrDefault("value", "10.0.0.7");
            variables.put((String) variable.get("name"), String.valueOf(value));
        }
        assertThat(variables).containsEntry("TOCSIN__HAZELCAST__HOST", "10.0.0.7");
        Loaded loaded = load(variables);
        assertThat(loaded.settings().hazelcast().members()).hasSize(3);
        assertThat(loaded.settings().receivers())
                .extracting(ReceiverSettings::name)
                .contains("slack", "pagerduty");
    }

    private Loaded load(Map<String, String> variables) throws ConfigProblems {
        Map<String, String> outside = new LinkedHashMap<>();
        variables.forEach((key, value) -> outside.put(
                key,
                value.startsWith("/run/secrets/")
                        ? secrets.resolve(value.substring(value.lastIndexOf('/') + 1))
                                .toString()
                        : value));
        return ConfigLoader.load(
                Path.of("config/tocsin.yaml"), Map.of(), outside, new Overrides(null, Path.of("/var/lib/tocsin")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> kubernetes() throws IOException {
        try (Reader reader = Files.newBufferedReader(Path.of("docker/kubernetes.yaml"))) {
            Map<String, Object> set = StreamSupport.stream(
                            new Yaml().loadAll(reader).spliterator(), false)
                    .map(one -> (Map<String, Object>) one)
                    .filter(one -> one.get("kind").equals("StatefulSet"))
                    .findFirst()
                    .orElseThrow();
            Map<String, Object> pod = Compose.map(Compose.map(Compose.map(set, "spec"), "template"), "spec");
            return (List<Map<String, Object>>)
                    ((List<Map<String, Object>>) pod.get("containers")).get(0).get("env");
        }
    }
}
