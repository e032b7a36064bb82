package io.tocsin.notify.slack;

import io.tocsin.model.Secret;
import io.tocsin.notify.ReceiverSettings;
import java.time.Duration;

/**
 * A receiver of type {@code slack}.
 *
 * @param name the name that rules route to
 * @param url the incoming webhook's address, which is a secret
 * @param link where people find an alert: the API's own address; null for no link
 */
public record SlackSettings(String name, Secret url, String link) implements ReceiverSettings {
    @Override
    public String type() {
        return "slack";
    }

    /** Slack takes one message a second and webhook. */
    @Override
    public Rate rate() {
        return new Rate(1, Duration.ofSeconds(1));
    }
}
