package io.tocsin.config;

import io.tocsin.collect.probe.ProbeSettings;
import io.tocsin.collect.probe.ProbeSettings.Target;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Reads {@code collect.probes}. */
final class ProbesReader {
    private static final List<String> TARGETS = List.of("http", "tcp", "dns", "command");

    private ProbesReader() {}

    static List<ProbeSettings> read(Section collect) {
        List<ProbeSettings> probes = new ArrayList<>();
        collect.entries("probes").forEach((name, entry) -> {
            try (entry) {
                probes.add(probe(name, entry));
            }
        });
        return probes;
    }

    private static ProbeSettings probe(String name, Section entry) {
        Names.check(name, entry);
        String node = entry.required("node", "name the node it looks at");
        String component = entry.required("component", "name the component it looks at");
        String cluster = entry.text("cluster", "default");
        Target target = target(entry);
        Duration every = entry.duration("every", Duration.ofSeconds(10), Duration.ofSeconds(1));
        Duration usual = Duration.ofSeconds(2);
        Duration timeout = entry.duration("timeout", every.compareTo(usual) < 0 ? every : usual, Duration.ofMillis(1));
        if (timeout.compareTo(every) > 0) {
            entry.problem("timeout", "is longer than every; allowed: up to " + io.tocsin.model.Text.duration(every));
        }
        return new ProbeSettings(name, cluster, node, component, target, every, timeout);
    }

    /** What is asked; null, after reporting it, if that is not exactly one thing. */
    private static Target target(Section entry) {
        List<String> chosen = TARGETS.stream().filter(entry::has).toList();
        Target http = http(entry, chosen.contains("http"));
        Target tcp = tcp(entry, chosen.contains("tcp"));
        Target dns = dns(entry, chosen.contains("dns"));
        Target command = command(entry, chosen.contains("command"));
        if (chosen.size() != 1) {
            entry.problem("set exactly one of http, tcp, dns and command, found "
                    + (chosen.isEmpty() ? "none" : String.join(" and ", chosen)));
        }
        return Stream.of(http, tcp, dns, command)
                .filter(target -> target != null)
                .findFirst()
                .orElse(null);
    }

    private static Target http(Section entry, boolean chosen) {
        String text = entry.text("http", null);
        int status = entry.number("status", 0, 100, 599);
        String body = entry.text("body", null);
        onlyWith(entry, chosen, "http", "status", "body");
        try {
            Pattern.compile(body == null ? "" : body);
        } catch (PatternSyntaxException e) {
            entry.problem("body", "is no regular expression: " + e.getDescription());
        }
        Optional<URI> url = text == null ? Optional.empty() : Addresses.web(text);
        if (text != null && url.isEmpty()) {
            entry.problem("http", "is no web address; write http://host/path or https://host/path");
        }
        return url.map(uri -> new ProbeSettings.Http(uri, status, body)).orElse(null);
    }

    private static Target tcp(Section entry, boolean chosen) {
        String text = entry.text("tcp", null);
        if (!chosen || text == null) {
            return null;
        }
        Optional<Addresses.HostPort> to = Addresses.hostPort(text);
        if (to.isEmpty()) {
            entry.problem("tcp", "is no host and port; write host:port, port 1 to 65535");
        }
        return to.map(at -> new ProbeSettings.Tcp(at.host(), at.port())).orElse(null);
    }

    private static Target dns(Section entry, boolean chosen) {
        String name = entry.text("dns", null);
        String expect = entry.text("expect", null);
        onlyWith(entry, chosen, "dns", "expect");
        return name == null ? null : new ProbeSettings.Dns(name, expect);
    }

    private static Target command(Section entry, boolean chosen) {
        List<String> words = entry.list("command", List.of());
        if (chosen && words.isEmpty()) {
            entry.problem("command", "is empty; write the program and its arguments, such as [pgrep, nginx]");
        }
        return words.isEmpty() ? null : new ProbeSettings.Command(words);
    }

    private static void onlyWith(Section entry, boolean chosen, String target, String... keys) {
        for (String key : keys) {
            if (!chosen && entry.has(key)) {
                entry.problem(key, "is for a probe with " + target + ":, which this one has not");
            }
        }
    }
}
