package io.tocsin.store;

import java.util.UUID;

/**
 * One life of one process, as the store knows it: who holds clusters and receivers.
 *
 * @param name unique for each start, {@code place#3f2a91c04b7d}
 * @param place where people find it: {@code host:port} of the member, or the host's name
 */
public record Holder(String name, String place) {
    /** A new life at a place. */
    public static Holder of(String place) {
        return new Holder(
                place + "#" + UUID.randomUUID().toString().replace("-", "").substring(0, 12), place);
    }

    /** The place in a holder's name. */
    static String place(String name) {
        int end = name.lastIndexOf('#');
        return end < 0 ? name : name.substring(0, end);
    }
}
