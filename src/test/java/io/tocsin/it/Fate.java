package io.tocsin.it;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What happens to one node, drawn by lot, act by act: its source says something else, or for a blink; people answer or
 * close its alert. Each act waits until it has had its effect, so whoever watches makes the same of it, however long it
 * takes. The source goes on saying what is so, and says again what nobody confirmed.
 */
final class Fate {
    private static final Duration EVERY = Duration.ofMillis(600);
    private static final Duration UNSETTLED = Duration.ofSeconds(2);

    /** What may happen. */
    enum Deed {
        /** The source says a word from now on. */
        TELL,
        /** It says another word and takes it back at once. */
        BLINK,
        /** A person answers. */
        ANSWER,
        /** The source falls silent and a person closes the alert. */
        CLOSE,
        /** Nothing, until something happened to those who watch. */
        LINGER
    }

    /** One act; the alerts that stand after it. */
    record Act(Deed deed, String word, Map<String, String> alerts) {}

    private final String cluster;
    private final String node;
    private final Ailment ailment;
    private final Deque<Act> acts;
    private final Random delivery;
    private final List<String> broken = new ArrayList<>();
    private Act act;
    private String word;
    private boolean done;
    private int disturbances;
    private JsonArray unconfirmed;
    private String unconfirmedWord;
    private Instant sendAt = Instant.MIN;
    private Instant closedAt = Instant.MIN;

    private Fate(String cluster, String node, Ailment ailment, List<Act> acts, long seed) {
        this.cluster = cluster;
        this.node = node;
        this.ailment = ailment;
        this.acts = new ArrayDeque<>(acts);
        this.delivery = new Random(seed);
        this.word = ailment.well();
        next(0);
    }

    /** The one that a seed gives. */
    static Fate draw(String cluster, String node, Ailment ailment, int length, long seed) {
        Random random = new Random(seed);
        List<Act> acts = new ArrayList<>();
        Map<String, String> alerts = Map.of();
        String word = ailment.well();
        boolean answered = false;
        for (int i = 0; i < length; i++) {
            Deed deed = Deed.values()[random.nextInt(100) < 55 ? 0 : 1 + random.nextInt(3)];
            if (alerts.isEmpty() && deed.compareTo(Deed.BLINK) > 0 || answered && deed == Deed.ANSWER) {
                deed = Deed.TELL;
            }
            if (deed == Deed.TELL) {
                word = ailment.other(word, random);
                Map<String, String> after = ailment.alerts(alerts, word);
                answered &= after.equals(alerts);
                alerts = after;
            } else if (deed == Deed.CLOSE) {
                acts.add(new Act(deed, word, Map.of()));
                acts.add(new Act(Deed.LINGER, word, Map.of()));
                deed = Deed.TELL;
                word = ailment.well();
                alerts = Map.of();
                answered = false;
            }
            answered |= deed == Deed.ANSWER;
            acts.add(new Act(deed, word, alerts));
        }
        if (random.nextInt(3) > 0) {
            acts.add(new Act(Deed.TELL, ailment.well(), Map.of()));
        }
        return new Fate(cluster, node, ailment, acts, seed);
    }

    private void next(int disturbed) {
        done = false;
        act = acts.poll();
        disturbances = disturbed;
        if (act != null && act.deed() == Deed.TELL) {
            word = act.word();
            sendAt = Instant.MIN;
        }
    }

    /** Goes on as far as it gets. */
    synchronized void step(Http door, List<JsonObject> alerts, Set<String> called, int disturbed) {
        try {
            speak(door);
            if (act != null) {
                List<JsonObject> open = mine(alerts);
                perform(door, open);
                if (done && hasHadItsEffect(open, called, disturbed)) {
                    next(disturbed);
                }
            }
        } catch (UncheckedIOException away) {
            // whoever it was is gone, and what became of it is not known
        } catch (RuntimeException | AssertionError unexpected) {
            broken.add(unexpected.toString());
        }
    }

    private void speak(Http door) {
        if (unconfirmed == null && silent() || Instant.now().isBefore(sendAt)) {
            return;
        }
        if (unconfirmed == null) {
            unconfirmedWord = word;
            unconfirmed = new JsonArray().add(now(word));
            if (delivery.nextInt(4) == 0) {
                // a message from before what is known: taken and dropped
                unconfirmed.add(now(ailment.other(word, delivery))
                        .put("timestamp", Instant.now().minusSeconds(200).toString()));
            }
        }
        if (confirmed(door, unconfirmed)) {
            if (delivery.nextInt(4) == 0) {
                confirmed(door, unconfirmed);
            }
            unconfirmed = null;
            sendAt = Instant.now().plus(EVERY);
            done |= act != null && act.deed() == Deed.TELL && unconfirmedWord.equals(word);
        }
    }

