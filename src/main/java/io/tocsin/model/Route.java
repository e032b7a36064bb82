package io.tocsin.model;

/**
 * A conclusion of a rule: this receiver hears of this alert.
 *
 * @param alertId the alert
 * @param receiver the receiver's name in config
 */
public record Route(String alertId, String receiver) {}
