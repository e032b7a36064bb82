package io.tocsin.collect.http;

/**
 * Section {@code collect.http}.
 *
 * @param enabled whether telemetry is taken by HTTP
 * @param maxBody the largest body, bytes, default 4 MiB
 * @param maxMessages the most messages in one body, default 10000
 */
public record HttpIntakeSettings(boolean enabled, int maxBody, int maxMessages) {}
