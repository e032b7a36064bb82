package io.tocsin.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A night in a shop: a node of a store cluster fails, latency rises, somebody answers some of it. All of it is made up. */
public final class StandInStory {
    static final String MEMORY_RULE = "memory is at 95 percent or more";
    private static final String MEMORY_TEXT = """
            rule "memory is at 95 percent or more"
            when
                $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent >= 95)
            then
                insertLogical(Finding.of("memory_usage", $u)
                    .critical("memory at " + fig($u.usagePercent()) + " %")
                    .value($u.usagePercent()).max(95)
                    .holdFor("30s").quietFor("15s")
                    .runbook("docs/runbooks/memory.md"));
            end""";

    private final Instant now;

    private StandInStory(Instant now) {
        this.now = now;
    }

    /** Tells it to a stand-in as of now. */
    public static StandIn tell(StandIn standIn) {
        new StandInStory(Instant.now()).all(standIn);
        return standIn;
    }

    private void all(StandIn to) {
        alerts().forEach(to::put);
        to.answers("/api/v1/clusters", ctx -> clusters());
        to.answers("/api/v1/series", ctx -> new StandInSeries(now).answer(ctx));
        to.answers("/api/v1/stats", ctx -> StandInFigures.stats(now));
        to.answers("/api/v1/rules", ctx -> StandInFigures.rules(now));
        to.answers(
                "/api/v1/rules/memory%20is%20at%2095%20percent%20or%20more",
                ctx -> StandInFigures.rule(MEMORY_RULE, MEMORY_TEXT));
        to.answers("/api/v1/diagnostics", ctx -> StandInFigures.diagnostics(now, ctx));
        to.answers("/api/v1/clusters/orders/nodes", ctx -> StandInFigures.nodes(now));
        to.answers("/api/v1/clusters/orders/history", ctx -> StandInFigures.health(now));
        to.answers("/api/v1/clusters/orders/health", ctx -> clusters().getJsonObject(0));
        for (JsonObject alert : alerts()) {
            to.answers("/api/v1/alerts/" + alert.getString("id") + "/why", ctx -> why(alert));
        }
    }

    static JsonArray clusters() {
        return new JsonArray()
                .add(cluster("orders", "degraded", 3, 5, "available", 7))
                .add(cluster("search", "degraded", 5, 6, "available", 2))
                .add(cluster("payments", "healthy", 3, 3, "available", 0))
                .add(cluster("mail", "healthy", 2, 2, "available", 0));
    }

    private static JsonObject cluster(String name, String status, int healthy, int total, String quorum, int open) {
        return new JsonObject()
                .put("cluster", name)
                .put("status", status)
                .put("healthy_nodes", healthy)
                .put("total_nodes", total)
                .put("quorum_status", quorum)
                .put("epoch", 4)
                .put("frozen", false)
                .put("series", total * 18)
                .put("open_alerts", open)
                .put("owner", "127.0.0.1:5701");
    }

