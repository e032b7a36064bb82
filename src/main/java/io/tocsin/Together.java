package io.tocsin;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.collect.host.HostSettings;
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
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.stream.LongStream;

/** What an appliance of several members needs beside the parts of one: who this member is, and who says that all is well. */
final class Together {
    private static final long OWNERS_BACK = 4;

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

    /** As the store knows this process: under the address at which other members see it. */
    static Holder holder(Settings settings) {
        HazelcastSettings bus = settings.hazelcast();
        return Holder.of(
                bus.enabled()
                        ? numeric(bus.host()) + ":" + bus.port()
                        : settings.host().node());
    }

    private static String numeric(String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException unknown) {
            // told when it is to be bound
            return host;
        }
    }

    /** Of several members now this one tells a receiver and now that one: how it is belongs to all of them together. */
    static ReceiverWatch receivers(
            Vertx vertx, Settings settings, Clock clock, MeterRegistry registry, Ownership ownership) {
        HostSettings host = settings.host();
        HostSettings whose = settings.store().shared()
                ? new HostSettings(host.enabled(), host.every(), host.cluster(), Members.CLUSTER)
                : host;
        return ReceiverWatch.begin(vertx, whose, clock, registry, ownership::sends);
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
                    public boolean put(String cluster, long epoch, int number, byte[] block) {
                        return blocks.put(place(cluster, epoch), number, block);
                    }

                    @Override
                    public List<byte[]> read(String cluster, long before) {
                        return owners(before)
                                .mapToObj(epoch -> blocks.read(place(cluster, epoch)))
                                .filter(left -> !left.isEmpty())
                                .findFirst()
                                .orElse(List.of());
                    }

                    @Override
                    public void clear(String cluster, long before) {
                        owners(before).forEach(epoch -> blocks.remove(place(cluster, epoch)));
                    }

                    /** The last few first: one that did not live for a second has left nothing. */
                    private LongStream owners(long before) {
                        return LongStream.rangeClosed(1, Math.min(OWNERS_BACK, before))
                                .map(back -> before - back);
                    }

                    private String place(String cluster, long epoch) {
                        return epoch + "|" + cluster;
                    }
                };
    }

    /** What this member is called. */
    static String name(Settings settings, Members members) {
        return members.name() == null ? settings.host().node() : members.name();
    }

    /** The member that owns the cluster {@code tocsin} is the one whose turn it is. */
    static WatchdogVerticle watchdog(Settings settings, Members members, MeterRegistry registry, Clock clock) {
        var site = new WatchdogVerticle.Site(
                name(settings, members), () -> members.ownership().mine(Members.CLUSTER), clock::instant);
        return new WatchdogVerticle(settings.watchdog(), site, registry);
    }
}
