package io.tocsin.cli;

/** How many columns of a terminal a text takes. */
final class Columns {
    private static final int EMOJI_SELECTOR = 0xfe0f;

    private Columns() {}

    static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            boolean emoji = i < text.length() && text.charAt(i) == EMOJI_SELECTOR;
            width += emoji ? 2 : width(point);
        }
        return width;
    }

    /** The text with spaces up to a width. */
    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    /** As much of the text as fits, with an ellipsis if something does not. */
    static String cut(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && of(text.substring(0, end)) >= width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }

    private static int width(int point) {
        if (point == EMOJI_SELECTOR || Character.getType(point) == Character.NON_SPACING_MARK) {
            return 0;
        }
        boolean wide = (point >= 0x1100 && point <= 0x115f)
                || (point >= 0x2e80 && point <= 0xa4cf)
                || (point >= 0xac00 && point <= 0xd7a3)
                || (point >= 0xf900 && point <= 0xfaff)
                || (point >= 0xff00 && point <= 0xff60)
                || (point >= 0x1f300 && point <= 0x1faff)
                || point == 0x2705
                || point == 0x274c
                || point == 0x23eb
                || (point >= 0x20000 && point <= 0x3fffd);
        return wide ? 2 : 1;
    }
}
