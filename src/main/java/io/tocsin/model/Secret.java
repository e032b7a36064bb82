package io.tocsin.model;

/** A value that never shows: a receiver's URL or key. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** A secret with this value. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    /** The text with every occurrence of the value replaced by stars, for messages that may quote it. */
    public String redact(String text) {
        return text == null || value.isEmpty() ? text : text.replace(value, "***");
    }

    @Override
    public String toString() {
        return "***";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
