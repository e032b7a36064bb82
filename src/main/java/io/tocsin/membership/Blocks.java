package io.tocsin.membership;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
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

    private final IMap<String, byte[]> map;

    Blocks(HazelcastInstance hazelcast) {
        map = hazelcast.getMap(MAP);
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

    /** The blocks of a name, from the first to the one after which there is none. */
    public List<byte[]> read(String name) {
        List<byte[]> blocks = new ArrayList<>();
        try {
            for (int number = 0; number < MOST; number++) {
                byte[] block = await(map.getAsync(key(name, number)));
                if (block == null) {
                    break;
                }
                blocks.add(block);
            }
        } catch (TimeoutException | ExecutionException | RuntimeException fault) {
            log.debug("blocks of {} are not read: {}", Text.clean(name), Text.clean(fault.toString()));
        }
        return blocks;
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
