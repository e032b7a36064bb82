package io.tocsin.config;

import io.tocsin.model.Secret;
import io.tocsin.notify.ReceiverSettings;
import io.tocsin.notify.log.LogSettings;
import io.tocsin.notify.pagerduty.PagerDutySettings;
import io.tocsin.notify.slack.SlackSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code receivers}. The log is always among them. */
final class ReceiversReader {
    private static final List<String> TYPES = List.of("log", "slack", "pagerduty");
    private static final String PAGERDUTY = "https://events.pagerduty.com/v2/enqueue";
    private static final int ROUTING_KEY_LENGTH = 32;

    private final String home;

    /** {@code home} is the API's own address, to which messages link; null if it is not known yet. */
    ReceiversReader(String home) {
        this.home = home;
    }

    List<ReceiverSettings> read(Section root) {
        Map<String, Section> entries = root.entries("receivers");
        List<ReceiverSettings> receivers = new ArrayList<>();
        if (!entries.containsKey("log")) {
            receivers.add(new LogSettings("log"));
        }
        entries.forEach((name, entry) -> {
            ReceiverSettings receiver = receiver(name, entry);
            if (receiver != null) {
                receivers.add(receiver);
            }
        });
        return receivers;
    }

    private ReceiverSettings receiver(String name, Section entry) {
        Names.check(name, entry);
        // a receiver that is called like its type need not say it
        String type = entry.text("type", TYPES.contains(name) ? name : "");
        if (!TYPES.contains(type)) {
            entry.problem(
                    "type",
                    type.isEmpty()
                            ? "is missing; allowed: " + String.join(", ", TYPES)
                            : "unknown type " + type + NearMiss.hint(type, TYPES));
            return null;
        }
        try (entry) {
            return switch (type) {
                case "slack" -> slack(name, entry);
                case "pagerduty" -> pagerDuty(name, entry);
                default -> new LogSettings(name);
            };
        }
    }

    private SlackSettings slack(String name, Section entry) {
        Secret url = entry.secret("url", "write the incoming webhook's address");
        if (url != null) {
            Addresses.refusal(url.reveal()).ifPresent(why -> entry.problem(entry.has("url") ? "url" : "url_file", why));
        }
        return new SlackSettings(name, url, link(entry));
    }

    private PagerDutySettings pagerDuty(String name, Section entry) {
        Secret key = entry.secret("routing_key", "write the integration's key");
        if (key != null && key.reveal().length() != ROUTING_KEY_LENGTH) {
            entry.problem(
                    entry.has("routing_key") ? "routing_key" : "routing_key_file",
                    "has " + key.reveal().length() + " characters; allowed: exactly " + ROUTING_KEY_LENGTH);
        }
        String url = entry.text("url", PAGERDUTY);
        Addresses.refusal(url).ifPresent(why -> entry.problem("url", why));
        return new PagerDutySettings(name, key, url, link(entry));
    }

    private String link(Section entry) {
        String link = entry.text("link", home);
        if (link == null || link.equals("none")) {
            return null;
        }
        if (Addresses.web(link).isEmpty()) {
            entry.problem("link", "is no web address; write https://host:port, or none");
        }
        return link.endsWith("/") ? link.substring(0, link.length() - 1) : link;
    }
}
