package io.tocsin.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bus.TelemetryJson.Format;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadMessagesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String TYPES = "component_health, cluster_health, health_check, throughput, latency,"
            + " resource_usage, metric, metric_alert, timing, system_alert, debug_trace, performance_analysis,"
            + " system_state";

    private static String error(String message) {
        Decoded decoded =
                TelemetryJson.decode(message.getBytes(StandardCharsets.UTF_8), Format.JSON, NOW, Limits.DEFAULT);
        assertThat(decoded.accepted()).isEmpty();
        assertThat(decoded.rejected()).hasSize(1);
        return decoded.rejected().get(0).error();
    }

    /** A good message, some field of which another value replaces; single quotes stand for double ones. */
    private static Arguments usage(String field, String expected) {
        String base = "'type':'resource_usage','node':'n1','resource_type':'cpu','usage_percent':1,";
        String name = field.substring(0, field.indexOf(':') + 1);
        String kept = Stream.of(base.split("(?<=,)"))
                .filter(known -> !known.startsWith(name))
                .collect(Collectors.joining());
        return Arguments.of("{" + kept + field + "}", "resource_usage." + expected);
    }

    private static Arguments of(String message, String expected) {
        return Arguments.of(message, expected);
    }

    private static String long300() {
        return "x".repeat(300);
    }

    static Stream<Arguments> heads() {
        return Stream.of(
                of("{}", "type: expected one of " + TYPES + ", found nothing"),
                of("{'type':null}", "type: expected one of " + TYPES + ", found nothing"),
                of("{'type':3}", "type: expected one of " + TYPES + ", found 3"),
                of(
                        "{'type':'resource_usge'}",
                        "type: expected one of " + TYPES + ", found \"resource_usge\"; did you mean resource_usage?"),
                of("{'type':'alert_ack'}", "type: expected one of " + TYPES + ", found \"alert_ack\""),
                of(
                        "{'type':'Health-Check'}",
                        "type: expected one of " + TYPES + ", found \"Health-Check\"; did you mean health_check?"),
                of("3", "message: expected an object, found 3"),
                of("null", "message: expected an object, found nothing"),
                of("[[]]", "message: expected an object, found an array"),
                of("['timing']", "message: expected an object, found \"timing\""),
                usage("'node':null", "node: expected a name, found nothing"),
                usage("'node':''", "node: expected a name that is not blank, found \"\""),
                usage("'node':3", "node: expected a name as text, found 3"),
                usage("'node':['n1']", "node: expected a name as text, found an array"),
                usage("'node':'" + long300() + "'", "node: expected a name of at most 256 characters, found 300"),
                usage(
                        "'node':'n\\u001b[31m'",
                        "node: expected a name without control or invisible characters, found \"n\\u001b[31m\""),
                usage(
                        "'cluster':'a\\u202eb'",
                        "cluster: expected a name without control or invisible characters, found \"a\\u202eb\""),
                usage(
                        "'timestamp':'yesterday'",
                        "timestamp: expected an RFC 3339 time such as 2026-11-23T12:00:00Z, found \"yesterday\""),
                usage(
                        "'timestamp':1763899200",
                        "timestamp: expected an RFC 3339 time such as 2026-11-23T12:00:00Z, found 1763899200"),
                usage(
                        "'timestamp':'2026-02-30T12:00:00Z'",
                        "timestamp: expected an RFC 3339 time such as 2026-11-23T12:00:00Z, found"
                                + " \"2026-02-30T12:00:00Z\""),
                usage(
                        "'timestamp':'2026-11-23T12:00:00'",
                        "timestamp: expected an RFC 3339 time such as 2026-11-23T12:00:00Z, found"
                                + " \"2026-11-23T12:00:00\""),
                usage(
                        "'timestamp':'9999-12-31T23:59:59Z'",
                        "timestamp: expected at most 5 minutes after its receipt at 2026-11-23T12:00:00Z, found"
                                + " \"9999-12-31T23:59:59Z\""),
                usage(
                        "'timestamp':'2026-11-23T12:05:00.001Z'",
                        "timestamp: expected at most 5 minutes after its receipt at 2026-11-23T12:00:00Z, found"
                                + " \"2026-11-23T12:05:00.001Z\""),
                usage(
                        "'timestamp':'1969-12-31T23:59:59Z'",
                        "timestamp: expected a time since 1970, found \"1969-12-31T23:59:59Z\""),
                usage("'ttl':'soon'", "ttl: expected a duration such as 250ms, 30s, 10m or 1h30m, found \"soon\""),
                usage(
                        "'ttl':30",
                        "ttl: expected a duration such as 250ms, 30s, 10m or 1h30m, above 0 and at most 1d, found 30"),
                usage(
                        "'ttl':'0s'",
                        "ttl: expected a duration such as 250ms, 30s, 10m or 1h30m, above 0 and at most 1d, found"
                                + " \"0s\""),
                usage(
                        "'ttl':'25h'",
                        "ttl: expected a duration such as 250ms, 30s, 10m or 1h30m, above 0 and at most 1d, found"
                                + " \"25h\""),
                usage("'labels':['a']", "labels: expected an object of names and texts, found an array"),
                usage("'labels':{'a':1}", "labels.a: expected text, found 1"),
                usage("'labels':{'':'1'}", "labels: expected a name that is not blank, found \"\""),
                usage("'labels':" + labels(65), "labels: expected at most 64 labels, found 65"));
    }

    static Stream<Arguments> figures() {
        return Stream.of(
                usage("'usage_percent':null", "usage_percent: expected a number from 0 to 1000, found nothing"),
                usage("'usage_percent':'abc'", "usage_percent: expected a number from 0 to 1000, found \"abc\""),
                usage("'usage_percent':-0.1", "usage_percent: expected a number from 0 to 1000, found -0.1"),
                usage("'usage_percent':1000.5", "usage_percent: expected a number from 0 to 1000, found 1000.5"),
                usage("'usage_percent':NaN", "usage_percent: expected a finite number, found NaN"),
                usage("'usage_percent':-Infinity", "usage_percent: expected a finite number, found -Infinity"),
                usage("'usage_percent':1e400", "usage_percent: expected a finite number, found 1e400"),
                usage("'usage_percent':true", "usage_percent: expected a number from 0 to 1000, found true"),
                usage("'other':{'deep':[1,NaN]}", "other.deep.1: expected a finite number, found NaN"),
                usage("'node':'n1','node':'n2'", "node: expected each name once, found it twice"),
                usage("'labels':{'a':'1','a':'2'}", "labels.a: expected each name once, found it twice"),
                usage(
                        "'resource_type':'CPU'",
                        "resource_type: expected one of cpu, memory, disk, network, found \"CPU\""),
                usage(
                        "'resource_type':null",
                        "resource_type: expected one of cpu, memory, disk, network, found nothing"),
                usage("'total_available':-1", "total_available: expected a whole number of at least 0, found -1"),
                usage("'current_used':1.5", "current_used: expected a whole number of at least 0, found 1.5"),
                usage(
                        "'current_used':99999999999999999999",
                        "current_used: expected a whole number of at least 0, found 1.0E20"),
                usage(
                        "'usage_percent':'" + "é\\n".repeat(50) + "'",
                        "usage_percent: expected a number from 0 to 1000, found \"" + "é\\n".repeat(13) + "…\""));
    }

    static Stream<Arguments> types() {
        return Stream.of(
                of(
                        "{'type':'component_health','node':'n1','component':'c','status':'ok'}",
                        "component_health.status: expected one of healthy, degraded, unhealthy, found \"ok\""),
                of(
                        "{'type':'component_health','node':'n1','status':'healthy'}",
                        "component_health.component: expected a name, found nothing"),
                of(
                        "{'type':'component_health','node':'n1','component':'c','status':'healthy','details':[]}",
                        "component_health.details: expected an object, found an array"),
                of(
                        "{'type':'component_health','node':'n1','component':'c','status':'healthy','store_id':{}}",
                        "component_health.details.store_id: expected a name as text, found an object"),
                of(
                        "{'type':'component_health','node':'n1','component':'c','status':'healthy','last_check':'x'}",
                        "component_health.last_check: expected an RFC 3339 time such as 2026-11-23T12:00:00Z, found"
                                + " \"x\""),
                of(
                        "{'type':'cluster_health'}",
                        "cluster_health.status: expected one of healthy, degraded, unhealthy, found nothing"),
                of(
                        "{'type':'cluster_health','status':'healthy','healthy_nodes':3,'total_nodes':2}",
                        "cluster_health.healthy_nodes: expected at most total_nodes, 2, found 3"),
                of(
                        "{'type':'cluster_health','status':'healthy','total_nodes':3000000000}",
                        "cluster_health.total_nodes: expected a whole number from 0 to 2147483647, found 3000000000"),
                of(
                        "{'type':'cluster_health','status':'healthy','degraded_nodes':['a',3]}",
                        "cluster_health.degraded_nodes[1]: expected a name as text, found 3"),
                of(
                        "{'type':'cluster_health','status':'healthy','quorum_status':'gone'}",
                        "cluster_health.quorum_status: expected one of available, lost, found \"gone\""),
                of(
                        "{'type':'health_check','node':'n1','check_name':'c','result':'passed'}",
                        "health_check.result: expected one of pass, fail, timeout, found \"passed\""),
                of(
                        "{'type':'health_check','node':'n1','check_name':'c','result':'pass','error':3}",
                        "health_check.error: expected text, found 3"),
                of(
                        "{'type':'health_check','node':'n1','check_name':'c','result':'fail','error':'a\\ud800'}",
                        "health_check.error: expected valid Unicode, found half a surrogate pair in \"a\\ud800\""),
                of(
                        "{'type':'throughput','node':'n1','operation':'w'}",
                        "throughput.rate_per_sec: expected a number of at least 0, or count and duration_ms, found"
                                + " nothing"),
                of(
                        "{'type':'throughput','node':'n1','operation':'w','count':1,'duration_ms':0}",
                        "throughput.duration_ms: expected a number above 0 to work out rate_per_sec with, found 0"),
                of(
                        "{'type':'latency','node':'n1','operation':'w','latency_ms':1}",
                        "latency.percentile: expected one of p50, p95, p99, max, min, avg, found nothing"),
                of(
                        "{'type':'latency','node':'n1','operation':'w','latency_ms':-1,'percentile':'p95'}",
                        "latency.latency_ms: expected a number of at least 0, found -1"),
                of("{'type':'metric','node':'n1','name':'m'}", "metric.value: expected a number, found nothing"),
                of(
                        "{'type':'metric_alert','node':'n1','metric_name':'m','current_value':1}",
                        "metric_alert.threshold_value: expected a number, found nothing"),
                of(
                        "{'type':'metric_alert','node':'n1','metric_name':'m','current_value':1,'threshold_value':1,"
                                + "'severity':'info'}",
                        "metric_alert.severity: expected one of warning, critical, found \"info\""),
                of(
                        "{'type':'timing','node':'n1','operation':'w','duration_ms':'1'}",
                        "timing.duration_ms: expected a number of at least 0, found \"1\""),
                of(
                        "{'type':'system_alert','alert_type':'a','severity':'fatal'}",
                        "system_alert.severity: expected one of info, warning, critical, found \"fatal\""),
                of(
                        "{'type':'debug_trace','node':'n1','component':'c'}",
                        "debug_trace.trace_type: expected a name, found nothing"),
                of(
                        "{'type':'performance_analysis','node':'n1','component':'c','analysis_type':'a','results':1}",
                        "performance_analysis.results: expected an object, found 1"),
                of(
                        "{'type':'system_state','node':'n1','snapshot_type':'s','state_data':" + large() + "}",
                        "system_state.state_data: expected an object of at most 65536 bytes as JSON, found a larger"
                                + " one"));
    }

    private static String labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'l" + i + "':'1'").collect(Collectors.joining(",", "{", "}"));
    }

    private static String large() {
        return IntStream.range(0, 20)
                .mapToObj(i -> "'k" + i + "':'" + "x".repeat(4000) + "'")
                .collect(Collectors.joining(",", "{", "}"));
    }

    @ParameterizedTest
    @MethodSource({"heads", "figures", "types"})
    void theErrorNamesWhereWhatWasFoundAndWhatIsAllowed(String message, String expected) {
        assertThat(error(message.replace('\'', '"'))).isEqualTo(expected);
    }

    @Test
    void aFreeFormObjectJustBelowTheLimitIsTaken() {
        String value = "x".repeat(4000);
        StringBuilder body = new StringBuilder(
                "{\"type\":\"system_state\",\"node\":\"n1\",\"snapshot_type\":\"s\",\"state_data\":{\"k\":[");
        body.append("\"").append(value).append("\",".repeat(1)).append(("\"" + value + "\",").repeat(14));
        body.append("3]}}");
        Decoded decoded = TelemetryJson.decode(
                body.toString().getBytes(StandardCharsets.UTF_8), Format.JSON, NOW, Limits.DEFAULT);
        assertThat(decoded.rejected()).isEmpty();
        assertThat(decoded.accepted()).hasSize(1);
    }
}
