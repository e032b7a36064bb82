package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.it.Slow;
import io.tocsin.model.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How it is found out that a thread does not come back, and from which rule; the time is set. */
class OverdueTest {
    private static final String OTHERS = """
            rule "another with the same constraint on metrics"
            when
                $m : Metric(name == "other", node matches "%1$s")
            then
                insertLogical(Finding.of("other", $m).warning("x"));
            end
            rule "another with the same join"
            when
                $c : ComponentHealth($n : node)
                $m : Metric(node == $n, $n matches "%1$s")
            then
                insertLogical(Finding.of("other", $m).warning("x"));
            end
            rule "another with the same right side"
            when
                $m : Metric(name == "other")
            then
                insertLogical(Finding.of("x", $m).warning($m.node().replaceAll("%1$s", "")));
            end
            """;

    private final AtomicLong ticks = new AtomicLong();
    private final Pulse pulse = new Pulse(ticks::get);
    private final Overdue overdue = new Overdue(Duration.ofSeconds(10));

    private void pass(double seconds) {
        ticks.addAndGet((long) (seconds * 1e9));
    }

    private RuleBook book(String when, String then) throws Exception {
        String rule = "rule \"slow\" when " + when.replace("SLOW", "\"" + Slow.PATTERN + "\"") + " then insertLogical("
                + then.replace("SLOW", "\"" + Slow.PATTERN + "\"") + "); end\n";
        return RuleBook.of(Map.of("slow.drl", Stand.HEADER + rule + OTHERS.formatted(Slow.PATTERN)));
    }

