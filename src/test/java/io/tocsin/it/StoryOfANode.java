package io.tocsin.it;

import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One node whose memory fills up, until somebody answers at level 1 or above and it recovers; as its source and its people
 * live it: they try again when nobody answers. Remembers what was promised and looks whether it stays true.
 */
final class StoryOfANode {
    private static final List<String> STATES = List.of("", "pending", "firing", "acknowledged", "resolved");

    private final Supplier<Http> door;
    private final String node;
    private final Instant begin;
    private final List<String> broken = new ArrayList<>();
    private String id;
    private int promised;
    private int promisedLevel;
    private boolean recovers;
    private Instant sendAgain = Instant.MIN;

    /** Begins after a delay. */
    StoryOfANode(Http http, String node, Duration delay) {
        this(() -> http, node, delay);
    }

    /** The same with whoever lets it in at the moment. */
    StoryOfANode(Supplier<Http> door, String node, Duration delay) {
        this.door = door;
        this.node = node;
        this.begin = Instant.now().plus(delay);
    }

    /** Looks, and does what is next. A process that is away makes it do nothing. */
    synchronized void step() {
        if (Instant.now().isBefore(begin) || over()) {
            return;
        }
        try {
            look();
            act();
        } catch (UncheckedIOException away) {
            sendAgain = Instant.MIN;
        } catch (RuntimeException | AssertionError unexpected) {
            broken.add(unexpected.toString());
        }
    }

    private void look() {
        List<JsonObject> alerts = door.get().alerts("&node=" + node);
        if (alerts.size() > 1) {
            broken.add("two lives: " + alerts);
        }
        if (alerts.isEmpty()) {
            promise(0, 0, "no alert");
            return;
        }
        JsonObject alert = alerts.get(0);
        if (id != null && !id.equals(alert.getString("id"))) {
            broken.add("another life " + alert.getString("id"));
        }
        id = alert.getString("id");
        promise(STATES.indexOf(alert.getString("state")), alert.getInteger("escalation_level"), alert.encode());
    }

    private void promise(int state, int level, String found) {
        if (state < promised || level < promisedLevel) {
            broken.add("promised " + STATES.get(promised) + " at level " + promisedLevel + ", found " + found);
        }
        promised = Math.max(promised, state);
        promisedLevel = Math.max(promisedLevel, level);
    }

    private void act() {
        if (promised == 2 && promisedLevel >= 1) {
            JsonObject ack = new JsonObject().put("acknowledged_by", "ann").put("ack_message", "on it");
            int status = door.get().post("/api/v1/alerts/" + id + "/ack", ack).status();
            if (status == 200) {
                promised = 3;
            } else if (status != 503) {
                broken.add("answering: " + status);
            }
        }
        recovers |= promised >= 3;
        if (Instant.now().isAfter(sendAgain)) {
            int status = door.get()
                    .post("/api/v1/telemetry", Given.memory(node, recovers ? 50 : 97))
                    .status();
            if (status == 202) {
                promised = Math.max(promised, 1);
                sendAgain = Instant.now().plusSeconds(1);
            } else if (status != 503) {
                broken.add("sending: " + status);
            }
        }
    }

    synchronized boolean over() {
        return promised == 4;
    }

    /** Promises that were not kept. */
    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    String node() {
        return node;
    }

    /** The alert's id. */
    synchronized String alert() {
        return id;
    }

    @Override
    public synchronized String toString() {
        return node + " (" + id + ") " + STATES.get(promised) + " at level " + promisedLevel + " " + broken;
    }
}
