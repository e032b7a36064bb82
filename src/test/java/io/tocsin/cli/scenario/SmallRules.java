package io.tocsin.cli.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with two rules and a scenario for each, quick to compile. */
final class SmallRules {
    static final String HEAD = """
            package rules;
            import io.tocsin.model.*;
            import java.util.List;
            import static io.tocsin.model.Rules.*;
            """;

    private final Path folder;

    SmallRules(Path folder) {
        this.folder = folder;
        write("a.drl", HEAD + rule("cpu is high", "cpu_high", "CPU", 90));
        write("b.drl", HEAD + rule("memory is high", "memory_high", "MEMORY", 90));
        write("a.scenario.yaml", scenario("cpu", 95, "[{alert_type: cpu_high, state: firing}]"));
        write("b.scenario.yaml", scenario("memory", 95, "[{alert_type: memory_high, state: firing}]"));
    }

    static String rule(String name, String type, String resource, int limit) {
        return """
            rule "%s"
            when
                $u : ResourceUsage(resourceType == ResourceType.%s, usagePercent > %d)
            then
                insertLogical(Finding.of("%s", $u).warning("at " + fig($u.usagePercent())));
            end
            """.formatted(name, resource, limit, type);
    }

    static String scenario(String resource, int percent, String alerts) {
        return """
            description: %1$s above 90
            cases:
            - name: high %1$s fires
              timeline:
              - at: 0s
                send: {type: resource_usage, node: n1, resource_type: %1$s, usage_percent: %2$d, ttl: 1h}
              - at: 1s
                expect: {alerts: %3$s}
            - name: low %1$s is silent
              timeline:
              - at: 0s
                send: {type: resource_usage, node: n1, resource_type: %1$s, usage_percent: 5, ttl: 1h}
              - at: 1s
                expect: {alerts: []}
            """.formatted(resource, percent, alerts);
    }

    Path folder() {
        return folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
