package io.tocsin.evaluate.why;

import io.tocsin.model.Wire;

/** What is found of one part of a rule. */
public enum Verdict implements Wire {
    /** It is so. */
    HOLDS,
    /** It is not so. */
    FAILS,
    /** Nobody can say: it needs something that an earlier part did not find, or it throws. */
    UNKNOWN;

    static Verdict of(boolean holds) {
        return holds ? HOLDS : FAILS;
    }
}
