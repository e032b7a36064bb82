package io.tocsin.api;

import java.util.Set;

/**
 * What one stream shows.
 *
 * @param topics which kinds of event
 * @param cluster of this monitored cluster only; null for all
 * @param node about this node only; null for all
 * @param type readings of this type only or, without readings, alerts of this type; null for all
 */
record StreamFilter(Set<StreamTopic> topics, String cluster, String node, String type) {
    StreamFilter {
        topics = Set.copyOf(topics);
    }

    boolean has(StreamTopic topic) {
        return topics.contains(topic);
    }

    boolean wants(StreamEvent event) {
        if (!has(event.topic())) {
            return false;
        }
        boolean ofAlert = event.node() != null || event.type() != null;
        return is(cluster, event.cluster())
                && (!ofAlert || is(node, event.node()))
                && (!ofAlert || has(StreamTopic.READINGS) || is(type, event.type()));
    }

    /** An event about everything is for everybody. */
    private static boolean is(String wanted, String found) {
        return wanted == null || found == null || wanted.equals(found);
    }
}
