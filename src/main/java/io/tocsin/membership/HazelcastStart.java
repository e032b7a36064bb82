package io.tocsin.membership;

import static com.hazelcast.internal.networking.ChannelOption.DIRECT_BUF;
import static com.hazelcast.internal.networking.ChannelOption.SO_KEEPALIVE;
import static com.hazelcast.internal.networking.ChannelOption.SO_LINGER;
import static com.hazelcast.internal.networking.ChannelOption.SO_RCVBUF;
import static com.hazelcast.internal.networking.ChannelOption.SO_SNDBUF;
import static com.hazelcast.internal.networking.ChannelOption.TCP_KEEPCOUNT;
import static com.hazelcast.internal.networking.ChannelOption.TCP_KEEPIDLE;
import static com.hazelcast.internal.networking.ChannelOption.TCP_KEEPINTERVAL;
import static com.hazelcast.internal.networking.ChannelOption.TCP_NODELAY;
import static com.hazelcast.internal.server.ServerContext.KILO_BYTE;
import static com.hazelcast.spi.properties.ClusterProperty.SOCKET_BUFFER_DIRECT;
import static com.hazelcast.spi.properties.ClusterProperty.SOCKET_KEEP_ALIVE;
import static com.hazelcast.spi.properties.ClusterProperty.SOCKET_KEEP_COUNT;
import static com.hazelcast.spi.properties.ClusterProperty.SOCKET_KEEP_IDLE;
import static com.hazelcast.spi.properties.ClusterProperty.SOCKET_KEEP_INTERVAL;
import static com.hazelcast.spi.properties.ClusterProperty.SOCKET_LINGER_SECONDS;
import static com.hazelcast.spi.properties.ClusterProperty.SOCKET_NO_DELAY;
import static com.hazelcast.spi.properties.ClusterProperty.SOCKET_RECEIVE_BUFFER_SIZE;
import static com.hazelcast.spi.properties.ClusterProperty.SOCKET_SEND_BUFFER_SIZE;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.server.ServerContext;
import com.hazelcast.internal.server.tcp.ChannelInitializerFunction;
import com.hazelcast.internal.server.tcp.UnifiedProtocolDecoder;
import com.hazelcast.internal.server.tcp.UnifiedProtocolEncoder;
import com.hazelcast.spi.properties.HazelcastProperties;
import java.util.UUID;
import java.util.function.Function;

/**
 * Starts Hazelcast with one fault of 5.7.0 mended. A member that is frozen still gets connections, made by its kernel, but
 * never answers the first bytes. Whoever has something to send on such a connection spins on a thread that serves other
 * connections too: a core is burnt for as long as the member is frozen, and members that are well lose one another. Here
 * the connection rests until the answer comes.
 */
final class HazelcastStart {
    /** Where Vert.x looks for its name of a member. */
    private static final String VERTX_NODE = "__vertx.nodeId";

    private HazelcastStart() {}

    /** A member that has joined whom it found; blocks for as long as that takes. */
    static HazelcastInstance start(Config config) {
        config.getMemberAttributeConfig()
                .setAttribute(VERTX_NODE, UUID.randomUUID().toString());
        return HazelcastInstanceFactory.newHazelcastInstance(
                config, config.getInstanceName(), new DefaultNodeContext() {
                    @Override
                    public NodeExtension createNodeExtension(Node node) {
                        return new DefaultNodeExtension(node) {
                            @Override
                            public Function<EndpointQualifier, ChannelInitializer> createChannelInitializerFn(
                                    ServerContext context) {
                                ChannelInitializerFunction channels = new Channels(context, node.getConfig());
                                channels.init();
                                return channels;
                            }
                        };
                    }
                });
    }

    private static final class Channels extends ChannelInitializerFunction {
        private final ServerContext context;

        Channels(ServerContext context, Config config) {
            super(context, config);
            this.context = context;
        }

        @Override
        protected ChannelInitializer provideUnifiedChannelInitializer() {
            return this::initialize;
        }

        /** As Hazelcast's own does it, but for the encoder. */
        private void initialize(Channel channel) {
            HazelcastProperties given = context.properties();
            channel.options()
                    .setOption(DIRECT_BUF, given.getBoolean(SOCKET_BUFFER_DIRECT))
                    .setOption(TCP_NODELAY, given.getBoolean(SOCKET_NO_DELAY))
                    .setOption(SO_KEEPALIVE, given.getBoolean(SOCKET_KEEP_ALIVE))
                    .setOption(SO_SNDBUF, given.getInteger(SOCKET_SEND_BUFFER_SIZE) * KILO_BYTE)
                    .setOption(SO_RCVBUF, given.getInteger(SOCKET_RECEIVE_BUFFER_SIZE) * KILO_BYTE)
                    .setOption(SO_LINGER, given.getSeconds(SOCKET_LINGER_SECONDS))
                    .setOption(TCP_KEEPIDLE, given.getInteger(SOCKET_KEEP_IDLE))
                    .setOption(TCP_KEEPCOUNT, given.getInteger(SOCKET_KEEP_COUNT))
                    .setOption(TCP_KEEPINTERVAL, given.getInteger(SOCKET_KEEP_INTERVAL));
            UnifiedProtocolEncoder encoder = new RestingEncoder(context);
            channel.outboundPipeline().addLast(encoder);
            channel.inboundPipeline().addLast(new UnifiedProtocolDecoder(context, encoder));
        }
    }

    /** Waits for the other side's answer, which wakes it, where Hazelcast's own asks to be called again at once. */
    private static final class RestingEncoder extends UnifiedProtocolEncoder {
        RestingEncoder(ServerContext context) {
            super(context);
        }

        @Override
        public HandlerStatus onWrite() {
            HandlerStatus status = super.onWrite();
            return status == HandlerStatus.CLEAN ? HandlerStatus.BLOCKED : status;
        }
    }
}
