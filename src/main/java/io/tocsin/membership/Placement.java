package io.tocsin.membership;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Which member should have what: a function of who is there, so that members who see the same agree without a word. By
 * rendezvous hashing a member that leaves moves what it had and nothing else.
 */
final class Placement {
    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Map<String, Long> owners;
    private final Map<String, Long> senders;
    private final String ruleHash;

    /**
     * One member as placement sees it.
     *
     * @param place {@code host:port}
     * @param ruleHash the rules it runs
     * @param state where it stands
     * @param shared whether others can reach its store
     */
    record Candidate(String place, String ruleHash, MemberState state, boolean shared) {}

    private Placement(List<Candidate> ready, String ruleHash) {
        this.ruleHash = ruleHash;
        owners = hashed(
                ready.stream().filter(one -> one.ruleHash().equals(ruleHash)).toList());
        senders = hashed(ready);
    }

    /**
     * The placement among some members.
     *
     * @param oldestFirst every member in the order of joining
     */
    static Placement of(List<Candidate> oldestFirst) {
        List<Candidate> ready = withOneStore(in(MemberState.READY, oldestFirst));
        List<Candidate> best = ready.isEmpty() ? withOneStore(in(MemberState.AILING, oldestFirst)) : ready;
        return new Placement(best, largestGroup(best, Candidate::ruleHash));
    }

    private static List<Candidate> in(MemberState state, List<Candidate> members) {
        return members.stream().filter(one -> one.state() == state).toList();
    }

    /** A store of its own keeps alerts from all others: such a member goes alone if it is the oldest, and else has nothing. */
    private static List<Candidate> withOneStore(List<Candidate> ready) {
        if (ready.size() > 1 && !ready.get(0).shared()) {
            return ready.subList(0, 1);
        }
        return ready.size() > 1 ? ready.stream().filter(Candidate::shared).toList() : ready;
    }

    /** What most have; of several that are as frequent, what the oldest of their members has. Null if there is nobody. */
    static <T> String largestGroup(List<T> oldestFirst, Function<T, String> group) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        oldestFirst.forEach(one -> counts.merge(group.apply(one), 1, Integer::sum));
        String best = null;
        for (Map.Entry<String, Integer> one : counts.entrySet()) {
            if (best == null || one.getValue() > counts.get(best)) {
                best = one.getKey();
            }
        }
        return best;
    }

    /** The member that should own a monitored cluster; null if none can. */
    String ownerOf(String cluster) {
        return highest("cluster " + cluster, owners);
    }

    /** The member that should send for a receiver; null if none can. */
    String senderOf(String receiver) {
        return highest("receiver " + receiver, senders);
    }

    /** The rules of those that may own; null if none may. */
    String ruleHash() {
        return ruleHash;
    }

    /** Who takes part in it, the oldest first. */
    List<String> members() {
        return List.copyOf(senders.keySet());
    }

    /** Whether a member takes part in it at all. */
    boolean contains(String place) {
        return senders.containsKey(place);
    }

    /** How many take part in it. */
    int size() {
        return senders.size();
    }

    /** Whether the same members take part, whatever their rules. */
    boolean sameMembers(Placement other) {
        return senders.keySet().equals(other.senders.keySet());
    }

    private static String highest(String what, Map<String, Long> places) {
        long key = mix(hash(what));
        return places.entrySet().stream()
                .max(Comparator.comparing(
                                (Map.Entry<String, Long> one) -> mix(key ^ one.getValue()), Long::compareUnsigned)
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static Map<String, Long> hashed(List<Candidate> members) {
        Map<String, Long> hashes = new LinkedHashMap<>();
        members.forEach(one -> hashes.put(one.place(), hash(one.place())));
        return hashes;
    }

    private static long hash(String text) {
        long hash = FNV_START;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    /** Spreads every bit over all of them (the finalizer of MurmurHash3): places that differ in one digit must not be neighbours. */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Placement that
                && owners.keySet().equals(that.owners.keySet())
                && senders.keySet().equals(that.senders.keySet());
    }

    @Override
    public int hashCode() {
        return Objects.hash(owners.keySet(), senders.keySet());
    }
}
