package io.tocsin.membership;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * One process of the cluster as this member sees it.
 *
 * @param place {@code host:port} of its Hazelcast address
 * @param node the same as the member list of config writes it; under this name it is a node of the cluster {@code tocsin}
 * @param name the host it runs on; null if it is foreign
 * @param version of Tocsin; null if it is foreign
 * @param ruleHash the rules it runs; null if it is foreign
 * @param state where it stands; null if it is foreign
 * @param shared whether others can reach its store
 * @param since when it started by its own clock; when it was missed, if it left or is lost; null if it is foreign
 * @param skew how far its clock is ahead of what most clocks of the members say; null if that is not known
 * @param differs in what it does not agree with the other members
 * @param foreign whether it is another application, which announced nothing
 */
public record SeenMember(
        String place,
        String node,
        String name,
        String version,
        String ruleHash,
        MemberState state,
        boolean shared,
        Instant since,
        Duration skew,
        Set<Difference> differs,
        boolean foreign) {
    public SeenMember {
        differs = Set.copyOf(differs);
    }

    static SeenMember foreign(String place) {
        return new SeenMember(place, place, null, null, null, null, false, null, null, Set.of(), true);
    }

    static SeenMember of(Announcement said) {
        return new SeenMember(
                said.place(),
                said.node(),
                said.name(),
                said.version(),
                said.ruleHash(),
                said.state(),
                said.shared(),
                said.since(),
                null,
                Set.of(),
                false);
    }

    /** The same under another name as a node. */
    SeenMember as(String node) {
        return new SeenMember(place, node, name, version, ruleHash, state, shared, since, skew, differs, foreign);
    }

    SeenMember away(MemberState how, Instant at) {
        return new SeenMember(place, node, name, version, ruleHash, how, shared, at, null, Set.of(), false);
    }

    SeenMember judged(Duration skew, Set<Difference> differs) {
        return new SeenMember(place, node, name, version, ruleHash, state, shared, since, skew, differs, foreign);
    }

    /** Whether it is there at this moment. */
    public boolean present() {
        return state != MemberState.LEFT && state != MemberState.LOST;
    }

    Placement.Candidate candidate() {
        return new Placement.Candidate(place, ruleHash, state, shared);
    }
}
