package io.tocsin.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.membership.Placement.Candidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlacementProperties {
    private static final List<String> CLUSTERS =
            IntStream.range(0, 1000).mapToObj(number -> "cluster-" + number).toList();

    @Property(tries = 200)
    void membersThatSeeTheSameAgreeWhateverOrderTheyListThemIn(@ForAll("places") List<String> places) {
        Placement one = Placement.of(ready(places));
        List<String> reversed = new ArrayList<>(places);
        Collections.reverse(reversed);
        Placement other = Placement.of(ready(reversed));

        assertThat(CLUSTERS).allSatisfy(cluster -> {
            assertThat(one.ownerOf(cluster)).isEqualTo(other.ownerOf(cluster)).isIn(places);
            assertThat(one.senderOf(cluster)).isEqualTo(other.senderOf(cluster)).isIn(places);
        });
    }

    @Property(tries = 200)
    void aMemberThatLeavesMovesOnlyItsOwnClusters(@ForAll("places") List<String> places) {
        Placement before = Placement.of(ready(places));
        String leaver = places.get(0);
        Placement after = Placement.of(ready(places.subList(1, places.size())));

        assertThat(CLUSTERS).allSatisfy(cluster -> {
            if (leaver.equals(before.ownerOf(cluster))) {
                assertThat(after.ownerOf(cluster)).isNotEqualTo(leaver);
            } else {
                assertThat(after.ownerOf(cluster)).isEqualTo(before.ownerOf(cluster));
            }
        });
    }

    @Property(tries = 200)
    void threeMembersShareAThousandClustersFairly(@ForAll("port") int port) {
        List<String> places = List.of("127.0.0.1:" + port, "127.0.0.1:" + (port + 1), "127.0.0.1:" + (port + 2));
        Placement placement = Placement.of(ready(places));

        Map<String, Long> shares =
                CLUSTERS.stream().collect(Collectors.groupingBy(placement::ownerOf, Collectors.counting()));

        assertThat(shares).containsOnlyKeys(places);
        // a fair share is 333; four standard deviations of a fair draw are 60
        assertThat(shares.values()).allSatisfy(share -> assertThat(share).isBetween(263L, 403L));
    }

    @Property(tries = 500)
    void onlyReadyMembersOfTheLargestGroupOfOneRuleHashOwn(@ForAll("candidates") List<Candidate> candidates) {
        Placement placement = Placement.of(candidates);
        MemberState best = candidates.stream().anyMatch(one -> one.state() == MemberState.READY)
                ? MemberState.READY
                : MemberState.AILING;
        List<Candidate> ready =
                candidates.stream().filter(one -> one.state() == best).toList();
        Map<String, Long> sizes =
                ready.stream().collect(Collectors.groupingBy(Candidate::ruleHash, Collectors.counting()));
        long largest = sizes.values().stream().mapToLong(size -> size).max().orElse(0);
        String group = ready.stream()
                .map(Candidate::ruleHash)
                .filter(hash -> sizes.get(hash) == largest)
                .findFirst()
                .orElse(null);

        assertThat(placement.ruleHash()).isEqualTo(group);
        Map<String, Candidate> byPlace =
                candidates.stream().collect(Collectors.toMap(Candidate::place, Function.identity()));
        assertThat(CLUSTERS).allSatisfy(cluster -> {
            String owner = placement.ownerOf(cluster);
            String sender = placement.senderOf(cluster);
            if (ready.isEmpty()) {
                assertThat(owner).isNull();
                assertThat(sender).isNull();
            } else {
                assertThat(byPlace.get(owner).ruleHash()).isEqualTo(group);
                assertThat(byPlace.get(owner).state()).isEqualTo(best);
                assertThat(byPlace.get(sender).state()).isEqualTo(best);
            }
        });
    }

    @Example
    void ofGroupsOfOneSizeTheOneOfTheOldestMemberOwns() {
        Placement placement = Placement.of(List.of(
                new Candidate("a:1", "old", MemberState.READY, true),
                new Candidate("b:1", "new", MemberState.READY, true)));

        assertThat(CLUSTERS).allMatch(cluster -> placement.ownerOf(cluster).equals("a:1"));
        assertThat(CLUSTERS.stream().map(placement::senderOf).distinct())
                .as("who sends needs no rules")
                .containsExactlyInAnyOrder("a:1", "b:1");
    }

    @Example
    void aMemberWithAStoreOfItsOwnIsNeverOneOfSeveral() {
        Candidate file = new Candidate("a:1", "h", MemberState.READY, false);
        Candidate shared = new Candidate("b:1", "h", MemberState.READY, true);

        assertThat(CLUSTERS)
                .allMatch(
                        cluster -> Placement.of(List.of(file)).ownerOf(cluster).equals("a:1"))
                .allMatch(cluster ->
                        Placement.of(List.of(file, shared)).ownerOf(cluster).equals("a:1"))
                .allMatch(cluster ->
                        Placement.of(List.of(shared, file)).ownerOf(cluster).equals("b:1"));
    }

    @Example
    void placementIsTheSameInEveryVersionOfJava() {
        Placement placement = Placement.of(ready(List.of("127.0.0.1:5701", "127.0.0.1:5702", "127.0.0.1:5703")));

        // a change here moves every cluster of a running appliance: members of two versions would not agree
        assertThat(List.of("default", "main", "tocsin", "käse").stream().map(placement::ownerOf))
                .containsExactly(PINNED);
    }

    private static final String[] PINNED = {"127.0.0.1:5703", "127.0.0.1:5702", "127.0.0.1:5702", "127.0.0.1:5702"};

    private static List<Candidate> ready(List<String> places) {
        return places.stream()
                .map(place -> new Candidate(place, "h", MemberState.READY, true))
                .toList();
    }

    @Provide
    Arbitrary<Integer> port() {
        return Arbitraries.integers().between(1024, 60_000);
    }

    @Provide
    Arbitrary<List<String>> places() {
        return Combinators.combine(Arbitraries.integers().between(1, 254), port())
                .as((host, port) -> "10.0.0." + host + ":" + port)
                .list()
                .ofMinSize(2)
                .ofMaxSize(7)
                .uniqueElements();
    }

    @Provide
    Arbitrary<List<Candidate>> candidates() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.of("x", "y", "z"),
                        Arbitraries.of(MemberState.STARTING, MemberState.READY, MemberState.DRAINING))
                .as((number, hash, state) -> new Candidate("m:" + number, hash, state, true))
                .list()
                .ofMaxSize(8)
                .uniqueElements(Candidate::place);
    }
}