    private List<JsonObject> alerts() {
        return List.of(
                alert(
                                "a1f09c3b77d2-3",
                                "orders",
                                "n3",
                                "memory_usage",
                                "critical",
                                "memory at 96.4 %",
                                260,
                                MEMORY_RULE)
                        .put("value", 96.4)
                        .put("limit", 95.0)
                        .put("limit_type", "max")
                        .put("escalation_level", 1)
                        .put("next_escalation_at", in(214))
                        .put("labels", new JsonObject().put("team", "store")),
                alert(
                                "b22d8810ac41-1",
                                "orders",
                                "n5",
                                "node_silent",
                                "critical",
                                "no word from n5 for 5 minutes",
                                130,
                                "node is silent")
                        .put("next_escalation_at", in(170)),
                alert(
                                "c90a71d2e0b8-1",
                                "orders",
                                "n3",
                                "latency",
                                "warning",
                                "append p99 at 812 ms",
                                540,
                                "latency is above 500 ms")
                        .put("subject", "n3/append/p99")
                        .put("value", 812.0)
                        .put("limit", 500.0)
                        .put("limit_type", "max")
                        .put("next_escalation_at", in(360)),
                alert(
                                "d4417b01fa96-2",
                                "search",
                                "s2",
                                "disk_full",
                                "warning",
                                "/data is full in about 3 hours",
                                1500,
                                "disk fills up")
                        .put("subject", "s2//data")
                        .put("next_escalation_at", in(40)),
                alert(
                                "e5b0c2c4d17a-1",
                                "orders",
                                null,
                                "nodes_degraded",
                                "warning",
                                "2 of 5 nodes are not healthy",
                                120,
                                "nodes are degraded")
                        .put("next_escalation_at", in(780)),
                alert(
                                "f77e90aa3c05-1",
                                "search",
                                "s4",
                                "throughput_drop",
                                "info",
                                "queries at 41 % of what is usual",
                                2400,
                                "throughput drops")
                        .put("value", 41.0)
                        .put("limit", 60.0)
                        .put("limit_type", "min"),
                acknowledged(alert(
                                "0d3b8e4f6a21-1",
                                "orders",
                                "n1",
                                "cpu_usage",
                                "critical",
                                "cpu at 98 %",
                                3000,
                                "cpu is at 95 percent or more")
                        .put("value", 98.0)
                        .put("limit", 95.0)
                        .put("limit_type", "max")),
                alert(
                                "1c2a99ef0d44-1",
                                "orders",
                                "n2",
                                "memory_usage",
                                "warning",
                                "memory at 86.1 %",
                                12,
                                "memory is above 85 percent")
                        .put("state", "pending")
                        .putNull("fired_at"),
                resolved(
                        alert(
                                "a1f09c3b77d2-2",
                                "orders",
                                "n3",
                                "memory_usage",
                                "critical",
                                "memory at 95.2 %",
                                90_000,
                                MEMORY_RULE),
                        640),
                resolved(
                        alert(
                                "a1f09c3b77d2-1",
                                "orders",
                                "n3",
                                "memory_usage",
                                "warning",
                                "memory at 88.0 %",
                                260_000,
                                MEMORY_RULE),
                        1900),
                resolved(
                        alert(
                                "99f2ab34d001-1",
                                "payments",
                                "p1",
                                "component_unhealthy",
                                "critical",
                                "ledger is unhealthy",
                                7_200,
                                "component is unhealthy"),
                        320),
                resolved(
                        alert(
                                "88ad0134ffc2-4",
                                "mail",
                                "m2",
                                "health_check",
                                "warning",
                                "smtp times out",
                                14_000,
                                "health check fails"),
                        95));
    }

    private String in(long seconds) {
        return now.plusSeconds(seconds).toString();
    }

    private JsonObject acknowledged(JsonObject alert) {
        return alert.put("state", "acknowledged")
                .put("acknowledged_at", in(-2800))
                .put("acknowledged_by", "ann")
                .put("ack_message", "draining it")
                .put("ack_expires_at", in(4400))
                .putNull("next_escalation_at")
                .put("revision", 3);
    }

    private JsonObject resolved(JsonObject alert, long lasted) {
        Instant since = Instant.parse(alert.getString("fired_at"));
        return alert.put("state", "resolved")
                .put("acknowledged_at", since.plusSeconds(lasted / 3).toString())
                .put("acknowledged_by", "bo")
                .put("resolved_at", since.plusSeconds(lasted).toString())
                .put("resolved_because", "a fresh reading is below the limit")
                .putNull("next_escalation_at")
                .put("revision", 4);
    }

    private JsonObject alert(
            String id,
            String cluster,
            String node,
            String type,
            String severity,
            String message,
            long age,
            String rule) {
        return document(now, id, cluster, node, type, severity, message, age, rule);
    }

    /** An alert that fires, as the appliance would write it. */
    public static JsonObject document(
            Instant now,
            String id,
            String cluster,
            String node,
            String type,
            String severity,
            String message,
            long age,
            String rule) {
        String subject = node == null ? cluster : node;
        String at = now.minusSeconds(age).toString();
        JsonObject alert = new JsonObject()
                .put("id", id)
                .put("key", cluster + "/" + type + "/" + subject)
                .put("cluster", cluster)
                .put("node", node)
                .put("subject", subject)
                .put("alert_type", type)
                .put("severity", severity)
                .put("message", message)
                .put("context", new JsonObject())
                .put("runbook", "docs/runbooks/" + type + ".md")
                .put("rules", new JsonArray().add(ruleRef(rule, type)))
                .put("timestamp", at)
                .put("labels", new JsonObject())
                .put("state", "firing")
                .put("stale", false)
                .put("degraded", false)
                .put("escalation_level", 0)
                .put("since", now.minusSeconds(age + 30).toString())
                .put("fired_at", at)
                .put("updated_at", at)
                .put("revision", 2)
                .put("rule_hash", "4abfda386784");
        for (String empty : List.of(
                "value",
                "limit",
                "limit_type",
                "next_escalation_at",
                "acknowledged_at",
                "acknowledged_by",
                "ack_message",
                "ack_expires_at",
                "auto_ack",
                "resolved_at",
                "resolved_because",
                "resolved_by")) {
            alert.putNull(empty);
        }
        return alert;
    }

