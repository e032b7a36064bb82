package io.tocsin.model;

import java.time.Instant;

/**
 * How an alert ended.
 *
 * @param at when
 * @param because the reason, one line for people
 * @param by who resolved it by hand; null when evidence, rules or time did
 */
public record Resolution(Instant at, String because, String by) {}
