package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.cli.CliFixture.Result;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCommandsTest {
    private static final String ALERT = """
            {"id":"ab12cd34","key":"k","cluster":"default","alert_type":"memory_usage","severity":"warning",
             "message":"memory at 89.5 %","subject":"memory","node":"n1","state":"firing","stale":false,"value":89.5,
             "limit":85,"limit_type":"max","escalation_level":1,"since":"2026-01-02T03:00:00Z","revision":3,
             "next_escalation_at":null,"acknowledged_by":"alice@h","ack_expires_at":null}""".replace("\n", "");
    private static final String OTHER = ALERT.replace("ab12cd34", "ab99").replace("warning", "critical");

    private final FakeApi api = new FakeApi();
    private final CliFixture cli = new CliFixture();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void alertsAreATableWithSymbolAndWord() {
        alerts(ALERT, OTHER);
        Result result = cli.ask(api, "alerts");
        assertThat(result.code()).isZero();
        assertThat(result.out().lines().toList().get(0))
                .matches("ID +SEVERITY +STATE +TYPE +SUBJECT +SINCE +LEVEL +MESSAGE");
        assertThat(result.out())
                .contains("⚠️ warning", "🚨 critical", "firing", "4m5s", "memory at 89.5 %", "n1 memory");
        assertThat(result.out()).as("no colour when piped").doesNotContain("\u001b");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void openAlertsAreAskedForByDefault() {
        alerts(ALERT);
        cli.ask(api, "alerts");
        cli.ask(api, "alerts", "--state", "all", "--severity", "critical,warning", "--node", "a b", "--type", "t");
        assertThat(api.requests.get(0)).contains("state=pending%2Cfiring%2Cacknowledged");
        assertThat(api.requests.get(1))
                .doesNotContain("state=")
                .contains("severity=critical%2Cwarning", "node=a%20b", "alert_type=t");
    }

    @Test
    void pagesAreFollowedUpToTheLimit() {
        api.answer("/api/v1/alerts", 200, "{\"alerts\":[" + ALERT + "],\"next_cursor\":\"c1\"}")
                .answer("/api/v1/alerts", 200, "{\"alerts\":[" + OTHER + "],\"next_cursor\":null}");
        assertThat(cli.ask(api, "alerts", "-q").out()).isEqualTo("ab12cd34\nab99\n");
        assertThat(api.requests.get(1)).contains("cursor=c1");
    }

    @Test
    void noAlertsIsANo() {
        alerts();
        Result result = cli.ask(api, "alerts");
        assertThat(result).isEqualTo(new Result(1, "", "no alerts\n"));
        assertThat(json(cli.ask(api, "alerts", "-o", "json").out()).path("alerts"))
                .isEmpty();
    }

    @Test
    void messageIsCutOnATerminalOnly() {
        alerts(ALERT.replace("89.5 %", "89.5 % ".repeat(40)));
        assertThat(cli.ask(api, "alerts").out()).doesNotContain("…");
        cli.onTerminal = true;
        Result result = cli.ask(api, "alerts", "--color", "never");
        assertThat(result.out()).contains("…");
        assertThat(result.out().lines()).allMatch(line -> Columns.of(line) <= cli.width);
    }

    @Test
    void coloursComeOnATerminalUnlessRefused() {
        alerts(ALERT);
        cli.onTerminal = true;
        assertThat(cli.ask(api, "alerts").out()).contains("\u001b[33m");
        assertThat(cli.ask(api, "alerts", "--color=never").out()).doesNotContain("\u001b");
        cli.env.put("NO_COLOR", "1");
        assertThat(cli.ask(api, "alerts").out()).doesNotContain("\u001b");
        cli.onTerminal = false;
        assertThat(cli.ask(api, "alerts", "--color", "always").out()).contains("\u001b[33m");
    }

    @Test
    void controlCharactersOfAlertsAreMadeVisible() {
        alerts(ALERT.replace("memory at", "\\u001b]0;evil\\u0007\\n"));
        Result result = cli.ask(api, "alerts");
        assertThat(result.out()).doesNotContain("\u001b").contains("\\u001b]0;evil");
        assertThat(result.out().lines()).hasSize(2);
    }

    @Test
    void ackSendsWhoWhatAndHowLong() {
        api.answer("/api/v1/alerts/ab12cd34", 200, ALERT).answer("/api/v1/alerts/ab12cd34/ack", 200, ALERT);
        Result result = cli.ask(api, "ack", "ab12cd34", "-m", "on it", "--for", "120m");
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("acknowledged ab12cd34", "memory_usage", "n1");
        String sent = api.requests.get(1);
        JsonNode body = json(sent.substring(sent.indexOf('{')));
        assertThat(body.path("acknowledged_by").asText()).startsWith("alice@").hasSizeGreaterThan("alice@".length());
        assertThat(body.path("ack_message").asText()).isEqualTo("on it");
        assertThat(body.path("ack_for").asText()).isEqualTo("2h");
        assertThat(cli.ask(api, "ack", "ab12cd34", "-m", "x", "-q").out()).isEqualTo("ab12cd34\n");
        assertThat(json(cli.ask(api, "ack", "ab12cd34", "-m", "x", "-o", "json").out())
                        .path("id")
                        .asText())
                .isEqualTo("ab12cd34");
    }

    @Test
    void idMayBeAbbreviatedWhileItIsUnique() {
        alerts(ALERT, OTHER);
        api.answer("/api/v1/alerts/ab12cd34/resolve", 200, ALERT);
        Result result = cli.ask(api, "resolve", "ab1", "--by", "bob");
        assertThat(result.code()).isZero();
        assertThat(api.requests).last().asString().contains("/ab12cd34/resolve", "{\"resolved_by\":\"bob\"}");
        Result ambiguous = cli.ask(api, "resolve", "ab");
        assertThat(ambiguous.code()).isEqualTo(1);
        assertThat(ambiguous.err()).contains("ab is the beginning of 2 ids: ab12cd34, ab99");
        assertThat(cli.ask(api, "ack", "zz", "-m", "x")).satisfies(none -> {
            assertThat(none.code()).isEqualTo(1);
            assertThat(none.err()).contains("there is no alert zz");
        });
    }

    @Test
    void refusalIsANoWithItsReason() {
        api.answer("/api/v1/alerts/ab12cd34", 200, ALERT)
                .answer("/api/v1/alerts/ab12cd34/resolve", 409, "{\"error\":\"a fresh reading supports it\"}");
        Result result = cli.ask(api, "resolve", "ab12cd34");
        assertThat(result).isEqualTo(new Result(1, "", "tocsin: a fresh reading supports it\n"));
    }

    @Test
    void whyTellsRuleFactsHistoryAndNotifications() {
        api.answer("/api/v1/alerts/ab12cd34", 200, ALERT).answer("/api/v1/alerts/ab12cd34/why", 200, why());
        Result result = cli.ask(api, "why", "ab12cd34");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains(
                        "memory_usage  n1 memory  firing",
                        "value    89.5, limit 85 max",
                        "because of the rule \"memory is above 85 percent\"  threshold/memory.drl:7",
                        "says \"memory at 89.5 %\" after 30s",
                        "     7  rule \"memory is above 85 percent\"\n",
                        "  ▸   9      ResourceUsage(usagePercent > 85)",
                        "matched  resource_usage of n1",
                        "usage_percent     89.5  limit 85 max, 4.5 past it",
                        "held back\n    hold         until noon",
                        "slack ← escalated (r3)",
                        "retry: 429",
                        "● escalated (r3)",
                        "→ oncall");
        assertThat(result.out()).doesNotContain("\u001b");
        assertThat(result.out().lines().filter(line -> line.matches(".*\\+\\d.*")))
                .as("what happened and who was told, in the order of time")
                .hasSize(3)
                .anyMatch(line -> line.matches(".*\\+3s +slack.* 9 ms +sent: 200 ok"));
        assertThat(json(cli.ask(api, "why", "ab12cd34", "-o", "json").out())).isEqualTo(json(why()));
    }

    @Test
    void whyNotMarksWhatFailsAndByHowMuch() {
        api.answer("/api/v1/rules/a \"b\"/c%/why-not", 200, whyNot(true));
        Result result = cli.ask(api, "why-not", "a \"b\"/c%", "--node", "n 1", "--cluster", "c&d");
        assertThat(result.code()).isZero();
        assertThat(api.requests)
                .containsExactly("GET /api/v1/rules/a%20%22b%22%2Fc%25/why-not?node=n%201&cluster=c%26d");
        assertThat(result.out())
                .contains(
                        "✗ silent  rule \"r\" of n1  threshold/memory.drl:7",
                        "usagePercent > 85: is 71.2, 13.8 short",
                        "  ▸   9      ResourceUsage(usagePercent > 85)",
                        "n1  would say warning memory_usage \"memory at 71.2 %\" after 30s",
                        "key    default/memory_usage/n1",
                        "✗ fails  usagePercent > 85  is 71.2, 13.8 short",
                        "resource_usage of n1, received 5s ago, not fresh for 1s")
                .doesNotContain("\u001b");
        assertThat(cli.ask(api, "why-not", "a \"b\"/c%", "--color", "always").out())
                .contains("\u001b[31m✗ fails");
    }

    @Test
    void whyNotOfANodeThatNeverReportedIsANo() {
        api.answer("/api/v1/rules/r/why-not", 200, whyNot(false));
        assertThat(cli.ask(api, "why-not", "r", "-n", "n9").code()).isEqualTo(1);
    }

    @Test
    void whyNotOfAnUnknownRuleTellsTheNearOnes() {
        api.answer(
                "/api/v1/rules/memry/why-not", 404, "{\"error\":\"there is no rule \\\"memry\\\"; did you mean x?\"}");
        Result result = cli.ask(api, "why-not", "memry");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("tocsin: there is no rule \"memry\"; did you mean x?\n");
    }

    @Test
    void alertOfWhichNobodyHeardSaysSo() {
        api.answer("/api/v1/alerts/ab12cd34", 200, ALERT)
                .answer("/api/v1/alerts/ab12cd34/why", 200, "{\"because\":[],\"transitions\":[],\"notifications\":[]}");
        assertThat(cli.ask(api, "why", "ab12cd34").out()).contains("nobody was told");
    }

    @Test
    void statusOfAReadyMemberIsAYes() {
        alerts(ALERT, OTHER);
        status(200, "{\"ready\":true,\"joined\":true,\"store\":true,\"rules\":true}");
        Result result = cli.ask(api, "status");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("tocsin  ★ ready", "1 🚨 critical  1 ⚠️ warning", "2 in 1 files  hash abc", "1 quarantined")
                .contains("slack  3 sent, 1 failed", "main", "healthy", "3 of 3");
        JsonNode document = json(cli.ask(api, "status", "-o", "json").out());
        assertThat(document.path("ready").asBoolean()).isTrue();
        assertThat(document.path("open_alerts").path("critical").asInt()).isEqualTo(1);
    }

    @Test
    void statusShowsWhoIsThereAndWhatEachHas() {
        status(200, "{\"ready\":true,\"joined\":true,\"store\":true,\"rules\":true}");
        api.answer("/api/v1/members", 200, """
                {"member":"10.0.0.1:5701","minority":false,"strangers":["10.0.0.9:5701"],"members":[
                 {"member":"10.0.0.1:5701","state":"ready","version":"1.2","rule_hash":"4abfda386784","since":"2026-01-02T03:00:00Z",
                  "clock_skew_seconds":0.001,"differs":[],"clusters":2,"receivers":["log","slack"],"beat_age_seconds":0.1},
                 {"member":"10.0.0.2:5701","state":"ailing","version":"1.2","rule_hash":"4abfda386784","since":"2026-01-02T03:00:00Z",
                  "clock_skew_seconds":3600.2,"differs":["clock"],"clusters":0,"receivers":[],"beat_age_seconds":7.3},
                 {"member":"10.0.0.7:5701","state":"foreign","version":null,"rule_hash":null,"since":null,
                  "clock_skew_seconds":null,"differs":[]},
                 {"member":"10.0.0.3:5701","state":"lost","version":"1.2","rule_hash":"4abfda386784","since":"2026-01-02T03:00:00Z",
                  "clock_skew_seconds":null,"differs":[],"clusters":0,"receivers":[],"beat_age_seconds":null}]}
                """);
        String out = cli.ask(api, "status").out();
        assertThat(out.lines())
                .anyMatch(line -> line.matches("  members +1 ailing, 1 foreign, 1 lost, 1 ready"))
                .anyMatch(line ->
                        line.matches("10.0.0.1:5701 ◂ +ready +1.2 +4abfda386784 +in step +beats +2 +log, slack"))
                .anyMatch(
                        line -> line.matches("10.0.0.2:5701 +ailing .* \\+1h +7s ago +0 +other clock than the others"))
                .anyMatch(line -> line.matches("10.0.0.7:5701 +foreign +an application that has joined the bus"))
                .anyMatch(line -> line.matches("10.0.0.3:5701 +lost .* since \\d.*"))
                .anyMatch(line -> line.equals("❌ 10.0.0.9:5701 uses the same store and is not among the members"))
                .anyMatch(line -> line.matches("CLUSTER +STATUS +HEALTHY +QUORUM +EPOCH +OWNER"));
    }

    @Test
    void statusOfAMemberThatIsNotReadyIsANo() {
        status(503, "{\"ready\":false,\"joined\":true,\"store\":false,\"rules\":true}");
        Result result = cli.ask(api, "status");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("❌ not ready: store not yet", "alerts    not known now");
    }

    @Test
    void watchTellsEveryChangeOnce() {
        String later = ALERT.replace("\"revision\":3", "\"revision\":4");
        api.answer("/api/v1/alerts", 200, page(ALERT))
                .answer("/api/v1/alerts", 200, page(ALERT))
                .answer("/api/v1/alerts", 200, page(later))
                .answer("/api/v1/alerts", 503, "{\"error\":\"busy\"}")
                .answer("/api/v1/alerts", 200, page())
                .answer(
                        "/api/v1/alerts/ab12cd34",
                        200,
                        later.replace("firing", "resolved").replace(":4,", ":5,"));
        Result result = cli.ask(api, "watch", "--every", "1ms", "--times", "5", "-o", "json");
        assertThat(result.code()).isZero();
        List<Integer> revisions = result.out()
                .lines()
                .map(line -> json(line).path("revision").asInt())
                .toList();
        assertThat(revisions).containsExactly(3, 4, 5);
        assertThat(result.err()).isEqualTo("tocsin: busy\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts", "status", "watch", "demo", "why x", "why-not x", "resolve x", "ack x -m y"})
    void unreachableMemberSaysHowToStartIt(String command) {
        String url = api.url();
        api.close();
        cli.env.put("TOCSIN_URL", url);
        Result result = cli.run(command.split(" "));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("tocsin: cannot reach " + url + ": ")
                .contains("is it running? start it with ./tocsin run");
    }

    @Test
    void somethingElseAtTheAddressIsNotReached() {
        api.answer("/api/v1/alerts", 200, "<html>hello</html>");
        Result result = cli.ask(api, "alerts");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("not with JSON; is that Tocsin?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alerts --state burning",
                "alerts --severity fatal",
                "alerts --limit 0",
                "alerts --url ftp://x",
                "ack x -m y --for soon",
                "watch --every often",
                "demo --minutes 0",
                "demo --minutes many",
                "demo --cluster a/b",
                "demo --seed x",
                "alerts --sevrity info",
                "alerts -o xml",
                "ack x"
            })
    void wrongUsageIsToldBeforeAnybodyIsAsked(String command) {
        Result result = cli.run(command.split(" "));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("tocsin: ").doesNotContain("cannot reach");
    }

    private void alerts(String... alerts) {
        api.answer("/api/v1/alerts", 200, page(alerts));
    }

    private static String page(String... alerts) {
        return "{\"alerts\":[" + String.join(",", alerts) + "],\"next_cursor\":null}";
    }

    private void status(int status, String body) {
        api.answer("/-/ready", status, body);
        if (status == 200) {
            api.answer(
                            "/api/v1/clusters",
                            200,
                            "[{\"cluster\":\"main\",\"status\":\"healthy\",\"healthy_nodes\":3,\"total_nodes\":3,"
                                    + "\"quorum_status\":\"available\",\"owner\":null,\"epoch\":1}]")
                    .answer(
                            "/api/v1/rules",
                            200,
                            "{\"rule_hash\":\"abc\",\"rules\":[{\"file\":\"a\",\"state\":\"active\"},"
                                    + "{\"file\":\"a\",\"state\":\"quarantined\"}]}")
                    .answer("/api/v1/stats", 200, "{\"by_receiver\":{\"slack\":{\"sent\":3,\"failed\":1}}}");
        }
    }

    private static String whyNot(boolean known) {
        return """
                {"rule":{"name":"r","file":"threshold/memory.drl","line":7},"cluster":"default","node":"n1","holds":false,
                 "says":"usagePercent > 85: is 71.2, 13.8 short","about_nodes":true,"node_known":KNOWN,"complete":true,"omitted":0,
                 "text":"rule \\"r\\"\\nwhen\\n    ResourceUsage(usagePercent > 85)\\nthen\\n    x\\nend","suppressed_by":[],
                 "attempts":[{"about":"n1","holds":false,"says":"","key":"default/memory_usage/n1","alert":null,
                  "would_say":{"kind":"finding","alert_type":"memory_usage","severity":"warning","message":"memory at 71.2 %","hold_for":"30s"},
                  "steps":[{"kind":"match","text":"ResourceUsage(usagePercent > 85)","line":9,"verdict":"fails","says":"","constraints":[],
                   "seen":[{"matches":false,"fact":{"type":"resource_usage","node":"n1","fresh":false,"received_at":"2026-01-02T03:04:00Z",
                    "fresh_until":"2026-01-02T03:04:04Z"},
                    "constraints":[{"text":"usagePercent > 85","line":9,"verdict":"fails","says":"is 71.2, 13.8 short"}]}]}]}]}
                """.replace("KNOWN", Boolean.toString(known));
    }

    private static String why() {
        return "{\"alert\":" + ALERT + """
                ,"because":[{"rule":{"name":"memory is above 85 percent","file":"threshold/memory.drl","line":7},"message":"memory at 89.5 %","hold_for":"30s",
                  "text":"rule \\"memory is above 85 percent\\"\\nwhen\\n    ResourceUsage(usagePercent > 85)\\nend",
                  "facts":[{"type":"resource_usage","node":"n1","usage_percent":89.5,"labels":{},"ttl":null}],"omitted":0}],
                 "suppressed_by":[{"kind":"hold","text":"until noon","since":null,"until":null}],
                 "transitions":[{"at":"2026-01-02T03:00:00Z","revision":3,"kind":"escalated","by":null,
                  "to":["oncall"],"detail":"nobody answered"}],
                 "notifications":[{"receiver":"slack","revision":3,"change":"escalated","state":"sent","attempts":[
                  {"at":"2026-01-02T03:00:01Z","took_ms":12,"outcome":"retry","detail":"429"},
                  {"at":"2026-01-02T03:00:03Z","took_ms":9,"outcome":"sent","detail":"200 ok"}]}]}""";
    }

    private static JsonNode json(String text) {
        try {
            return Json.parse(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
