package io.tocsin.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;

/** What the made-up appliance says of its past, its rules and what it kept. */
final class StandInFigures {
    private StandInFigures() {}

    static JsonObject stats(Instant now) {
        return new JsonObject()
                .put("since", now.minusSeconds(86_400).toString())
                .put("until", now.toString())
                .put("fired", 42)
                .put("mtta_seconds", 214.0)
                .put("mttr_seconds", 1_322.0)
                .put(
                        "by_rule",
                        new JsonObject().put(StandInStory.MEMORY_RULE, 12).put("node is silent", 9))
                .put(
                        "by_severity",
                        new JsonObject().put("critical", 11).put("warning", 24).put("info", 7))
                .put(
                        "by_node",
                        new JsonObject()
                                .put("n3", 17)
                                .put("n5", 8)
                                .put("s2", 6)
                                .put("m2", 4)
                                .put("p1", 2))
                .put("by_type", new JsonObject().put("memory_usage", 16).put("node_silent", 9))
                .put(
                        "mtta_by_severity",
                        new JsonObject()
                                .put("critical", 96.0)
                                .put("warning", 288.0)
                                .putNull("info"))
                .put(
                        "mttr_by_severity",
                        new JsonObject()
                                .put("critical", 870.0)
                                .put("warning", 1_610.0)
                                .put("info", 600.0))
                .put("mtta_by_rule", new JsonObject().put(StandInStory.MEMORY_RULE, 140.0))
                .put("mttr_by_rule", new JsonObject().put(StandInStory.MEMORY_RULE, 940.0))
                .put(
                        "noisiest",
                        new JsonArray()
                                .add(noisy(StandInStory.MEMORY_RULE, 12, 11, 140.0, 940.0))
                                .add(noisy("node is silent", 9, 9, 301.0, 412.0))
                                .add(noisy("latency is above 500 ms", 7, 6, 210.0, 1_800.0))
                                .add(noisy("health check fails", 4, 4, null, 95.0))
                                .add(noisy("disk fills up", 2, 1, 900.0, 7_300.0)))
                .put(
                        "by_receiver",
                        new JsonObject()
                                .put("log", new JsonObject().put("sent", 96))
                                .put(
                                        "slack",
                                        new JsonObject()
                                                .put("sent", 71)
                                                .put("failed", 3)
                                                .put("skipped", 4))
                                .put(
                                        "pagerduty",
                                        new JsonObject().put("sent", 22).put("pending", 1))
                                .put("second-line", new JsonObject().put("failed", 5)));
    }

    private static JsonObject noisy(String rule, int fired, int resolved, Double mtta, Double mttr) {
        return new JsonObject()
                .put("rule", rule)
                .put("fired", fired)
                .put("resolved", resolved)
                .put("mtta_seconds", mtta)
                .put("mttr_seconds", mttr);
    }