    /** Who closes an alert does it when its source is silent. */
    private boolean silent() {
        return act != null && (act.deed() == Deed.CLOSE || act.deed() == Deed.LINGER);
    }

    private JsonObject now(String said) {
        return ailment.message(node, said)
                .put("cluster", cluster)
                .put("timestamp", Instant.now().toString());
    }

    private boolean confirmed(Http door, JsonArray messages) {
        Http.Answer answer = door.post("/api/v1/telemetry", "application/json", messages.encode());
        if (answer.status() != 202 && answer.status() != 503) {
            broken.add("sending: " + answer);
        }
        return answer.status() == 202;
    }

    private void perform(Http door, List<JsonObject> open) {
        if (done || unconfirmed != null) {
            return;
        }
        switch (act.deed()) {
            case BLINK -> {
                JsonArray both = new JsonArray().add(now(ailment.blink(act.alerts(), word)));
                done = confirmed(door, both.add(now(word)));
            }
            case ANSWER -> {
                JsonObject answer =
                        new JsonObject().put("acknowledged_by", "ann").put("ack_message", "on it");
                open.stream()
                        .filter(one -> one.getString("state").equals("firing"))
                        .forEach(one -> command(door, one, "ack", answer));
                done = !open.isEmpty()
                        && open.stream().allMatch(one -> one.getString("state").equals("acknowledged"));
            }
            case CLOSE -> close(door, open);
            default -> done |= act.deed() == Deed.LINGER;
        }
    }

    private void close(Http door, List<JsonObject> open) {
        if (closedAt.equals(Instant.MIN)) {
            JsonArray last = new JsonArray().add(now(word).put("ttl", "1s"));
            closedAt = confirmed(door, last) ? Instant.MAX : Instant.MIN;
        } else if (open.isEmpty()) {
            closedAt = Instant.now();
            done = true;
        } else {
            JsonObject by = new JsonObject().put("resolved_by", "ann");
            open.forEach(one -> command(door, one, "resolve", by));
        }
    }

    private void command(Http door, JsonObject alert, String what, JsonObject body) {
        Http.Answer answer = door.post("/api/v1/alerts/" + alert.getString("id") + "/" + what, body);
        // resolving what is fresh is a conflict, and so is resolving again what is resolved
        boolean conflict = answer.status() == 409 && what.equals("resolve");
        if (answer.status() != 200 && answer.status() != 503 && !conflict) {
            broken.add(what + ": " + answer);
        }
    }

    private List<JsonObject> mine(List<JsonObject> alerts) {
        return alerts.stream()
                .filter(one -> !one.getString("state").equals("resolved")
                        && one.getString("node").equals(node)
                        && one.getString("alert_type").startsWith(ailment == Ailment.MEMORY ? "memory" : "component"))
                .toList();
    }

    private boolean hasHadItsEffect(List<JsonObject> open, Set<String> called, int disturbed) {
        Map<String, String> standing = new HashMap<>();
        boolean told = true;
        for (JsonObject one : open) {
            boolean pending = one.getString("state").equals("pending");
            standing.put(one.getString("alert_type"), pending ? "pending" : one.getString("severity"));
            told &= !one.getString("severity").equals("critical") || called.contains(one.getString("id"));
        }
        boolean effect = told && standing.equals(act.alerts());
        if (effect && act.deed() == Deed.LINGER) {
            effect = disturbed < 0 || disturbed > disturbances;
        }
        if (effect && act.deed() != Deed.CLOSE) {
            closedAt = act.deed() == Deed.LINGER ? closedAt : Instant.MIN;
        }
        return effect;
    }

    /** Whether something was done of which nobody but its owner knows yet, and nothing says it again. */
    synchronized boolean unsettled() {
        return closedAt.equals(Instant.MAX)
                || !closedAt.equals(Instant.MIN) && Instant.now().isBefore(closedAt.plus(UNSETTLED));
    }

    synchronized boolean over() {
        return act == null;
    }

    /** What went otherwise than it should. */
    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    @Override
    public synchronized String toString() {
        return cluster + "/" + node + " " + ailment + " says " + word + ", at " + act + ", then " + acts + " " + broken;
    }
}
