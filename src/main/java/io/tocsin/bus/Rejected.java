package io.tocsin.bus;

/**
 * A message that was not taken.
 *
 * @param index its place in the body, from 0; of NDJSON, among the lines that are not blank
 * @param error where, what was found and what is allowed; safe to print
 */
public record Rejected(int index, String error) {}
