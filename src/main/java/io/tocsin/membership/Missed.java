package io.tocsin.membership;

import io.tocsin.model.Text;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The members that were there and are not: who left in good order and who is lost, for a day. */
final class Missed {
    private static final Duration MEMORY = Duration.ofDays(1);
    private static final int MOST = 256;
    private static final int LONGEST = 200_000;
    private static final int LONGEST_FIELD = 300;

    private final Map<String, SeenMember> byNode = new LinkedHashMap<>();

    void add(SeenMember member) {
        byNode.remove(member.node());
        byNode.put(member.node(), member);
        while (byNode.size() > MOST) {
            byNode.remove(byNode.keySet().iterator().next());
        }
    }

    /** What another member knows counts where nothing is known here. */
    void learn(List<SeenMember> others) {
        others.stream().filter(one -> !byNode.containsKey(one.node())).forEach(this::add);
    }

    void forget(Collection<String> nodesPresent, Instant now) {
        byNode.keySet().removeAll(nodesPresent);
        byNode.values().removeIf(one -> one.since().plus(MEMORY).isBefore(now));
    }

    List<SeenMember> all() {
        return List.copyOf(byNode.values());
    }

    String text() {
        JsonArray all = new JsonArray();
        byNode.values()
                .forEach(one -> all.add(new JsonObject()
                        .put("place", one.place())
                        .put("node", one.node())
                        .put("name", one.name())
                        .put("version", one.version())
                        .put("rule_hash", one.ruleHash())
                        .put("state", one.state().wire())
                        .put("since", one.since().toString())));
        return all.encode();
    }

    /** Reads what another member wrote, or anybody. */
    static List<SeenMember> read(Object raw) throws Announcement.Unusable {
        if (!(raw instanceof String text)) {
            throw new Announcement.Unusable("type");
        }
        if (text.length() > LONGEST) {
            throw new Announcement.Unusable("length");
        }
        try {
            List<SeenMember> members = new ArrayList<>();
            for (Object one : new JsonArray(text)) {
                members.add(member((JsonObject) one));
            }
            return members.size() > MOST ? members.subList(0, MOST) : members;
        } catch (DecodeException | ClassCastException | DateTimeException e) {
            throw new Announcement.Unusable("shape");
        }
    }

    private static SeenMember member(JsonObject json) throws Announcement.Unusable {
        String state = field(json, "state");
        if (!state.equals(MemberState.LEFT.wire()) && !state.equals(MemberState.LOST.wire())) {
            throw new Announcement.Unusable("shape");
        }
        return new SeenMember(
                field(json, "place"),
                field(json, "node"),
                field(json, "name"),
                field(json, "version"),
                field(json, "rule_hash"),
                state.equals(MemberState.LEFT.wire()) ? MemberState.LEFT : MemberState.LOST,
                true,
                Instant.parse(field(json, "since")),
                null,
                Set.of(),
                false);
    }

    static String field(JsonObject json, String name) throws Announcement.Unusable {
        if (json.getValue(name) instanceof String value
                && !value.isBlank()
                && value.length() <= LONGEST_FIELD
                && Text.isClean(value)) {
            return value;
        }
        throw new Announcement.Unusable("shape");
    }
}
