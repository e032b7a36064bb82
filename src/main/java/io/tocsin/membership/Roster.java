package io.tocsin.membership;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps the roll: who is there, who announced what, and how those went who are there no longer. Confined to one thread. */
final class Roster {
    private final Missed missed = new Missed();
    private Map<String, Announcement> announced = new LinkedHashMap<>();

    /**
     * A process of the cluster.
     *
     * @param id names one life of it
     * @param place {@code host:port}
     */
    record Process(String id, String place) {}

    /** What a process announces, if anything. */
    interface Announcements {
        Optional<Announcement> of(Process process);
    }

    /**
     * How things stand.
     *
     * @param ours members that announced themselves, the oldest first
     * @param foreign all other processes
     * @param away members that left or are lost
     */
    record View(List<SeenMember> ours, List<SeenMember> foreign, List<SeenMember> away) {
        static final View NOTHING = new View(List.of(), List.of(), List.of());

        View {
            ours = List.copyOf(ours);
            foreign = List.copyOf(foreign);
            away = List.copyOf(away);
        }

        /** Everybody: ours, then the foreign, then who is away. */
        List<SeenMember> all() {
            List<SeenMember> all = new ArrayList<>(ours);
            all.addAll(foreign);
            all.addAll(away);
            return all;
        }

        /** The places of ours that take part. */
        Set<String> places() {
            return ours.stream()
                    .filter(one -> one.state() != MemberState.STARTING)
                    .map(SeenMember::place)
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    /**
     * Calls the roll.
     *
     * @param oldestFirst every process that is there, in the order of joining
     * @param others what other members know of those who are away
     */
    View call(List<Process> oldestFirst, Announcements announcements, List<SeenMember> others, Instant now) {
        Map<String, Announcement> heard = new LinkedHashMap<>();
        List<SeenMember> ours = new ArrayList<>();
        List<SeenMember> foreign = new ArrayList<>();
        for (Process process : oldestFirst) {
            // an announcement that is gone for a moment was not taken back: its process is there
            Optional<Announcement> said =
                    announcements.of(process).or(() -> Optional.ofNullable(announced.get(process.id())));
            said.ifPresent(announcement -> heard.put(process.id(), announcement));
            said.ifPresentOrElse(
                    announcement -> ours.add(SeenMember.of(announcement)),
                    () -> foreign.add(SeenMember.foreign(process.place())));
        }
        announced.forEach((id, last) -> {
            if (!heard.containsKey(id) && last.state() != MemberState.STARTING) {
                boolean orderly = last.state() == MemberState.DRAINING;
                missed.add(SeenMember.of(last).away(orderly ? MemberState.LEFT : MemberState.LOST, now));
            }
        });
        announced = heard;
        missed.learn(others);
        missed.forget(ours.stream().map(SeenMember::node).collect(Collectors.toSet()), now);
        return new View(ours, foreign, missed.all());
    }

    /** Who is away, as text for others. */
    String awayText() {
        return missed.text();
    }
}
