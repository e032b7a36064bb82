package io.tocsin.cli.bench.cluster;

import io.tocsin.cli.bench.BenchRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The rules that the members of a bench follow. */
final class Policy {
    /** Whoever is told of what the load does; each takes a hundred things a minute, so it needs several. */
    static final int PAGERS = 4;

    private static final String HEADER = """
            package rules;
            import io.tocsin.model.*;
            import static io.tocsin.model.Rules.*;
            """;
    private static final String PART = """
            rule "part %1$d is unhealthy"
            when
                $c : ComponentHealth(component == "part-%1$d", status == HealthStatus.UNHEALTHY)
            then
                insertLogical(Finding.of("part_%1$d_unhealthy", $c).critical("part %1$d is unhealthy"));
            end
            rule "part %1$d has a pager of its own"
            when
                $a : Alert(state != AlertState.PENDING, alertType == "part_%1$d_unhealthy")
            then
                insertLogical(new Route($a.id(), "pager-%1$d"));
            end
            """;

    private Policy() {}

    /** The component whose illness a pager is told of. */
    static String component(int pager) {
        return "part-" + pager;
    }

    /** An unhealthy component is told at once, and so is its end. */
    static void paging(Path folder) throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < PAGERS; i++) {
            text.append(PART.formatted(i));
        }
        Files.createDirectories(folder.resolve("threshold"));
        Files.writeString(folder.resolve("threshold/parts.drl"), text);
    }

    /** 50 thresholds, as in {@code bench engine}. */
    static void thresholds(Path folder) throws IOException {
        BenchRules.thresholds("warning", "30s").routed().write(folder);
    }
}
