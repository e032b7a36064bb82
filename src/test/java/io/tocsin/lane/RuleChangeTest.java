package io.tocsin.lane;

import static io.tocsin.lane.Telegrams.check;
import static io.tocsin.lane.Telegrams.memory;
import static io.tocsin.lane.Telegrams.metric;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.Cause;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Severity;
import io.tocsin.model.Transition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other rules while alerts are open: what they explain happens, and nothing else. */
class RuleChangeTest {
    private static final String RULES = RuleTexts.LOG_HEARS_ALL + """
            rule "memory is above 85"
            when
                $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent > 85)
            then
                insertLogical(Finding.of("memory_usage", $u).warning("memory at " + fig($u.usagePercent())).value($u.usagePercent()).max(85).holdFor("30s").quietFor("15s"));
            end
            rule "memory is above 95"
            when
                $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent > 95)
            then
                insertLogical(Finding.of("memory_usage", $u).critical("memory at " + fig($u.usagePercent())).holdFor("30s").quietFor("15s"));
            end
            rule "check fails"
            when
                $c : HealthCheck(result == CheckResult.FAIL, fresh)
            then
                insertLogical(Finding.of("check_failed", $c).warning("fails"));
            end
            rule "node is silent"
            when
                $s : Source(check == null, silent)
            then
                insertLogical(Finding.of("node_silent", $s).warning("silent"));
            end
            rule "figure is far from its usual"
            when
                $t : Trend(metric == "requests", warm, value < baselineMean / 2)
            then
                insertLogical(Finding.of("requests_low", $t).warning("low"));
            end
            rule "nobody answers"
            when
                $a : Alert(state == AlertState.FIRING, level < 3, alertType == "memory_usage")
            then
                insertLogical(new Escalation($a.id(), $a.level() + 1, minutes(5), List.of("pagerduty"), "nobody answers"));
            end
            """;
    private static final String FAILS = """
            rule "another"
            when
                $m : Metric(100 / (int) value > 5)
            then
                insertLogical(Finding.of("metric_low", $m).warning("low"));
            end
            """;

    private static final Map<String, RuleBook> BOOKS = new HashMap<>();
    private Stand stand;

    @BeforeEach
    void begin() throws Exception {
        stand = new Stand(rules(RULES));
    }

    @AfterEach
    void end() {
        stand.close();
    }

    @AfterAll
    static void discard() {
        BOOKS.values().forEach(RuleBook::close);
        BOOKS.clear();
    }

    private static RuleBook rules(String text) throws Exception {
        if (!BOOKS.containsKey(text)) {
            BOOKS.put(text, Stand.rules(text));
        }
        return BOOKS.get(text);
    }

    private void reload(double second, UnaryOperator<String> edit) throws Exception {
        String edited = edit.apply(RULES);
        stand.reload(second, rules(edited));
    }

    private static UnaryOperator<String> replace(String from, String to) {
        return text -> {
            assertThat(text).contains(from);
            return text.replace(from, to);
        };
    }

    private Transition last(String type) {
        List<Transition> all = stand.transitions(type);
        return all.get(all.size() - 1);
    }

    @Test
    void whatTheNewRulesDoNotFindEndsWithThatReasonAndTheRestIsUntouched() throws Exception {
        stand.put(0, memory("n1", 0, 89), memory("n2", 0, 93));
        stand.pass(30);
        List<Alert> before = List.copyOf(stand.alerts());
        reload(40, replace("usagePercent > 85)", "usagePercent > 92)"));
        assertThat(stand.alerts()).hasSize(1).allMatch(before::contains);
        assertThat(stand.alert("memory_usage").subject()).isEqualTo("n2");
        assertThat(last("memory_usage").detail()).isEqualTo("policy changed");
        assertThat(last("memory_usage").cause()).isEqualTo(Cause.RULES);
        assertThat(stand.told("memory_usage")).containsExactly("log FIRED", "log FIRED", "log RESOLVED");
    }

    @Test
    void whatEndsIsExplainedByTheRulesThatOpenedIt() throws Exception {
        stand.put(0, memory("n1", 0, 89));
        stand.pass(30);
        String before = stand.alert("memory_usage").ruleHash();
        reload(40, replace("usagePercent > 85)", "usagePercent > 92)"));
        Alert ended = stand.changes.get(stand.changes.size() - 1).alert();
        assertThat(ended.state()).isEqualTo(AlertState.RESOLVED);
        assertThat(ended.ruleHash()).isEqualTo(before);
    }

    @Test
    void severityFallsWithALimitThatIsMilderAlsoOnAReadingThatIsNotFresh() throws Exception {
        stand.put(0, memory("n1", 0, 96));
        stand.pass(61);
        assertThat(stand.alert("memory_usage").stale()).isTrue();
        reload(70, replace("usagePercent > 95)", "usagePercent > 97)"));
        assertThat(stand.alert("memory_usage").severity()).isEqualTo(Severity.WARNING);
        assertThat(last("memory_usage").cause()).isEqualTo(Cause.RULES);
        reload(80, text -> text);
        assertThat(stand.alert("memory_usage").state()).isEqualTo(AlertState.FIRING);
    }

