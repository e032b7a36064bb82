package io.tocsin.reload;

import io.vertx.core.json.JsonObject;

/**
 * What became of the lanes.
 *
 * @param clusters how many monitored clusters went on under the new rules
 * @param failed how many did not stand the change and are taken up again from the store, under the new rules too
 * @param pauseMillis the longest time for which one of them was not evaluated, milliseconds
 */
record Lanes(int clusters, int failed, double pauseMillis) {
    /** They were not asked, or did not answer. */
    static final Lanes NONE = new Lanes(0, 0, 0);

    static Lanes of(JsonObject reply) {
        return new Lanes(reply.getInteger("clusters"), reply.getInteger("failed"), reply.getDouble("pause_ms"));
    }
}
