package io.tocsin.membership;

import java.util.Locale;

/** In what a member may not agree with the others. */
public enum Difference {
    /** Its rules are not those of most; it owns nothing meanwhile. */
    RULES,
    /** It is of another version than most. */
    VERSION,
    /** Its clock is more than two seconds off. */
    CLOCK,
    /** It has the name of an older member on another address: readings of two hosts would be mixed up. */
    NAME,
    /** Its store is its own, so the others neither see nor keep its alerts. */
    STORE;

    /** The word in metrics and readings: {@code rules}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
