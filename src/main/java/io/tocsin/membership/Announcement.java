package io.tocsin.membership;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/**
 * What a member says of itself to the others, as JSON text in a replicated map.
 *
 * @param place {@code host:port}
 * @param node the same as the member list of config writes it
 * @param name the host it runs on, for people
 * @param version of Tocsin
 * @param ruleHash the rules it runs
 * @param state starting, ready or draining
 * @param shared whether others can reach its store
 * @param since when it started, by its own clock
 */
record Announcement(
        String place,
        String node,
        String name,
        String version,
        String ruleHash,
        MemberState state,
        boolean shared,
        Instant since) {
    /** Longer ones are not ours. */
    static final int LONGEST = 4096;

    /** It is no announcement; the message says why in one or two words, for a counter. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String reason) {
            super(reason, null, false, false);
        }
    }

    Announcement with(String ruleHash, MemberState state) {
        return new Announcement(place, node, name, version, ruleHash, state, shared, since);
    }

    String text() {
        return new JsonObject()
                .put("place", place)
                .put("node", node)
                .put("name", name)
                .put("version", version)
                .put("rule_hash", ruleHash)
                .put("state", state.wire())
                .put("shared", shared)
                .put("since", since.toString())
                .encode();
    }

    /**
     * Reads what stands in the map; anybody in the cluster may have written it.
     *
     * @param raw anything
     * @param place where the member that it stands for really is
     */
    static Announcement read(Object raw, String place) throws Unusable {
        if (!(raw instanceof String text)) {
            throw new Unusable("type");
        }
        if (text.length() > LONGEST) {
            throw new Unusable("length");
        }
        try {
            JsonObject json = new JsonObject(text);
            if (!place.equals(json.getValue("place"))) {
                throw new Unusable("place");
            }
            return new Announcement(
                    place,
                    Missed.field(json, "node"),
                    Missed.field(json, "name"),
                    Missed.field(json, "version"),
                    Missed.field(json, "rule_hash"),
                    state(Missed.field(json, "state")),
                    json.getBoolean("shared", false),
                    Instant.parse(Missed.field(json, "since")));
        } catch (DecodeException | ClassCastException | DateTimeException e) {
            throw new Unusable("shape");
        }
    }

    private static MemberState state(String word) throws Unusable {
        return Arrays.stream(MemberState.values())
                .filter(one -> one.announced() && one.wire().equals(word))
                .findFirst()
                .orElseThrow(() -> new Unusable("shape"));
    }
}
