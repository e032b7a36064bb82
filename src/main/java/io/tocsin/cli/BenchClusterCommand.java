package io.tocsin.cli;

import io.tocsin.config.ConfigLoader;
import io.tocsin.config.ConfigProblems;
import io.tocsin.config.Overrides;
import io.tocsin.config.Settings;
import io.tocsin.model.Text;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures three members. */
@Command(
        name = "cluster",
        description = {
            "Starts three members of this version on this machine, kills, freezes and stops",
            "them, and measures how soon the next alert is told, what is lost, and how much",
            "they take. A few minutes; everything it started is stopped at its end."
        },
        footer = {
            "",
            "The members share a database that is created on the server of --store and dropped",
            "afterwards; what else is there is not touched. Exits with 1 if an incident was",
            "lost or doubled.",
            "",
            "./tocsin bench cluster --store postgresql://tocsin:secret@127.0.0.1:5432/tocsin"
        })
final class BenchClusterCommand implements Callable<Integer> {
    private static final int MOST = 1000;
    private static final String TYPE =
            "type ./tocsin bench cluster --store postgresql://user:password@127.0.0.1:5432/postgres";

    private final Terminal terminal;
    private final Parts.Cluster cluster;

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "A PostgreSQL server and a user who may create databases there:"
                    + " postgresql://user:password@host:port/database.")
    private String store;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "What to measure: takeover, freeze, handover, throughput. Default: all.")
    private List<String> only = List.of();

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "20",
            description = "How often an owner is killed. Default: 20.")
    private int kills;

    @Option(
            names = "--freezes",
            paramLabel = "N",
            defaultValue = "2",
            description = "How often an owner is frozen. Default: 2.")
    private int freezes;

    @Option(
            names = "--handovers",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often an owner is stopped in good order. Default: 5.")
    private int handovers;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long each measurement of throughput takes. Default: 10.")
    private int seconds;

    @Mixin
    private Output output;

    BenchClusterCommand(Terminal terminal, Parts.Cluster cluster) {
        this.terminal = terminal;
        this.cluster = cluster;
    }

    @Override
    public Integer call() throws Exception {
        within("--kills", kills, 0);
        within("--freezes", freezes, 0);
        within("--handovers", handovers, 0);
        within("--seconds", seconds, 1);
        Parts.Plan plan = new Parts.Plan(settings(), parts(), kills, freezes, handovers, seconds);
        return cluster.run(plan, terminal, output.look(terminal));
    }

    private Settings settings() {
        if (store == null) {
            throw Exit.cannot(
                    "--store is missing: the members share a PostgreSQL server\n" + TYPE
                            + "\nif there is none: docker run --rm -p 127.0.0.1:5432:5432 -e POSTGRES_PASSWORD=password postgres:17");
        }
        try {
            return ConfigLoader.load(null, Map.of("store.url", store), Map.of(), Overrides.NONE)
                    .settings();
        } catch (ConfigProblems problems) {
            throw Exit.cannot(problems.problems().stream()
                            .map(problem -> "--store " + problem.message())
                            .collect(Collectors.joining("\ntocsin: "))
                    + "\n" + TYPE);
        }
    }

    private Set<Parts.ClusterPart> parts() {
        Set<Parts.ClusterPart> parts = EnumSet.noneOf(Parts.ClusterPart.class);
        for (String word : only) {
            parts.add(Arrays.stream(Parts.ClusterPart.values())
                    .filter(part -> name(part).equals(word))
                    .findFirst()
                    .orElseThrow(() -> Exit.cannot("--only " + Text.clean(Text.cut(word, 40)) + ": allowed: "
                            + Arrays.stream(Parts.ClusterPart.values())
                                    .map(BenchClusterCommand::name)
                                    .collect(Collectors.joining(", ")))));
        }
        return parts.isEmpty() ? EnumSet.allOf(Parts.ClusterPart.class) : parts;
    }

    private static String name(Parts.ClusterPart part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    private static void within(String option, int value, int least) {
        if (value < least || value > MOST) {
            throw Exit.cannot(option + " " + value + ": allowed: " + least + " to " + MOST);
        }
    }
}