    @Test
    void whatTheNewRulesFindInAdditionHoldsFromNowOn() throws Exception {
        stand.put(0, memory("n1", 0, 70));
        stand.pass(30);
        reload(40, replace("usagePercent > 85)", "usagePercent > 60)"));
        assertThat(stand.alert("memory_usage").state()).isEqualTo(AlertState.PENDING);
        stand.pass(69);
        assertThat(stand.alert("memory_usage").state()).isEqualTo(AlertState.PENDING);
        stand.put(69.5, memory("n1", 69.5, 70));
        stand.pass(70);
        assertThat(stand.alert("memory_usage").state()).isEqualTo(AlertState.FIRING);
        assertThat(stand.alert("memory_usage").ruleHash())
                .isEqualTo(stand.watch().session().rules().hash());
    }

    @Test
    void pendingAlertGoesOnHoldingOrIsForgotten() throws Exception {
        stand.put(0, memory("n1", 0, 89), memory("n2", 0, 87));
        reload(20, replace("usagePercent > 85)", "usagePercent > 88)"));
        assertThat(stand.alert("memory_usage").subject()).isEqualTo("n1");
        stand.pass(29.9);
        assertThat(stand.told("memory_usage")).isEmpty();
        stand.pass(30);
        assertThat(stand.alert("memory_usage").firedAt()).isEqualTo(Stand.at(30));
        assertThat(stand.told("memory_usage")).containsExactly("log FIRED");
    }

    @Test
    void ladderAndAnswerGoOn() throws Exception {
        stand.put(0, memory("n1", 0, 89), memory("n2", 0, 89));
        stand.pass(30);
        String answered = stand.alerts().stream()
                .filter(alert -> alert.subject().equals("n2"))
                .findFirst()
                .orElseThrow()
                .id();
        stand.acknowledge(100, answered, "10m");
        reload(200, replace("> 85)", "> 86)"));
        reload(329, text -> text);
        assertThat(stand.kinds("memory_usage"))
                .containsExactly("PENDING", "PENDING", "FIRED", "FIRED", "STALE", "STALE", "ACKNOWLEDGED");
        stand.pass(330);
        assertThat(last("memory_usage").at()).isEqualTo(Stand.at(330));
        reload(400, replace("> 85)", "> 86)"));
        stand.pass(630);
        assertThat(last("memory_usage").kind().name()).isEqualTo("ESCALATED");
        stand.pass(700);
        assertThat(last("memory_usage").kind().name()).isEqualTo("ACK_EXPIRED");
        assertThat(last("memory_usage").at()).isEqualTo(Stand.at(700));
    }

    @Test
    void shorterLadderIsClimbedOnceToItsDueLevel() throws Exception {
        stand.put(0, memory("n1", 0, 89));
        stand.pass(30);
        reload(30 + 150, replace("minutes(5)", "minutes(1)"));
        assertThat(stand.alert("memory_usage").level()).isEqualTo(2);
        assertThat(stand.told("memory_usage").stream().filter("pagerduty ESCALATED"::equals))
                .hasSize(1);
        assertThat(stand.alert("memory_usage").nextEscalationAt()).isEqualTo(Stand.at(30 + 180));
    }

    @Test
    void quietTimeThatRunsIsNoMatterOfPolicy() throws Exception {
        stand.put(0, memory("n1", 0, 89));
        stand.pass(30);
        stand.put(40, memory("n1", 40, 50));
        reload(45, replace("> 85)", "> 70)"));
        assertThat(stand.alert("memory_usage").state()).isEqualTo(AlertState.FIRING);
        stand.pass(55);
        assertThat(last("memory_usage").detail()).isEqualTo("back to normal for 15s");
    }

    @Test
    void whatIsKnownOfReadingsAndSourcesIsKnownAfterwards() throws Exception {
        stand.put(0, memory("n1", 0, 89));
        stand.pass(31);
        reload(50, replace("> 85)", "> 86)"));
        stand.pass(59.9);
        assertThat(stand.alert("memory_usage").stale()).isFalse();
        assertThat(stand.isOpen("node_silent")).isFalse();
        stand.pass(60);
        assertThat(stand.alert("memory_usage").stale()).isTrue();
        assertThat(stand.isOpen("node_silent")).isTrue();
        reload(70, text -> text);
        assertThat(stand.alert("memory_usage").stale()).isTrue();
        assertThat(stand.isOpen("node_silent")).isTrue();
        assertThat(stand.watch().session().readings()).hasSize(1);
    }

