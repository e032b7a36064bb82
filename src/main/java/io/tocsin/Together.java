package io.tocsin;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.config.Settings;
import io.tocsin.membership.Members;
import io.tocsin.membership.Self;
import io.tocsin.notify.watchdog.WatchdogVerticle;
import io.vertx.core.VertxOptions;
import java.time.Clock;

/** What an appliance of several members needs beside the parts of one: who this member is, and who says that all is well. */
final class Together {
    private Together() {}

    static Members members(Settings settings, VertxOptions options, MeterRegistry registry, Clock clock) {
        boolean shared = !settings.store().url().startsWith("sqlite:");
        Self self = Self.of(settings.host().node(), shared, clock::instant);
        return new Members(settings.hazelcast(), self, options, registry);
    }

    /** The member that owns the cluster {@code tocsin} is the one whose turn it is. */
    static WatchdogVerticle watchdog(Settings settings, Members members, MeterRegistry registry, Clock clock) {
        String name = members.name() == null ? settings.host().node() : members.name();
        var site = new WatchdogVerticle.Site(name, () -> members.ownership().mine(Members.CLUSTER), clock::instant);
        return new WatchdogVerticle(settings.watchdog(), site, registry);
    }
}
