package io.tocsin.membership;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.tocsin.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbered blocks of bytes under a name, kept in the memory of two members each. What cannot be done within a second is
 * not done. Blocks; any thread.
 */
public final class Blocks {
    /** The Hazelcast map. */
    static final String MAP = "tocsin.blocks";

    private static final Logger log = LoggerFactory.getLogger(Blocks.class);
    private static final long WITHIN_MS = 1000;
    private static final int MOST = 4096;

    private static final Object NOT_OURS = "";

    private final IMap<String, byte[]> map;
    private final IMap<String, Object> foreign;

    Blocks(HazelcastInstance hazelcast) {
        map = hazelcast.getMap(MAP);
        foreign = hazelcast.getMap(MAP);
    }

    /** Keeps a block in place of the one with its number. Returns whether that worked. */
    public boolean put(String name, int number, byte[] block) {
        try {
            await(map.setAsync(key(name, number), block));
            return true;
        } catch (TimeoutException | ExecutionException | RuntimeException fault) {
            log.debug("block {} of {} is not kept: {}", number, Text.clean(name), Text.clean(fault.toString()));
            return false;
        }
    }

    /** The blocks of a name, from the first to the one after which there is none; what is no block counts as an empty one. */
    public List<byte[]> read(String name) {
        List<byte[]> blocks = new ArrayList<>();
        try {
            for (int number = 0; number < MOST; number++) {
                Object block = block(key(name, number));
                if (block == null) {
                    break;
                }
                blocks.add(block instanceof byte[] bytes ? bytes : new byte[0]);
            }
        } catch (TimeoutException | ExecutionException | RuntimeException fault) {
            log.debug("blocks of {} are not read: {}", Text.clean(name), Text.clean(fault.toString()));
        }
        return blocks;
    }

    /** What is kept under a name may go. */
    public void remove(String name) {
        try {
            for (int number = 0; number < MOST && block(key(name, number)) != null; number++) {
                await(map.deleteAsync(key(name, number)));
            }
        } catch (TimeoutException | ExecutionException | RuntimeException fault) {
            log.debug("blocks of {} are kept: {}", Text.clean(name), Text.clean(fault.toString()));
        }
    }

    private Object block(String key) throws ExecutionException, TimeoutException {
        try {
            return await(foreign.getAsync(key));
        } catch (ExecutionException fault) {
            // anybody in the cluster may have put something there that cannot be read here
            if (fault.getCause() instanceof HazelcastSerializationException) {
                return NOT_OURS;
            }
            throw fault;
        } catch (HazelcastSerializationException unreadable) {
            return NOT_OURS;
        }
    }

    private static String key(String name, int number) {
        return number + "|" + name;
    }

    private static <T> T await(CompletionStage<T> stage) throws ExecutionException, TimeoutException {
        try {
            return stage.toCompletableFuture().get(WITHIN_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
    }
}