    @Test
    void trendGoesOnFromWhatItHasSeen() throws Exception {
        for (int second = 0; second <= 1200; second += 10) {
            stand.put(second, metric("n1", "requests", second, 100));
            if (second == 600) {
                reload(605, replace("> 85)", "> 86)"));
            }
        }
        stand.put(1210, metric("n1", "requests", 1210, 10));
        assertThat(stand.isOpen("requests_low")).isTrue();
        reload(1215, text -> text);
        assertThat(stand.isOpen("requests_low")).isTrue();
        assertThat(stand.kinds("requests_low")).containsExactly("FIRED");
        reload(1216, replace("\"requests\"", "\"replies\""));
        assertThat(last("requests_low").detail()).isEqualTo("policy changed");
    }

    @Test
    void alertThatWasResolvedByHandStaysSilentUntilItIsClear() throws Exception {
        stand.put(0, memory("n1", 0, 89));
        stand.pass(61);
        assertThat(stand.alert("memory_usage").stale()).isTrue();
        stand.resolve(62, stand.alert("memory_usage").id());
        reload(63, replace("> 85)", "> 84)"));
        assertThat(stand.isOpen("memory_usage")).isFalse();
    }

    @Test
    void alertInDoubtAfterARestartIsEndedByARuleThatIsGoneAndByNoOther() throws Exception {
        stand.put(0, check("n1", "c", 0, false));
        stand.restart(10);
        assertThat(stand.alert("check_failed").stale()).isTrue();
        reload(20, replace("> 85)", "> 86)"));
        assertThat(stand.alert("check_failed").stale()).isTrue();
        reload(
                30,
                text -> text.substring(0, text.indexOf("rule \"check fails\""))
                        + text.substring(text.indexOf("rule \"node is silent\"")));
        assertThat(last("check_failed").detail()).isEqualTo("policy changed");
    }

    @Test
    void newReceiverHearsOfWhatFiresAndTheOthersAreNotToldAgain() throws Exception {
        stand.put(0, memory("n1", 0, 89));
        stand.pass(30);
        reload(40, text -> text + """
                rule "slack hears all"
                when
                    $a : Alert(state != AlertState.PENDING)
                then
                    insertLogical(new Route($a.id(), "slack"));
                end
                """);
        assertThat(stand.told("memory_usage")).containsExactly("log FIRED", "slack ROUTED");
    }

    @Test
    void ruleInQuarantineHasANewChance() throws Exception {
        reload(1, text -> text + FAILS);
        stand.put(10, metric("n1", "m", 10, 0));
        assertThat(stand.watch().session().quarantined()).containsExactly("another");
        reload(20, text -> text + FAILS.replace("100 /", "100 / 1 + 0 *"));
        assertThat(stand.watch().session().quarantined()).isEmpty();
        assertThat(stand.watch().tally().faults()).isEmpty();
        assertThat(last("rule_quarantined").detail()).isEqualTo("policy changed");
    }

    @Test
    void ruleThatFailsAgainIsTheSameAlert() throws Exception {
        reload(1, text -> text + FAILS);
        stand.put(10, metric("n1", "m", 10, 0));
        String id = stand.alert("rule_quarantined").id();
        reload(20, text -> text + FAILS + "// an edit\n");
        assertThat(stand.alert("rule_quarantined").id()).isEqualTo(id);
        assertThat(stand.kinds("rule_quarantined")).containsExactly("FIRED");
    }

    @Test
    void newRuleThatFailsDoesNothingToTheOthers() throws Exception {
        stand.put(0, memory("n1", 0, 89), memory("n2", 0, 86), metric("n1", "m", 0, 0));
        stand.pass(30);
        reload(40, replace("usagePercent > 85)", "usagePercent > 88)").andThen(text -> text + FAILS)::apply);
        assertThat(stand.watch().session().quarantined()).containsExactly("another");
        assertThat(stand.alert("memory_usage").subject()).isEqualTo("n1");
        assertThat(stand.alert("rule_quarantined").state()).isEqualTo(AlertState.FIRING);
        assertThat(stand.kinds("memory_usage")).containsExactly("PENDING", "PENDING", "FIRED", "FIRED", "RESOLVED");
    }

    @Test
    void rulesThatCannotBeTakenAreAnAlertUntilTheyCan() {
        RuleRef place = new RuleRef("rules as they are in the folder", "threshold/memory.drl", 12);
        stand.watch().rejected(place, "threshold/memory.drl:12:5: no", Stand.at(10));
        stand.pass(10);
        Alert alert = stand.alert("rules_rejected");
        assertThat(alert.state()).isEqualTo(AlertState.FIRING);
        assertThat(alert.message()).contains("memory.drl:12:5");
        stand.watch().rejected(place, "threshold/memory.drl:12:5: no", Stand.at(20));
        stand.restart(30);
        stand.watch().rejected(null, null, Stand.at(40));
        stand.pass(40);
        assertThat(stand.isOpen("rules_rejected")).isFalse();
        assertThat(stand.told("rules_rejected")).containsExactly("log FIRED", "log RESOLVED");
    }
}
