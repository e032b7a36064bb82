package io.tocsin.cli;

import io.tocsin.model.AlertState;
import io.tocsin.model.Severity;
import io.tocsin.model.Text;
import io.tocsin.model.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say which alerts are meant. */
final class AlertFilter {
    @Option(
            names = "--state",
            split = ",",
            paramLabel = "STATE",
            description = "pending, firing, acknowledged, resolved, or all; several with commas."
                    + " Default: all that are open.")
    private List<String> states = new ArrayList<>();

    @Option(
            names = "--severity",
            split = ",",
            paramLabel = "SEVERITY",
            description = "info, warning, critical; several with commas. Default: any.")
    private List<String> severities = new ArrayList<>();

    @Option(names = "--cluster", paramLabel = "NAME", description = "Of this monitored cluster only.")
    private String cluster;

    @Option(names = "--node", paramLabel = "NAME", description = "About this node only.")
    private String node;

    @Option(names = "--type", paramLabel = "TYPE", description = "Of this alert_type only, such as memory_usage.")
    private String type;

    /** The filter as the rest of a query, {@code &state=…}. */
    String query() {
        List<String> wanted = states.isEmpty()
                ? List.of("pending", "firing", "acknowledged")
                : states.contains("all") ? List.of() : checked("--state", states, AlertState.values());
        return part("state", String.join(",", wanted))
                + part("severity", String.join(",", checked("--severity", severities, Severity.values())))
                + part("cluster", cluster)
                + part("node", node)
                + part("alert_type", type);
    }

    private static List<String> checked(String option, List<String> words, Wire[] allowed) {
        List<String> spellings = Arrays.stream(allowed).map(Wire::wire).toList();
        for (String word : words) {
            if (!spellings.contains(word)) {
                throw Exit.cannot(option + " " + Text.clean(word) + ": allowed: " + String.join(", ", spellings));
            }
        }
        return words;
    }

    private static String part(String key, String value) {
        return value == null || value.isEmpty() ? "" : "&" + key + "=" + ApiClient.encode(value);
    }
}
