package io.tocsin.config;

import io.tocsin.api.HttpSettings;
import io.tocsin.collect.bus.BusIntakeSettings;
import io.tocsin.collect.host.HostSettings;
import io.tocsin.collect.http.HttpIntakeSettings;
import io.tocsin.collect.probe.ProbeSettings;
import io.tocsin.evaluate.RulesSettings;
import io.tocsin.lane.TelemetrySettings;
import io.tocsin.lane.record.RecordingSettings;
import io.tocsin.membership.HazelcastSettings;
import io.tocsin.model.Topology;
import io.tocsin.notify.ReceiverSettings;
import io.tocsin.notify.watchdog.WatchdogSettings;
import io.tocsin.store.StoreSettings;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Reads the configuration: the file, over it the environment ({@code TOCSIN__A__B}), over that {@code --set a.b=c}. Keys are
 * strict, and all problems are reported at once.
 */
public final class ConfigLoader {
    private final Report report;
    private final Overrides overrides;
    private final Section root;

    private ConfigLoader(Report report, Overrides overrides, Section root) {
        this.report = report;
        this.overrides = overrides;
        this.root = root;
    }

    /**
     * The configuration in force.
     *
     * @param file the YAML file; null for none
     * @param sets what {@code --set} gave, in its order
     * @param environment the environment's variables, of which those that begin with {@code TOCSIN__} count
     * @param overrides what the command line has options of its own for
     * @throws ConfigProblems with every problem
     */
    public static Loaded load(Path file, Map<String, String> sets, Map<String, String> environment, Overrides overrides)
            throws ConfigProblems {
        Report report = new Report();
        Node.Branch tree = file == null ? new Node.Branch(Place.NOWHERE) : YamlTree.read(file, report);
        Layers layers = new Layers(tree, report);
        layers.environment(environment);
        layers.commandLine(sets);
        Settings settings;
        try (Section root = new Section("", tree, report)) {
            settings = new ConfigLoader(report, overrides, root).settings();
        }
        if (report.failed()) {
            throw new ConfigProblems(report.problems(), report.warnings());
        }
        return new Loaded(settings, report.warnings(), report.values());
    }

    private Settings settings() {
        Path data = overrides.data() == null ? Path.of("data") : overrides.data();
        HttpSettings http = new HttpReader(data).read(root);
        RulesSettings rules = rules();
        StoreSettings store = new StoreReader(data).read(root);
        HttpReader.together(root, http, store);
        HazelcastSettings hazelcast = HazelcastReader.read(root);
        TelemetrySettings telemetry = telemetry();
        try (Section collect = root.section("collect")) {
            HostSettings host = host(collect);
            HttpIntakeSettings httpIntake = httpIntake(collect);
            BusIntakeSettings busIntake = busIntake(collect);
            List<ProbeSettings> probes = ProbesReader.read(collect);
            List<ReceiverSettings> receivers = new ReceiversReader(home(http)).read(root);
            List<Topology> clusters = HazelcastReader.withMembers(ClustersReader.read(root), hazelcast);
            WatchdogSettings watchdog = WatchdogReader.read(root);
            boolean rehearse = root.flag("rehearse", true);
            return new Settings(
                    http,
                    rules,
                    store,
                    hazelcast,
                    telemetry,
                    host,
                    httpIntake,
                    busIntake,
                    probes,
                    receivers,
                    clusters,
                    watchdog,
                    rehearse);
        }
    }

    private RulesSettings rules() {
        try (Section section = root.section("rules")) {
            Path path = Path.of(section.text("path", "rules"));
            Duration stale = section.duration("stale_after", Duration.ofHours(24), Duration.ofMinutes(1));
            boolean watch = section.flag("watch", true);
            if (overrides.rules() != null) {
                path = overrides.rules();
                report.value("rules.path", path.toString(), new Place(Place.Source.COMMAND_LINE, "--rules", 0, 0));
            }
            Duration stuck = section.duration("stuck_after", Duration.ofSeconds(10), Duration.ofSeconds(1));
            return new RulesSettings(path, stale, watch, zone(section), stuck);
        }
    }

    private static ZoneId zone(Section section) {
        String zone = section.text("zone", "UTC");
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException none) {
            String near = NearMiss.of(zone, ZoneId.getAvailableZoneIds())
                    .map(name -> "; did you mean " + name + "?")
                    .orElse("");
            section.problem("zone", "\"" + zone + "\" is no time zone; allowed: UTC, Europe/Vienna, +02:00, …" + near);
            return ZoneOffset.UTC;
        }
    }

    private TelemetrySettings telemetry() {
        try (Section section = root.section("telemetry")) {
            Duration ttl = section.duration("default_ttl", Duration.ofSeconds(60), Duration.ofSeconds(1));
            int clusters = section.number("max_clusters", 2000, 1, 1_000_000);
            int series = section.number("max_series", 1_000_000, 1, 100_000_000);
            return new TelemetrySettings(ttl, recording(section), clusters, series);
        }
    }

    private RecordingSettings recording(Section section) {
        Path data = overrides.data() == null ? Path.of("data") : overrides.data();
        boolean enabled = section.flag("record", false);
        Path folder =
                Path.of(section.text("record_dir", data.resolve("recordings").toString()));
        int file = section.number("record_file_mb", 64, 1, 1024);
        int total = section.number("record_total_mb", 2048, 2, 10_000_000);
        if (total < 2 * file) {
            section.problem(
                    "record_total_mb",
                    total + " is less than two files of record_file_mb; allowed: " + 2 * file + " or more");
        }
        return new RecordingSettings(enabled, folder, file, total);
    }

    private HostSettings host(Section collect) {
        try (Section section = collect.section("host")) {
            boolean enabled = section.flag("enabled", true);
            Duration every = section.duration("every", Duration.ofSeconds(5), Duration.ofSeconds(1));
            String cluster = section.text("cluster", "default");
            return new HostSettings(enabled, every, cluster, section.text("node", HostName.find()));
        }
    }

    private HttpIntakeSettings httpIntake(Section collect) {
        try (Section section = collect.section("http")) {
            boolean enabled = section.flag("enabled", true);
            int body = section.number("max_body", 4 << 20, 1024, 256 << 20);
            return new HttpIntakeSettings(enabled, body, section.number("max_messages", 10_000, 1, 1_000_000));
        }
    }

    private BusIntakeSettings busIntake(Section collect) {
        try (Section section = collect.section("bus")) {
            return new BusIntakeSettings(section.flag("enabled", true));
        }
    }

    /** Where people find an alert: the API's own address, if it is known before the port is bound. */
    private static String home(HttpSettings http) {
        if (http.port() == 0) {
            return null;
        }
        boolean everywhere = http.host().equals("0.0.0.0") || http.host().equals("::");
        String host = everywhere ? HostName.find() : http.host();
        return (http.tls() == null ? "http://" : "https://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + http.port();
    }
}
