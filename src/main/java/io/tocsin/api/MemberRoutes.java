package io.tocsin.api;

import io.tocsin.bus.Address;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Who is there, as the member that is asked sees it, and what each has. */
final class MemberRoutes {
    private static final DeliveryOptions SOON =
            new DeliveryOptions().setSendTimeout(5_000).setLocalOnly(true);

    private final EventBus bus;

    MemberRoutes(EventBus bus) {
        this.bus = bus;
    }

    void mount(Calls calls) {
        calls.get("/api/v1/members", this::members);
    }

    private void members(RoutingContext ctx) {
        QueryString.of(ctx);
        Answers.send(
                ctx,
                bus.<JsonObject>request(Address.MEMBERS, "", SOON)
                        .map(reply -> reply.body().getJsonObject("result")));
    }
}