    /** Work of another thread in a session; it is in the rule by then, or was. */
    private Thread works(RuleBook book, List<Telemetry> batch) {
        Thread thread = new Thread(() -> {
            try (Stand stand = new Stand(book)) {
                Pulse.Work work = pulse.begin("default", book);
                pulse.in(stand.watch().session());
                stand.put(1, batch);
                pulse.end(work);
            }
        });
        thread.setDaemon(true);
        thread.start();
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(2)).until(() -> {
            Pulse.Work now = pulse.now();
            return !thread.isAlive()
                    || now != null && !book.rulesOn(now.stack()).isEmpty();
        });
        return thread;
    }

    /** What is found of work in a rule that takes long enough to be looked at twice, which is more where much else runs. */
    private Overdue.Stuck stuck(RuleBook book, Function<String, List<Telemetry>> slow) throws InterruptedException {
        for (double seconds = 0.2; seconds < 60; seconds *= 2) {
            Thread thread = works(book, slow.apply(Slow.text(seconds)));
            pass(11);
            assertThat(overdue.look(pulse)).as("once is no proof").isNull();
            Overdue.Stuck stuck = overdue.look(pulse);
            thread.join();
            if (stuck != null) {
                return stuck;
            }
        }
        throw new AssertionError("nothing was found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $m : Metric(name == "m", node matches SLOW, value > 0)                                      | of one fact alone
            $c : HealthCheck($n : node) $m : Metric(node == $n, $n matches SLOW)                        | of two facts
            $m : Metric($s : node.replaceAll(SLOW, ""), $s != "-")                                      | a binding
            $m : Metric($n : node) not HealthCheck(node == $n, checkName.replaceAll(SLOW, "-") == "-")  | an absence
            $m : Metric($n : node) accumulate(HealthCheck(node == $n, $l : checkName.replaceAll(SLOW, "").length()); $x : sum($l); $x > 0) | an accumulate
            """)
    void leftSideThatDoesNotReturnIsNamed(String when, String what) throws Exception {
        try (RuleBook book = book(when, "Finding.of(\"y\", $m).warning(\"y\")")) {
            Overdue.Stuck stuck = stuck(
                    book, text -> List.of(Telegrams.check(text, text, 1, true), Telegrams.metric(text, "m", 1, 1)));
            assertThat(stuck.rules()).as(what).contains("slow");
            assertThat(stuck.rules()).doesNotContain("another with the same right side");
            assertThat(stuck.work().about()).isEqualTo("default");
        }
    }

    @Test
    void ofRulesThatAreJoinedInTheSameWayTheOneIsNamedThatIsJoined() throws Exception {
        try (RuleBook book = book(
                "$c : HealthCheck($n : node) $m : Metric(node == $n, $n matches SLOW)",
                "Finding.of(\"y\", $m).warning(\"y\")")) {
            Overdue.Stuck stuck = stuck(
                    book, text -> List.of(Telegrams.check(text, "c", 1, true), Telegrams.metric(text, "m", 1, 1)));
            assertThat(stuck.rules()).containsExactly("slow");
        }
    }

    @Test
    void ofRulesWithTheSameRightSideTheOneIsNamedThatFires() throws Exception {
        try (RuleBook book =
                book("$m : Metric(name == \"m\")", "Finding.of(\"x\", $m).warning($m.node().replaceAll(SLOW, \"\"))")) {
            Overdue.Stuck stuck = stuck(book, text -> List.of(Telegrams.metric(text, "m", 1, 1)));
            assertThat(stuck.rules()).containsExactly("slow");
        }
    }

    @Test
    void workIsNotOverdueBeforeItsTimeNorForTheTimeOfAnother() throws Exception {
        try (RuleBook book =
                book("$m : Metric(name == \"m\", node matches SLOW)", "Finding.of(\"y\", $m).warning(\"y\")")) {
            Pulse.Work work = pulse.begin("default", book);
            pass(9.9);
            assertThat(overdue.look(pulse)).isNull();
            assertThat(overdue.look(pulse)).isNull();
            pass(0.2);
            assertThat(overdue.look(pulse)).isNull();
            pulse.end(work);
            assertThat(overdue.look(pulse)).as("it came back").isNull();
            Overdue.Stuck stuck = stuck(book, text -> List.of(Telegrams.metric(text, "m", 1, 1)));
            assertThat(stuck.rules()).contains("slow");
        }
    }

    @Test
    void workOutsideOfRulesIsToldOnce() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (RuleBook book = book("$m : Metric()", "Finding.of(\"y\", $m).warning(\"y\")")) {
            Thread thread = new Thread(() -> waitsForTheStore(book, answer));
            thread.start();
            await().until(() -> thread.getState() == Thread.State.WAITING);
            pass(11);
            assertThat(overdue.look(pulse)).isNull();
            Overdue.Stuck stuck = overdue.look(pulse);
            assertThat(stuck.rules()).isEmpty();
            assertThat(stuck.frames()).contains("CountDownLatch.await", "OverdueTest.waitsForTheStore");
            assertThat(overdue.look(pulse)).isNull();
            answer.countDown();
            thread.join();
        }
    }

    private void waitsForTheStore(RuleBook book, CountDownLatch answer) {
        Pulse.Work work = pulse.begin("default", book);
        try {
            answer.await();
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
        pulse.end(work);
    }

    @Test
    void threadIsRelievedOfWhatItIsAtAndOfNothingElse() throws Exception {
        try (RuleBook book = book("$m : Metric()", "Finding.of(\"y\", $m).warning(\"y\")")) {
            Pulse.Work first = pulse.begin("a", book);
            assertThat(pulse.begin("a", book)).as("a part of the same").isNull();
            pulse.end(null);
            assertThat(pulse.now()).isSameAs(first);
            pulse.end(first);
            Pulse.Work second = pulse.begin("b", book);
            assertThat(pulse.relieve(first)).isFalse();
            assertThat(pulse.relieve(second)).isTrue();
            assertThat(pulse.back()).isFalse();
            pulse.end(second);
            assertThat(pulse.back()).isTrue();
            assertThat(pulse.relieved()).isTrue();
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> pulse.begin("c", book))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
