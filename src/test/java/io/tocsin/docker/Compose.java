package io.tocsin.docker;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** {@code docker/compose.yaml} with its anchors resolved. */
final class Compose {
    static final Path FILE = Path.of("docker/compose.yaml");

    private final Map<String, Object> tree;

    private Compose(Map<String, Object> tree) {
        this.tree = tree;
    }

    static Compose read() {
        try (Reader reader = Files.newBufferedReader(FILE)) {
            return new Compose(new Yaml().load(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The services whose names begin so, in their order. */
    Map<String, Map<String, Object>> services(String prefix) {
        Map<String, Map<String, Object>> found = new LinkedHashMap<>();
        map(tree, "services").keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> found.put(name, map(map(tree, "services"), name)));
        return found;
    }

    /** A section of the whole, such as {@code secrets}. */
    Map<String, Object> section(String name) {
        return map(tree, name);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Map<String, Object> in, String key) {
        Map<String, Object> found = (Map<String, Object>) in.get(key);
        if (found == null) {
            throw new AssertionError("no " + key + " in " + in.keySet());
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    static List<String> list(Map<String, Object> in, String key) {
        return (List<String>) in.getOrDefault(key, List.of());
    }

    /** The variables of a service, as the process sees them. */
    static Map<String, String> environment(Map<String, Object> service) {
        Map<String, String> values = new LinkedHashMap<>();
        map(service, "environment").forEach((key, value) -> values.put(key, String.valueOf(value)));
        return values;
    }
}
