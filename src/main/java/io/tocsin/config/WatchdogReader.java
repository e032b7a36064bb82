package io.tocsin.config;

import io.tocsin.model.Secret;
import io.tocsin.notify.watchdog.WatchdogSettings;
import java.time.Duration;

/** Reads {@code watchdog}: who is told, again and again, that the appliance works. */
final class WatchdogReader {
    private static final Duration EVERY = Duration.ofSeconds(60);

    private WatchdogReader() {}

    /** Null where nobody is to be told. */
    static WatchdogSettings read(Section root) {
        try (Section section = root.section("watchdog")) {
            Duration every = section.duration("every", EVERY, Duration.ofSeconds(1));
            if (!section.has("url") && !section.has("url_file")) {
                section.show("url", null);
                if (section.has("every")) {
                    section.problem("url", "is missing; write the address that is told, or name a file in url_file");
                }
                return null;
            }
            Secret url = section.secret("url", "write the address that is told");
            if (url == null) {
                return null;
            }
            Addresses.refusal(url.reveal())
                    .ifPresent(why -> section.problem(section.has("url") ? "url" : "url_file", why));
            return new WatchdogSettings(url, every);
        }
    }
}
