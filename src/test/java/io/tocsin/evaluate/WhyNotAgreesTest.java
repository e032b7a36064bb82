package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.why.Explanation;
import io.tocsin.model.Alert;
import io.tocsin.model.Escalation;
import io.tocsin.model.Finding;
import io.tocsin.model.Route;
import io.tocsin.model.RuleInfo;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.runtime.KieSession;

/** Whatever the facts are, a rule is explained as matching exactly where the engine lets it match. */
class WhyNotAgreesTest {
    private static final int ROUNDS = 300;
    private static final String ODD = """
            package rules; import io.tocsin.model.*; import java.util.List; import static io.tocsin.model.Rules.*;
            rule "any pool or very full" when
                $u : ResourceUsage(labels["i"] == "3" || usagePercent > 99, $v : usagePercent, $v >= 50 && $v <= 100)
            then insertLogical(Finding.of("a", $u)); end
            rule "silent checks of a node that is not in the topology" when
                $s : Source(check != null, silent)
                not Topology(nodes contains $s.node)
            then insertLogical(Finding.of("b", $s)); end
            rule "no check passes beside a failing one" when
                $c : HealthCheck(result == CheckResult.FAIL)
                not (HealthCheck(node == $c.node, result == CheckResult.PASS) and Source(node == $c.node, check == null, !silent))
            then insertLogical(Finding.of("c", $c)); end
            rule "average over everything" when
                accumulate(ResourceUsage($p : usagePercent); $average : average($p), $most : max($p); $average > 80)
                $t : Topology(quorum >= 2)
            then insertLogical(Finding.ofCluster("d", $t.cluster()).value($average)); end
            rule "all nodes are silent" when
                Topology($c : cluster)
                forall($s : Source(check == null) Source(this == $s, silent))
            then insertLogical(Finding.ofCluster("e", $c)); end
            rule "either alert or reading" when
                $s : Source(check == null, $n : node)
                (Alert(node == $n, level > 0) or ResourceUsage(node == $n, usagePercent in (95, 97, 100)))
            then insertLogical(Finding.of("f", $n)); end
            rule "exists beside" when
                $s : Source(check == null, $n : node, node matches "n[12]")
                exists HealthCheck(node == $n, !fresh)
            then insertLogical(Finding.of("g", $n)); end
            rule "joined twice" when
                $a : ResourceUsage(resourceType == ResourceType.CPU, $n : node, $x : usagePercent)
                $b : ResourceUsage(resourceType == ResourceType.MEMORY, node == $n, usagePercent > $x)
                accumulate(LatencyMetric(node == $n, latencyMs > 400 + 1, $l : latencyMs); $sum : sum($l), $many : count(1);
                    $many >= 1, $sum > 1000)
            then insertLogical(Finding.of("h", $b)); end
            """;
    private static RuleBook shipped;
    private static RuleBook odd;

    @BeforeAll
    static void load() throws RuleProblems {
        shipped = RuleBook.load(Path.of("rules"));
        odd = RuleBook.of(Map.of("threshold/odd.drl", ODD));
    }

    @AfterAll
    static void close() {
        shipped.close();
        odd.close();
    }

    @Test
    void shippedRules() {
        agrees(shipped);
    }

    @Test
    void rulesOfEveryShape() {
        agrees(odd);
    }

    private static void agrees(RuleBook book) {
        Set<String> matched = new TreeSet<>();
        for (int seed = 0; seed < ROUNDS; seed++) {
            agrees(book, seed, matched);
        }
        assertThat(rules(book))
                .as("every rule matches in some round")
                .extracting(rule -> rule.ref().name())
                .containsExactlyInAnyOrderElementsOf(matched);
    }

    /** Rows of tables are explained by rules that stand for them; the engine runs others, so they are left out. */
    private static List<RuleInfo> rules(RuleBook book) {
        return book.rules().stream()
                .filter(rule -> book.drl(rule.ref().name()).equals(rule.text()))
                .toList();
    }

    private static void agrees(RuleBook book, int seed, Set<String> matched) {
        Engine engine = new Engine(book.session(Set.of()));
        List<Object> facts = engine.rest(new SomeFacts(seed).list());
        matched.addAll(engine.nodes.keySet());
        for (RuleInfo rule : rules(book)) {
            String name = rule.ref().name();
            Explanation any = book.whyNot(name).of(facts, null);
            assertThat(any.complete()).isTrue();
            assertThat(any.holds()).as("seed %s: %s", seed, name).isEqualTo(engine.nodes.containsKey(name));
            for (String node : SomeFacts.NODES) {
                Set<String> nodes = engine.nodes.getOrDefault(name, new HashSet<>());
                assertThat(book.whyNot(name).of(facts, node).holds())
                        .as("seed %s: %s on %s", seed, name, node)
                        .isEqualTo(nodes.contains(node) || nodes.contains(null));
            }
        }
        engine.session.dispose();
    }

    /** Which rules the engine fires, and about which nodes. */
    private static final class Engine {
        private final KieSession session;
        private final Map<String, Set<String>> nodes = new HashMap<>();
        private final Map<String, String> nodeOfAlert = new HashMap<>();
        private String firing;

        private Engine(KieSession session) {
            this.session = session;
            session.addEventListener(new DefaultAgendaEventListener() {
                @Override
                public void beforeMatchFired(BeforeMatchFiredEvent event) {
                    firing = event.getMatch().getRule().getName();
                    about(event.getMatch().getObjects());
                }
            });
            session.addEventListener(new DefaultRuleRuntimeEventListener() {
                @Override
                public void objectInserted(ObjectInsertedEvent event) {
                    if (event.getObject() instanceof Alert alert) {
                        nodeOfAlert.put(alert.id(), alert.node());
                    }
                }
            });
        }

        private void about(List<Object> match) {
            Set<String> about = nodes.computeIfAbsent(firing, rule -> new HashSet<>());
            if (match.isEmpty()) {
                about.add(null);
            }
        }

        private List<Object> rest(List<Object> given) {
            given.forEach(session::insert);
            session.addEventListener(new DefaultRuleRuntimeEventListener() {
                @Override
                public void objectInserted(ObjectInsertedEvent event) {
                    Object said = event.getObject();
                    Set<String> about = nodes.computeIfAbsent(firing, rule -> new HashSet<>());
                    if (said instanceof Finding finding) {
                        about.add(finding.node());
                    } else if (said instanceof Escalation order) {
                        about.add(nodeOfAlert.get(order.alertId()));
                    } else if (said instanceof Route route) {
                        about.add(nodeOfAlert.get(route.alertId()));
                    } else {
                        about.add(null);
                    }
                }
            });
            session.fireAllRules();
            return List.copyOf(session.getObjects());
        }
    }
}
