package io.tocsin.model;

/**
 * Where a rule stands.
 *
 * @param name the rule's name
 * @param file its file below the rules folder, such as {@code threshold/memory.drl}
 * @param line the line of its {@code rule} keyword, from 1
 */
public record RuleRef(String name, String file, int line) {
    /** {@code file:line}. */
    public String place() {
        return file + ":" + line;
    }
}
