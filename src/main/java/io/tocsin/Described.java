package io.tocsin;

import io.tocsin.membership.Difference;
import io.tocsin.membership.SeenMember;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Members as JSON. */
final class Described {
    private Described() {}

    /** What a member says of itself, and what the others find. */
    static JsonObject member(SeenMember one) {
        return new JsonObject()
                .put("member", one.place())
                .put("node", one.foreign() ? null : one.node())
                .put("host", one.name())
                .put("state", one.foreign() ? "foreign" : one.state().wire())
                .put("version", one.version())
                .put("rule_hash", one.ruleHash())
                .put("since", one.since() == null ? null : one.since().toString())
                .put("clock_skew_seconds", seconds(one.skew()))
                .put(
                        "differs",
                        new JsonArray(one.differs().stream()
                                .map(Difference::wire)
                                .sorted()
                                .toList()));
    }

    /** To the millisecond; null for null. */
    static Double seconds(Duration duration) {
        return duration == null ? null : duration.toMillis() / 1000.0;
    }
}
