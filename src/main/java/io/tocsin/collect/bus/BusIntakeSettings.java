package io.tocsin.collect.bus;

/**
 * Section {@code collect.bus}.
 *
 * @param enabled whether telemetry is taken from {@code tocsin.telemetry}
 */
public record BusIntakeSettings(boolean enabled) {}
