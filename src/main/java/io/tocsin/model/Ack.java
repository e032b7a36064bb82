package io.tocsin.model;

import java.time.Instant;

/**
 * Somebody answered an alert.
 *
 * @param at when
 * @param by who
 * @param message what they said; empty if nothing
 * @param expiresAt when the ladder resumes; null for never
 * @param auto whether a rule or an integration answered rather than a person
 */
public record Ack(Instant at, String by, String message, Instant expiresAt, boolean auto) {}
