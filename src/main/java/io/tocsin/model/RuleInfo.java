package io.tocsin.model;

/**
 * A rule as it is shown: what it is called, where it stands, what it says.
 *
 * @param ref name, file, line
 * @param family the folder, such as {@code threshold}
 * @param doc the comment before it, without comment marks; empty if there is none
 * @param text its DRL text from {@code rule} to {@code end}
 */
public record RuleInfo(RuleRef ref, String family, String doc, String text) {}
