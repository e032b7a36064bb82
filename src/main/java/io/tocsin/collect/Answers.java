package io.tocsin.collect;

import io.tocsin.bus.Decoded;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a sender of telemetry is told. */
public final class Answers {
    private Answers() {}

    /** {@code {accepted, rejected: [{index, error}]}}. */
    public static JsonObject of(Decoded decoded) {
        JsonArray rejected = new JsonArray();
        decoded.rejected()
                .forEach(one ->
                        rejected.add(new JsonObject().put("index", one.index()).put("error", one.error())));
        return new JsonObject().put("accepted", decoded.accepted().size()).put("rejected", rejected);
    }

    /** The same shape for a body of which nothing was valid, with the reason. */
    public static JsonObject nothing(String error) {
        return new JsonObject()
                .put("accepted", 0)
                .put("rejected", new JsonArray())
                .put("error", error);
    }
}
