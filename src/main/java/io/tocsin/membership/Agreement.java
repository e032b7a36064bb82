package io.tocsin.membership;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Finds out who does not agree with the others. Where it is one against one, the older is right. Only who takes part is
 * judged and counts: one that starts may yet be refused, one that leaves is no matter.
 */
final class Agreement {
    /** A clock that is further off is alerted on. */
    static final Duration MOST_SKEW = Duration.ofSeconds(2);

    private Agreement() {}

    /**
     * The same members with what they differ in.
     *
     * @param oldestFirst those of ours that are there
     * @param offsets by place, how far a clock is ahead of this member's; this member itself stands there with zero
     */
    static List<SeenMember> of(List<SeenMember> oldestFirst, Map<String, Duration> offsets) {
        List<SeenMember> voters = oldestFirst.stream()
                .filter(one -> one.state() == MemberState.READY)
                .toList();
        String rules = Placement.largestGroup(voters, SeenMember::ruleHash);
        String version = Placement.largestGroup(voters, SeenMember::version);
        Duration reference = reference(oldestFirst, offsets);
        List<SeenMember> judged = new ArrayList<>();
        for (SeenMember one : oldestFirst) {
            Duration offset = offsets.get(one.place());
            Duration skew = offset == null ? null : offset.minus(reference);
            Set<Difference> differs = EnumSet.noneOf(Difference.class);
            if (one.state() == MemberState.READY || one.state() == MemberState.AILING) {
                mark(differs, Difference.RULES, !one.ruleHash().equals(rules));
                mark(differs, Difference.VERSION, !one.version().equals(version));
                mark(differs, Difference.CLOCK, skew != null && skew.abs().compareTo(MOST_SKEW) > 0);
                mark(differs, Difference.NAME, judged.stream().anyMatch(older -> namesake(older, one)));
                mark(differs, Difference.STORE, voters.size() > 1 && !one.shared());
            }
            judged.add(one.judged(skew, differs));
        }
        return judged;
    }

    private static void mark(Set<Difference> differs, Difference what, boolean so) {
        if (so) {
            differs.add(what);
        }
    }

    /** Members of one host rightly have one name. */
    private static boolean namesake(SeenMember older, SeenMember one) {
        return older.name().equals(one.name()) && !host(older).equals(host(one));
    }

    private static String host(SeenMember one) {
        return one.place().substring(0, one.place().lastIndexOf(':'));
    }

    /** The clock in the middle; of two in the middle that of the oldest member, or the one nearer to it. */
    private static Duration reference(List<SeenMember> oldestFirst, Map<String, Duration> offsets) {
        List<Duration> known = oldestFirst.stream()
                .map(one -> offsets.get(one.place()))
                .filter(Objects::nonNull)
                .toList();
        if (known.isEmpty()) {
            return Duration.ZERO;
        }
        List<Duration> sorted = known.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : sorted.subList(middle - 1, middle + 1).stream()
                        .min(Comparator.comparing(one -> one.minus(known.get(0)).abs()))
                        .orElseThrow();
    }
}
