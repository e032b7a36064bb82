package io.tocsin.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The messages of one step, as they go over the wire. */
final class Messages {
    /** As long as a message may live, so that nobody is missed when the story is over. */
    private static final String TTL = "24h";

    private final String cluster;
    private final List<ObjectNode> all = new ArrayList<>();

    Messages(String cluster) {
        this.cluster = cluster;
    }

    List<ObjectNode> all() {
        return List.copyOf(all);
    }

    private ObjectNode message(String type, String node) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("type", type).put("cluster", cluster).put("node", node).put("ttl", TTL);
        all.add(message);
        return message;
    }

    void component(String node, String status, double answerMs) {
        message("component_health", node)
                .put("component", "store")
                .put("status", status)
                .putObject("details")
                .put("store_id", "orders")
                .put("response_time_ms", tenths(answerMs));
    }

    void check(String node, String name, boolean passes, double tookMs) {
        ObjectNode check = message("health_check", node)
                .put("check_name", name)
                .put("result", passes ? "pass" : "timeout")
                .put("duration_ms", tenths(passes ? tookMs : 2000));
        if (!passes) {
            check.put("error", "no answer within 2 s");
        }
    }

    void usage(String node, String resource, double percent, long total) {
        message("resource_usage", node)
                .put("resource_type", resource)
                .put("usage_percent", tenths(percent))
                .put("total_available", total)
                .put("current_used", Math.round(total * percent / 100));
    }

    void latency(String node, String operation, String percentile, double ms, long samples) {
        message("latency", node)
                .put("operation", operation)
                .put("percentile", percentile)
                .put("latency_ms", tenths(ms))
                .put("sample_count", samples);
    }

    void throughput(String node, String operation, double rate) {
        message("throughput", node).put("operation", operation).put("rate_per_sec", tenths(rate));
    }

    void limit(String node, String metric, double value, double limit) {
        message("metric_alert", node)
                .put("metric_name", metric)
                .put("current_value", tenths(value))
                .put("threshold_value", limit)
                .put("threshold_type", "max")
                .put("severity", "warning");
    }

    void analysis(String node, double score, String... bottlenecks) {
        ObjectNode results = message("performance_analysis", node)
                .put("component", "store")
                .put("analysis_type", "load")
                .putObject("results");
        results.put("performance_score", Math.round(score));
        for (String each : bottlenecks) {
            results.withArray("bottlenecks").add(each);
        }
    }

    void trace(String node, String what, int pauseMs) {
        message("debug_trace", node)
                .put("component", "store")
                .put("trace_type", what)
                .putObject("data")
                .put("pause_ms", pauseMs)
                .put("freed_percent", 1)
                .put("cause", "allocation failure");
    }

    void state(String node, double memoryPercent, long total) {
        ObjectNode data =
                message("system_state", node).put("snapshot_type", "overload").putObject("state_data");
        data.put("total_memory", total)
                .put("used_memory", Math.round(total * memoryPercent / 100))
                .put("process_count", 214);
        data.putObject("largest_processes").put("store", Math.round(total * (memoryPercent - 9) / 100));
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
