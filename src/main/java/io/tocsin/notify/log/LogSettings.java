package io.tocsin.notify.log;

import io.tocsin.notify.ReceiverSettings;
import java.time.Duration;

/**
 * A receiver of type {@code log}.
 *
 * @param name the name that rules route to
 */
public record LogSettings(String name) implements ReceiverSettings {
    @Override
    public String type() {
        return "log";
    }

    @Override
    public Rate rate() {
        return new Rate(10_000, Duration.ofSeconds(1));
    }
}
