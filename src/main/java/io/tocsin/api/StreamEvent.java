package io.tocsin.api;

import io.vertx.core.buffer.Buffer;

/**
 * One event as it goes out.
 *
 * @param topic who hears of it
 * @param cluster the monitored cluster; null if it is about all
 * @param node the node of an alert, empty if that has none; null for other events
 * @param type the type of an alert; null for other events
 * @param text the lines of the event with the empty one after them, UTF-8
 */
record StreamEvent(StreamTopic topic, String cluster, String node, String type, Buffer text) {
    static Buffer text(String id, String name, Buffer data) {
        return Buffer.buffer(data.length() + 64)
                .appendString("id: " + id + "\nevent: " + name + "\ndata: ")
                .appendBuffer(data)
                .appendString("\n\n");
    }
}
