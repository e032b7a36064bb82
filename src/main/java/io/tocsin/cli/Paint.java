package io.tocsin.cli;

/**
 * Colours a word, or leaves it as it is.
 *
 * @param on whether it does
 */
public record Paint(boolean on) {
    /** In red. */
    public String red(String text) {
        return in("31", text);
    }

    /** In green. */
    public String green(String text) {
        return in("32", text);
    }

    /** In amber. */
    public String amber(String text) {
        return in("33", text);
    }

    /** In cyan. */
    public String cyan(String text) {
        return in("36", text);
    }

    /** Bold. */
    public String bold(String text) {
        return in("1", text);
    }

    /** Faint. */
    public String faint(String text) {
        return in("2", text);
    }

    /** The colour of a severity or state, in its wire spelling. */
    public String by(String word, String text) {
        return switch (word) {
            case "critical", "firing", "unhealthy", "lost", "failed" -> red(text);
            case "warning", "degraded", "pending", "retry" -> amber(text);
            case "resolved", "healthy", "available", "sent" -> green(text);
            case "info", "acknowledged" -> cyan(text);
            default -> text;
        };
    }

    private String in(String code, String text) {
        return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
