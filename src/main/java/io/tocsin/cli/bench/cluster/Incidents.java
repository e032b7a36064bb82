package io.tocsin.cli.bench.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a receiver was told, beside what members had accepted: each node falls ill once, and recovers once it was told of.
 * For any number of threads.
 */
final class Incidents {
    private static final class Story {
        private final Set<String> open = new HashSet<>();
        private boolean ill;
        private boolean sayingWell;
        private boolean well;
        private int opened;
        private int repeated;
        private int early;
        private long openedAt;
    }

    /**
     * How it went.
     *
     * @param accepted nodes that were accepted as ill
     * @param opened nodes of which at least one incident was opened
     * @param lost incidents that were never opened, or never closed although the node was accepted as well
     * @param doubled incidents beyond the first of a node
     * @param repeated the same said again of an open incident, which shows as one
     * @param early incidents that were closed before anybody said that the node is well
     */
    record Count(int accepted, int opened, int lost, int doubled, int repeated, int early) {
        /** Whether nothing was lost, doubled or ended too early. */
        boolean good() {
            return lost == 0 && doubled == 0 && early == 0;
        }
    }

    private final Map<String, Story> stories = new HashMap<>();
    private final Map<String, String> nodes = new HashMap<>();

    private Story story(String node) {
        return stories.computeIfAbsent(node, any -> new Story());
    }

    /** A member accepted that a node is ill. */
    synchronized void ill(String node) {
        story(node).ill = true;
    }

    /** From now on the end of its incident is right. */
    synchronized void sayingWell(String node) {
        story(node).sayingWell = true;
    }

    /** A member accepted that a node is well. */
    synchronized void well(String node) {
        story(node).well = true;
    }

    /** The receiver was told that there is an incident. */
    synchronized void trigger(String key, String node, long nanos) {
        nodes.put(key, node);
        Story story = story(node);
        if (!story.open.add(key)) {
            story.repeated++;
        } else if (story.opened++ == 0) {
            story.openedAt = nanos;
        }
    }

    /** The receiver was told that an incident is over. */
    synchronized void resolve(String key) {
        Story story = story(nodes.getOrDefault(key, key));
        if (!story.open.remove(key)) {
            story.repeated++;
        } else if (!story.sayingWell) {
            story.early++;
        }
    }

    /** When the receiver first heard of a node, by {@code System.nanoTime}. */
    synchronized OptionalLong openedAt(String node) {
        Story story = stories.get(node);
        return story == null || story.opened == 0 ? OptionalLong.empty() : OptionalLong.of(story.openedAt);
    }

    /** Whether nothing more is to come. */
    synchronized boolean over() {
        return stories.values().stream().allMatch(one -> one.well && one.opened > 0 && one.open.isEmpty());
    }

    synchronized Count count() {
        int accepted = 0;
        int opened = 0;
        int lost = 0;
        int doubled = 0;
        int repeated = 0;
        int early = 0;
        for (Story one : stories.values()) {
            accepted += one.ill ? 1 : 0;
            opened += one.opened > 0 ? 1 : 0;
            lost += one.ill && one.opened == 0 || one.well && !one.open.isEmpty() ? 1 : 0;
            doubled += Math.max(0, one.opened - 1);
            repeated += one.repeated;
            early += one.early;
        }
        return new Count(accepted, opened, lost, doubled, repeated, early);
    }
}
