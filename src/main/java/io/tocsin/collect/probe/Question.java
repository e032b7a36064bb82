package io.tocsin.collect.probe;

import io.vertx.core.Future;

/** What a probe asks; keeps its own time limit. */
@FunctionalInterface
interface Question {
    /** Asks once. The future fails only when the question could not be asked; a bad answer is an {@link Answer}. */
    Future<Answer> ask();

    /** Gives up whatever it holds. */
    default void close() {}
}
