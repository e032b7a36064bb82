package io.tocsin.model;

/** Telemetry without a series: it happened, it is kept or counted, it is no fact. */
public sealed interface Event extends Telemetry permits Timing, DebugTrace, SystemState {}
