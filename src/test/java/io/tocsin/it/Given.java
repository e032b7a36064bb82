package io.tocsin.it;

import io.vertx.core.json.JsonObject;

/** Messages that the tests send. */
final class Given {
    private Given() {}

    static JsonObject memory(String node, double percent) {
        return new JsonObject()
                .put("type", "resource_usage")
                .put("node", node)
                .put("resource_type", "memory")
                .put("usage_percent", percent);
    }

    static JsonObject component(String node, String component, String status) {
        return new JsonObject()
                .put("type", "component_health")
                .put("node", node)
                .put("component", component)
                .put("status", status);
    }
}
