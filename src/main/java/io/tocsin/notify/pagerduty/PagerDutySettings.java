package io.tocsin.notify.pagerduty;

import io.tocsin.model.Secret;
import io.tocsin.notify.ReceiverSettings;
import java.time.Duration;

/**
 * A receiver of type {@code pagerduty}.
 *
 * @param name the name that rules route to
 * @param routingKey the integration's key, 32 characters, a secret
 * @param url where events go, default {@code https://events.pagerduty.com/v2/enqueue}
 * @param link where people find an alert: the API's own address; null for no link
 */
public record PagerDutySettings(String name, Secret routingKey, String url, String link) implements ReceiverSettings {
    @Override
    public String type() {
        return "pagerduty";
    }

    /** PagerDuty takes 120 events a minute and key. */
    @Override
    public Rate rate() {
        return new Rate(100, Duration.ofMinutes(1));
    }
}