    static JsonObject rules(Instant now) {
        JsonArray rules = new JsonArray();
        String[][] all = {
            {"threshold", "memory is above 85 percent", "memory", "31"},
            {"threshold", StandInStory.MEMORY_RULE, "memory", "12"},
            {"threshold", "cpu is at 95 percent or more", "cpu", "4"},
            {"threshold", "latency is above 500 ms", "latency", "7"},
            {"threshold", "health check fails", "health_check", "4"},
            {"trend", "disk fills up", "disk_full", "2"},
            {"trend", "throughput drops", "throughput_drop", "1"},
            {"quorum", "quorum is lost", "quorum_lost", "0"},
            {"quorum", "nodes are degraded", "nodes_degraded", "3"},
            {"absence", "node is silent", "node_silent", "9"},
            {"escalation", "critical alerts climb after 3 minutes", "ladder_critical", "5"},
            {"routing", "everything goes to the log", "log", "96"},
        };
        for (int i = 0; i < all.length; i++) {
            boolean broken = all[i][1].equals("throughput drops");
            rules.add(new JsonObject()
                    .put("name", all[i][1])
                    .put("family", all[i][0])
                    .put("file", all[i][0] + "/" + all[i][2] + ".drl")
                    .put("line", 11 + i)
                    .put("state", broken ? "quarantined" : "active")
                    .put("fired", Integer.parseInt(all[i][3]))
                    .put(
                            "last_fired",
                            all[i][3].equals("0")
                                    ? null
                                    : now.minusSeconds(260L * (i + 1)).toString())
                    .put("last_error", broken ? "threw ArithmeticException: / by zero at line 19" : null));
        }
        return new JsonObject()
                .put("rule_hash", "4abfda386784")
                .put("files", new JsonArray())
                .put("rules", rules)
                .put(
                        "members",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("name", "127.0.0.1:5701")
                                        .put("rule_hash", "4abfda386784"))
                                .add(new JsonObject()
                                        .put("name", "127.0.0.1:5702")
                                        .put("rule_hash", "4abfda386784"))
                                .add(new JsonObject()
                                        .put("name", "127.0.0.1:5703")
                                        .put("rule_hash", "09212e09add9")))
                .put(
                        "last_reload",
                        new JsonObject()
                                .put("at", now.minusSeconds(5_200).toString())
                                .put("result", "taken")
                                .put("trigger", "change"));
    }

    static JsonObject rule(String name, String text) {
        return new JsonObject()
                .put("name", name)
                .put("file", "threshold/memory.drl")
                .put("line", 28)
                .put("family", "threshold")
                .put(
                        "doc",
                        "Memory nearly gone. Input: ResourceUsage memory, per cent, every 5 s. Withdrawn: as soon as a"
                                + " reading is below 95. Why 95: the rest is what the kernel keeps for itself; the next large"
                                + " allocation ends a process.")
                .put("drl", text)
                .put(
                        "scenarios",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("name", "fires after 30 s and escalates")
                                        .put("passed", true)
                                        .put("seconds", 0.21))
                                .add(new JsonObject()
                                        .put("name", "a dip is silent")
                                        .put("passed", true)
                                        .put("seconds", 0.04))
                                .add(new JsonObject()
                                        .put("name", "a node without memory readings is silent")
                                        .put("passed", false)
                                        .put("seconds", 0.03)));
    }

    static JsonObject nodes(Instant now) {
        JsonArray nodes = new JsonArray();
        String[] statuses = {"healthy", "healthy", "degraded", "healthy", "unhealthy"};
        for (int i = 0; i < 5; i++) {
            JsonArray components = new JsonArray();
            for (String name : List.of("store", "network", "index", "gateway")) {
                String status = i == 2 && name.equals("store") ? "degraded" : i == 4 ? "unhealthy" : "healthy";
                if (i == 3 && name.equals("gateway")) {
                    continue;
                }
                components.add(new JsonObject()
                        .put("component", name)
                        .put("status", status)
                        .put("last_seen", now.minusSeconds(i == 4 ? 430 : 3).toString())
                        .put("detail", status.equals("healthy") ? null : "412 ms to answer"));
            }
            nodes.add(new JsonObject()
                    .put("node", "n" + (i + 1))
                    .put("status", statuses[i])
                    .put("components", components));
        }
        return new JsonObject().put("nodes", nodes);
    }

    static JsonObject health(Instant now) {
        JsonArray points = new JsonArray();
        int[][] changes = {{3600, 5}, {1900, 4}, {1500, 5}, {430, 4}, {260, 3}};
        for (int[] change : changes) {
            points.add(new JsonObject()
                    .put("at", now.minusSeconds(change[0]).toString())
                    .put("status", change[1] == 5 ? "healthy" : "degraded")
                    .put("healthy_nodes", change[1])
                    .put("total_nodes", 5)
                    .put("quorum_status", "available"));
        }
        return new JsonObject().put("points", points);
    }

    static JsonObject diagnostics(Instant now, RoutingContext ctx) {
        JsonObject state = new JsonObject()
                .put("type", "system_state")
                .put("cluster", "orders")
                .put("node", "n3")
                .put("snapshot_type", "alert_capture")
                .put(
                        "state_data",
                        new JsonObject()
                                .put(
                                        "memory",
                                        new JsonObject()
                                                .put("heap_used", 811_000_000)
                                                .put("heap_max", 1_073_741_824)
                                                .put("direct", 67_108_864))
                                .put(
                                        "threads",
                                        new JsonObject()
                                                .put("count", 143)
                                                .put("peak", 151)
                                                .put("blocked", new JsonArray()))
                                .put("load_average", 7.41)
                                .put(
                                        "largest_processes",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("pid", 4711)
                                                        .put("name", "store")
                                                        .put("rss", 52_000_000_000L))
                                                .add(new JsonObject()
                                                        .put("pid", 812)
                                                        .put("name", "indexer")
                                                        .put("rss", 9_100_000_000L))))
                .put("labels", new JsonObject().put("alert_id", "a1f09c3b77d2-3"));
        JsonArray all = new JsonArray().add(diagnostic("71", "system_state", "n3", now.minusSeconds(258), state));
        if (ctx.request().getParam("alert_id") == null) {
            all.add(diagnostic(
                            "70",
                            "performance_analysis",
                            "n3",
                            now.minusSeconds(700),
                            new JsonObject()
                                    .put("type", "performance_analysis")
                                    .put("component", "store")
                                    .put("analysis_type", "bottleneck")
                                    .put(
                                            "results",
                                            new JsonObject()
                                                    .put("performance_score", 41)
                                                    .put(
                                                            "bottlenecks",
                                                            new JsonArray()
                                                                    .add("compaction")
                                                                    .add("page cache"))
                                                    .put("recommendations", new JsonArray().add("compact at night")))))
                    .add(diagnostic(
                            "69",
                            "debug_trace",
                            "n1",
                            now.minusSeconds(2_100),
                            new JsonObject()
                                    .put("type", "debug_trace")
                                    .put("component", "gateway")
                                    .put("trace_type", "slow_request")
                                    .put(
                                            "data",
                                            new JsonObject()
                                                    .put("path", "/append")
                                                    .put("took_ms", 1_840)
                                                    .put("retried", true))));
        }
        return new JsonObject().put("diagnostics", all).putNull("next_cursor");
    }

    private static JsonObject diagnostic(String id, String type, String node, Instant at, JsonObject document) {
        return new JsonObject()
                .put("id", id)
                .put("cluster", "orders")
                .put("type", type)
                .put("node", node)
                .put("at", at.toString())
                .put("document", document);
    }
}
