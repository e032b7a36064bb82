package io.tocsin.reload;

import java.util.Locale;

/** What made somebody look at the rules again. */
enum Trigger {
    /** A file changed. */
    CHANGE,
    /** {@code POST /-/reload}. */
    HTTP,
    /** {@code SIGHUP}. */
    SIGNAL;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Trigger of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
