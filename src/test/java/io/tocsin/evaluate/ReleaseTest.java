package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.model.Head;
import io.tocsin.model.Metric;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.core.common.ReteEvaluator;
import org.junit.jupiter.api.Test;
import org.kie.api.runtime.KieSession;

/** What a session had of rules that were replaced goes. */
class ReleaseTest {
    private static final int RELOADS = 10;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String RULES = """
            package rules; import io.tocsin.model.*; import static io.tocsin.model.Rules.*;
            rule "figure is high"
            when
                $m : Metric(value > %d)
            then
                insertLogical(Finding.of("figure_high", $m).warning("at " + fig($m.value())));
            end
            """;

    private static RuleBook rules(int limit) throws Exception {
        return RuleBook.of(Map.of("a.drl", RULES.formatted(limit)));
    }

    private static WeakReference<ClassLoader> classes(RuleBook book) {
        KieSession session = book.session(Set.of());
        try {
            return new WeakReference<>(
                    ((ReteEvaluator) session).getKnowledgeBase().getRootClassLoader());
        } finally {
            session.dispose();
        }
    }

    @Test
    void tenChangesOfRulesLeaveNothingBehind() throws Exception {
        RuleBook book = rules(0);
        var settings = new SessionSettings(
                "default", null, Duration.ofSeconds(60), Duration.ofHours(24), new SeriesLimit(1000));
        List<WeakReference<ClassLoader>> replaced = new ArrayList<>();
        try (RuleSession session = new RuleSession(book, settings, NOW)) {
            for (int i = 0; i < 500; i++) {
                Head head = new Head("default", "n" + i, NOW, NOW, Map.of(), null, true, null);
                session.put(new Metric(head, "m", 100));
            }
            session.fire();
            assertThat(session.drainKeys()).hasSize(500);
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            for (int i = 1; i <= RELOADS; i++) {
                RuleBook next = rules(i);
                replaced.add(classes(book));
                session.reload(next);
                session.fire();
                assertThat(session.drainKeys()).isEmpty();
                book.close();
                book = next;
            }
            book = null;
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        System.gc();
                        return replaced.stream().allMatch(one -> one.get() == null);
                    });
            assertThat(session.size()).isEqualTo(500);
            assertThat(Thread.getAllStackTraces().keySet().stream().filter(one -> !before.contains(one)))
                    .noneMatch(one ->
                            one.getName().contains("ools") || one.getName().contains("rule"));
            session.rules().close();
        }
    }
}
