package io.tocsin.cli;

/** Colours a word, or leaves it as it is. */
record Paint(boolean on) {
    String red(String text) {
        return in("31", text);
    }

    String green(String text) {
        return in("32", text);
    }

    String amber(String text) {
        return in("33", text);
    }

    String cyan(String text) {
        return in("36", text);
    }

    String bold(String text) {
        return in("1", text);
    }

    String faint(String text) {
        return in("2", text);
    }

    /** The colour of a severity or state, in its wire spelling. */
    String by(String word, String text) {
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