    private static JsonObject ruleRef(String rule, String type) {
        return new JsonObject()
                .put("name", rule)
                .put("file", "threshold/" + type.replace("_usage", "") + ".drl")
                .put("line", 28);
    }

    private JsonObject why(JsonObject alert) {
        Instant fired = Instant.parse(alert.getString("since")).plusSeconds(30);
        JsonArray transitions = new JsonArray()
                .add(change(1, "pending", alert.getString("since"), "reading", "holds for 30s before anybody is told"))
                .add(change(2, "fired", fired.toString(), "deadline", alert.getString("message")));
        JsonArray told = new JsonArray()
                .add(told(2, "log", "sent", fired, 3, "logged"))
                .add(told(2, "slack", "sent", fired, 184, "200 ok"))
                .add(told(2, "pagerduty", "sent", fired, 2_410, "202 Event processed"));
        if (alert.getInteger("escalation_level") > 0) {
            Instant at = fired.plusSeconds(180);
            transitions.add(change(3, "escalated", at.toString(), "deadline", "nobody answered for 3m")
                    .put("to", new JsonArray().add("second-line")));
            told.add(told(3, "second-line", "failed", at, 5_002, "503 Service Unavailable"));
        }
        if (alert.getString("acknowledged_at") != null) {
            transitions.add(change(
                            4,
                            "acknowledged",
                            alert.getString("acknowledged_at"),
                            "command",
                            alert.getString("ack_message"))
                    .put("by", alert.getString("acknowledged_by")));
        }
        if (alert.getString("resolved_at") != null) {
            transitions.add(change(
                    5, "resolved", alert.getString("resolved_at"), "reading", alert.getString("resolved_because")));
        }
        JsonObject fact = new JsonObject()
                .put("type", "resource_usage")
                .put("cluster", alert.getString("cluster"))
                .put("node", alert.getString("node"))
                .put("resource_type", "memory")
                .put("usage_percent", alert.getValue("value"))
                .put("total_available", 68_719_476_736L)
                .put("received_at", fired.toString())
                .put("fresh", true);
        return new JsonObject()
                .put("alert_id", alert.getString("id"))
                .put("rule_hash", "4abfda386784")
                .put(
                        "because",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("rule", alert.getJsonArray("rules").getJsonObject(0))
                                        .put("text", MEMORY_TEXT)
                                        .put("severity", alert.getString("severity"))
                                        .put("message", alert.getString("message"))
                                        .put("hold_for", "30s")
                                        .put("quiet_for", "15s")
                                        .put("facts", new JsonArray().add(fact))
                                        .put("omitted", 0)))
                .put(
                        "suppressed_by",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("kind", "failed")
                                        .put("text", "second-line was given up after 5 attempts")
                                        .putNull("since")
                                        .putNull("until")))
                .put("transitions", transitions)
                .put("notifications", told);
    }

    private static JsonObject change(int revision, String kind, String at, String cause, String detail) {
        return new JsonObject()
                .put("revision", revision)
                .put("kind", kind)
                .put("at", at)
                .put("cause", cause)
                .put("detail", detail)
                .putNull("by")
                .put("to", new JsonArray());
    }

    private static JsonObject told(int revision, String receiver, String state, Instant at, int took, String detail) {
        JsonArray attempts = new JsonArray();
        int tries = state.equals("failed") ? 5 : 1;
        for (int i = 0; i < tries; i++) {
            attempts.add(new JsonObject()
                    .put("at", at.plus(Duration.ofSeconds(i * 4L)).toString())
                    .put("took_ms", took)
                    .put("outcome", i < tries - 1 ? "retry" : state)
                    .put("detail", detail));
        }
        return new JsonObject()
                .put("receiver", receiver)
                .put("change", "fired")
                .put("detail", detail)
                .put("state", state)
                .putNull("state_detail")
                .put("created_at", at.toString())
                .putNull("next_attempt_at")
                .put("revision", revision)
                .put("attempts", attempts);
    }

    /** So many open alerts over many nodes, of all kinds. */
    public static void flood(StandIn standIn, int count) {
        Random random = new Random(7);
        Instant now = Instant.now();
        Map<Integer, String> severities = Map.of(0, "critical", 1, "warning", 2, "warning", 3, "info");
        for (int i = 0; i < count; i++) {
            String severity = severities.get(random.nextInt(4));
            standIn.put(document(
                    now,
                    "flood%08d-1".formatted(i),
                    "cluster-" + i % 40,
                    "node-" + i % 997,
                    "queue_length",
                    severity,
                    "queue " + i + " holds " + random.nextInt(100_000) + " entries",
                    random.nextInt(80_000),
                    "queue is long"));
        }
    }
}
