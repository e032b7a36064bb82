package io.tocsin.api.access;

/** Somebody who may ask: a person or a program. */
sealed interface Account permits User, Token {
    String name();

    Role role();

    /** As its file has it. */
    String line();
}
