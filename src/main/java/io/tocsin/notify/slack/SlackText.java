package io.tocsin.notify.slack;

import io.tocsin.model.Text;

/** Text from outside made safe for Slack: it can neither mention anybody, nor link, nor steer, nor break its frame. */
final class SlackText {
    private SlackText() {}

    /**
     * Control characters made visible, {@code & < >} escaped (the only ones that Slack asks for), at most {@code max}
     * characters thereafter: an ellipsis stands for what was cut, and no entity or surrogate pair is cut in two.
     */
    static String escape(String text, int max) {
        String clean = text == null ? "" : Text.clean(text);
        StringBuilder out = new StringBuilder(Math.min(max, clean.length() + 16));
        int keep = 0; // where to cut back to, should it not fit: room for the ellipsis is left there
        for (int i = 0; i < clean.length(); ) {
            int point = clean.codePointAt(i);
            i += Character.charCount(point);
            String piece = entity(point);
            if (out.length() + piece.length() > max) {
                out.setLength(keep);
                return out.append('…').toString();
            }
            out.append(piece);
            if (out.length() < max) {
                keep = out.length();
            }
        }
        return out.toString();
    }

    /** As inline code, so that Slack's own marks in it mean nothing; a dash for nothing. */
    static String code(String text, int max) {
        String value = text == null || text.isBlank() ? "—" : text.replace('`', '\'');
        return "`" + escape(value, max - 2) + "`";
    }

    private static String entity(int point) {
        return switch (point) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> Character.toString(point);
        };
    }
}
