package io.tocsin.config;

import java.util.regex.Pattern;

/** How entries may be called. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    private Names() {}

    /** Reports an entry whose name could not be shown, routed to or set from outside. */
    static void check(String name, Section entry) {
        if (!NAME.matcher(name).matches()) {
            entry.problem("is no name; allowed: 1 to 64 letters, digits, _, - and ., a letter or digit first");
        }
    }
}
