package io.tocsin.cli.bench.cluster;

import io.tocsin.cli.bench.Result;
import io.vertx.core.json.JsonObject;

/**
 * A measurement and what it should come to.
 *
 * @param result what came out
 * @param figure the figure that counts; null if there is no target
 * @param target what it should be
 * @param most whether it should be at most that; else at least
 */
record Row(Result result, String figure, double target, boolean most) {
    static Row of(Result result) {
        return new Row(result, null, 0, true);
    }

    static Row atMost(Result result, String figure, double target) {
        return new Row(result, figure, target, true);
    }

    static Row atLeast(Result result, String figure, double target) {
        return new Row(result, figure, target, false);
    }

    /** Whether there is a target, and something to compare with it. */
    boolean judged() {
        return figure != null && !Double.isNaN(result.figure(figure));
    }

    boolean met() {
        return most ? result.figure(figure) <= target : result.figure(figure) >= target;
    }

    JsonObject json() {
        JsonObject row = result.json();
        return judged()
                ? row.put(
                        "target",
                        new JsonObject()
                                .put("figure", figure)
                                .put(most ? "at_most" : "at_least", target)
                                .put("met", met()))
                : row;
    }
}
