package io.tocsin.model;

import java.util.HexFormat;

/**
 * What makes two findings the same trouble; at most one alert of a key is open at a time.
 *
 * @param cluster the monitored cluster
 * @param alertType the kind of trouble, such as {@code memory_usage}
 * @param subject what it is about: a node, a node's component or check, a cluster
 */
public record AlertKey(String cluster, String alertType, String subject) {
    /** {@code cluster/alert_type/subject}. */
    @Override
    public String toString() {
        return cluster + "/" + alertType + "/" + subject;
    }

    /**
     * The id of one life of this key: 12 hex digits of the key's hash, a dash, the number of the life. Two members that
     * open the same life give it the same id, so receivers that deduplicate by id see one alert.
     *
     * @param life 1 for the first
     */
    public String id(long life) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        return HexFormat.of().toHexDigits(hash >>> 16, 12) + "-" + life;
    }
}
