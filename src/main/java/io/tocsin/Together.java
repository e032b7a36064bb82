package io.tocsin;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.config.Settings;
import io.tocsin.lane.Shelf;
import io.tocsin.membership.Blocks;
import io.tocsin.membership.HazelcastSettings;
import io.tocsin.membership.Members;
import io.tocsin.membership.Ownership;
import io.tocsin.membership.Self;
import io.tocsin.notify.LastLook;
import io.tocsin.notify.ReceiverSettings;
import io.tocsin.notify.watchdog.WatchdogVerticle;
import io.tocsin.store.Holder;
import io.tocsin.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Clock;
import java.util.List;

/** What an appliance of several members needs beside the parts of one: who this member is, and who says that all is well. */
final class Together {
    private Together() {}

    static Members members(Settings settings, Store store, MeterRegistry registry, Clock clock) {
        boolean shared = settings.store().shared();
        Self self = Self.of(settings.host().node(), shared, clock::instant).knowing(store::alive);
        return new Members(settings.hazelcast(), self, options(), registry);
    }

    /** Nothing is read through Vert.x' file cache, whose folder a killed process would leave behind. */
    private static VertxOptions options() {
        FileSystemOptions files =
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        return new VertxOptions().setPreferNativeTransport(true).setFileSystemOptions(files);
    }

    /** As the store knows this process. */
    static Holder holder(Settings settings) {
        HazelcastSettings bus = settings.hazelcast();
        return Holder.of(
                bus.enabled() ? bus.host() + ":" + bus.port() : settings.host().node());
    }

    /** Whether it is this process that tells a receiver, as the store knows it. */
    static LastLook lastLook(Store store, ReceiverSettings receiver) {
        return () -> Future.fromCompletionStage(store.tells(receiver.name()));
    }

    /** Where members leave readings for one another. */
    static Shelf shelf(Members members) {
        Blocks blocks = members.blocks();
        Ownership ownership = members.ownership();
        return blocks == null
                ? Shelf.NONE
                : new Shelf() {
                    @Override
                    public boolean used() {
                        return ownership.members().size() > 1;
                    }

                    @Override
                    public boolean put(String cluster, int number, byte[] block) {
                        return blocks.put(cluster, number, block);
                    }

                    @Override
                    public List<byte[]> read(String cluster) {
                        return blocks.read(cluster);
                    }
                };
    }

    /** The member that owns the cluster {@code tocsin} is the one whose turn it is. */
    static WatchdogVerticle watchdog(Settings settings, Members members, MeterRegistry registry, Clock clock) {
        String name = members.name() == null ? settings.host().node() : members.name();
        var site = new WatchdogVerticle.Site(name, () -> members.ownership().mine(Members.CLUSTER), clock::instant);
        return new WatchdogVerticle(settings.watchdog(), site, registry);
    }
}
