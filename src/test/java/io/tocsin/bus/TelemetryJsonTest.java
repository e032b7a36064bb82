package io.tocsin.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bus.TelemetryJson.Format;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.LimitType;
import io.tocsin.model.Metric;
import io.tocsin.model.MetricAlert;
import io.tocsin.model.Origin;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Severity;
import io.tocsin.model.Telemetry;
import io.tocsin.model.ThroughputMetric;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryJsonTest {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    static Decoded decode(String body) {
        return TelemetryJson.decode(body.getBytes(StandardCharsets.UTF_8), Format.JSON, NOW, Limits.DEFAULT);
    }

    static Decoded lines(String body) {
        return TelemetryJson.decode(Buffer.buffer(body), Format.NDJSON, NOW, Limits.DEFAULT);
    }

    /** Single quotes stand for double ones. */
    static Telemetry one(String message) {
        Decoded decoded = decode(message.replace('\'', '"'));
        assertThat(decoded.rejected()).isEmpty();
        return decoded.accepted().get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'component_health','node':'n1','component':'store_worker','status':'healthy'}",
                "{'type':'component_health','node':'n1','component':'store_worker','status':'healthy','details':"
                        + "{'store_id':'main_store','memory_usage':45.2,'response_time_ms':12},"
                        + "'last_check':'2026-11-23T11:59:58Z','timestamp':'2026-11-23T11:59:59Z'}",
                "{'type':'cluster_health','status':'healthy'}",
                "{'type':'cluster_health','cluster':'main','status':'degraded','healthy_nodes':3,'total_nodes':4,"
                        + "'degraded_nodes':['node2'],'unhealthy_nodes':['node4'],'quorum_status':'available'}",
                "{'type':'health_check','node':'n1','check_name':'persistence_check','result':'pass'}",
                "{'type':'health_check','node':'n1','check_name':'persistence_check','result':'timeout','duration_ms':150,"
                        + "'details':{'stores_checked':5,'avg_response_time':45},'error':null}",
                "{'type':'throughput','node':'n1','operation':'event_emission','rate_per_sec':1250.0}",
                "{'type':'throughput','node':'n1','operation':'event_emission','count':1250,'duration_ms':1000,"
                        + "'rate_per_sec':1250.0}",
                "{'type':'latency','node':'n1','operation':'persistence_write','latency_ms':45.2,'percentile':'p95'}",
                "{'type':'latency','node':'n1','operation':'persistence_write','latency_ms':45.2,'percentile':'avg',"
                        + "'sample_count':1000}",
                "{'type':'resource_usage','node':'n1','resource_type':'memory','usage_percent':67.8}",
                "{'type':'resource_usage','node':'n1','resource_type':'disk','usage_percent':67,"
                        + "'total_available':8589934592,'current_used':5838471372,'labels':{'mount':'/data'},'ttl':'90s'}",
                "{'type':'metric','node':'n1','name':'jvm_threads','value':-3}",
                "{'type':'metric','node':'n1','name':'jvm_threads','value':3,'labels':{'pool':'http','state':'idle'}}",
                "{'type':'metric_alert','node':'n1','metric_name':'memory_usage','current_value':89.5,"
                        + "'threshold_value':85.0}",
                "{'type':'metric_alert','node':'n1','metric_name':'memory_usage','current_value':89.5,"
                        + "'threshold_value':85.0,'threshold_type':'max','severity':'critical'}",
                "{'type':'timing','node':'n1','operation':'persistence_write','duration_ms':12.5}",
                "{'type':'system_alert','alert_type':'node_failure','severity':'critical'}",
                "{'type':'system_alert','node':'n1','alert_type':'node_failure','severity':'info','message':'no word',"
                        + "'context':{'failed_node':'node2','cluster_size':3,'quorum_status':'available'}}",
                "{'type':'debug_trace','node':'n1','component':'store_worker','trace_type':'performance_analysis'}",
                "{'type':'debug_trace','node':'n1','component':'store_worker','trace_type':'performance_analysis',"
                        + "'data':{'function_calls':1250,'memory_allocations':45}}",
                "{'type':'performance_analysis','node':'n1','component':'worker','analysis_type':'bottleneck_detection'}",
                "{'type':'performance_analysis','node':'n1','component':'worker','analysis_type':'bottleneck_detection',"
                        + "'duration_ms':5000,'results':{'bottlenecks':['disk_io'],'performance_score':78.5}}",
                "{'type':'system_state','node':'n1','snapshot_type':'memory_usage'}",
                "{'type':'system_state','node':'n1','snapshot_type':'memory_usage','state_data':"
                        + "{'total_memory':8589934592,'largest_processes':[{'pid':'<0.1>','memory':125829120}]}}"
            })
    void everyTypeIsTakenInItsSmallestAndFullForm(String message) {
        Telemetry telemetry = one(message);
        JsonObject sent = new JsonObject(message.replace('\'', '"'));
        JsonObject encoded = new JsonObject(TelemetryJson.encode(telemetry).encode());
        for (Map.Entry<String, Object> field : sent) {
            if (field.getValue() instanceof Number number) {
                assertThat(encoded.getNumber(field.getKey()).doubleValue()).isEqualTo(number.doubleValue());
            } else if (field.getKey().equals("ttl")) {
                assertThat(encoded.getString("ttl")).isEqualTo("1m30s");
            } else {
                assertThat(encoded.getValue(field.getKey())).isEqualTo(field.getValue());
            }
        }
        assertThat(encoded.fieldNames().iterator().next()).isEqualTo("type");
        assertThat(TelemetryJson.decode(encoded, NOW, Limits.DEFAULT).accepted())
                .containsExactly(telemetry);
    }

    @Test
    void whatAMessageLeavesOutHasDefaults() {
        Telemetry usage = one("{'type':'resource_usage','node':'n1','resource_type':'cpu','usage_percent':1}");
        assertThat(usage.cluster()).isEqualTo("default");
        assertThat(usage.timestamp()).isEqualTo(NOW);
        assertThat(usage.receivedAt()).isEqualTo(NOW);
        assertThat(usage.head().ttl()).isEqualTo(Duration.ofSeconds(60));
        assertThat(usage.head().fresh()).isTrue();
        assertThat(usage.labels()).isEmpty();
        MetricAlert alert = (MetricAlert)
                one("{'type':'metric_alert','node':'n1','metric_name':'x','current_value':1,'threshold_value':2}");
        assertThat(alert.thresholdType()).isEqualTo(LimitType.MAX);
        assertThat(alert.severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void nullIsAsGoodAsAbsent() {
        Telemetry usage = one("{'type':'resource_usage','node':'n1','resource_type':'cpu','usage_percent':1,"
                + "'timestamp':null,'cluster':null,'labels':null,'ttl':null,'total_available':null}");
        assertThat(usage)
                .isEqualTo(one("{'type':'resource_usage','node':'n1','resource_type':'cpu','usage_percent':1}"));
        assertThat(one("{'type':'metric','node':'n1','name':'a','value':1,'labels':{'x':null}}")
                        .labels())
                .isEmpty();
    }

    @Test
    void timesAreTakenWithAnyOffset() {
        String message = "{'type':'timing','node':'n1','operation':'w','duration_ms':1,'timestamp':'%s'}";
        Instant expected = Instant.parse("2026-11-23T11:30:00.25Z");
        for (String time : List.of(
                "2026-11-23T11:30:00.25Z",
                "2026-11-23T13:00:00.250+01:30",
                "2026-11-23t06:30:00.250000000-05:00",
                "2026-11-23T11:30:00.2500000001z")) {
            assertThat(one(String.format(message, time)).timestamp()).as(time).isEqualTo(expected);
        }
        assertThat(one(String.format(message, "1970-01-01T00:00:00Z")).timestamp())
                .isEqualTo(Instant.EPOCH);
        assertThat(one(String.format(message, "2026-11-23T12:05:00Z")).timestamp())
                .isEqualTo(NOW.plusSeconds(300));
    }

    @Test
    void throughputWorksItsRateOut() {
        ThroughputMetric metric = (ThroughputMetric)
                one("{'type':'throughput','node':'n1','operation':'w','count':500,'duration_ms':2000}");
        assertThat(metric.ratePerSec()).isEqualTo(250);
    }

    @Test
    void unknownFieldsGoIntoTheFreeFormObjectUnlessTaken() {
        HealthCheck check = (HealthCheck) one("{'type':'health_check','node':'n1','check_name':'c','result':'pass',"
                + "'details':{'a':1},'a':2,'attempt':3,'nothing':null}");
        assertThat(check.details()).isEqualTo(Map.of("a", 1, "attempt", 3));
        ComponentHealth component = (ComponentHealth)
                one("{'type':'component_health','node':'n1','component':'c','status':'healthy','store_id':'s1'}");
        assertThat(component.storeId()).isEqualTo("s1");
        assertThat(one("{'type':'metric','node':'n1','name':'a','value':1,'b':{'c':[1]}}"))
                .isInstanceOf(Metric.class);
    }

    @Test
    void clusterHealthIsOneSeriesWhoeverSendsIt() {
        ClusterHealth health =
                (ClusterHealth) one("{'type':'cluster_health','node':'n1','status':'healthy','origin':'derived'}");
        assertThat(health.node()).isNull();
        assertThat(health.origin()).isEqualTo(Origin.RECEIVED);
    }

    @Test
    void freeTextIsMadeSafeAndCut() {
        HealthCheck check = (HealthCheck) decode("{\"type\":\"health_check\",\"node\":\"n1\",\"check_name\":\"c\","
                        + "\"result\":\"fail\",\"error\":\"a\\u001b[31m\\nb" + "x".repeat(5000)
                        + "\",\"details\":{\"k\\r\":"
                        + "[\"\\u202e\",\"\uD83D\uDEA8\"]},\"labels\":{\"l\":\"\\u0007\"}}")
                .accepted()
                .get(0);
        assertThat(check.error()).startsWith("a\\u001b[31m\\nbx").hasSize(4096).endsWith("x…");
        assertThat(check.details()).isEqualTo(Map.of("k\\r", List.of("\\u202e", "\uD83D\uDEA8")));
        assertThat(check.labels()).containsEntry("l", "\\u0007");
    }

    @Test
    void wrongMessagesAreRejectedOneByOne() {
        Decoded decoded = decode("[{\"type\":\"timing\",\"node\":\"n1\",\"operation\":\"w\",\"duration_ms\":1},3,"
                + "{\"type\":\"timing\",\"node\":\"n2\",\"operation\":\"w\",\"duration_ms\":1},{}]");
        assertThat(decoded.accepted()).extracting(Telemetry::node).containsExactly("n1", "n2");
        assertThat(decoded.rejected()).extracting(Rejected::index).containsExactly(1, 3);
        assertThat(decoded.rejected().get(0).error()).isEqualTo("message: expected an object, found 3");
    }

    @Test
    void aBadLineIsRejectedAlone() {
        Decoded decoded = lines("\n{\"type\":\"timing\",\"node\":\"n1\",\"operation\":\"w\",\"duration_ms\":1}\r\n \n"
                + "{\"type\":\n{} {}\n"
                + "{\"type\":\"timing\",\"node\":\"n2\",\"operation\":\"w\",\"duration_ms\":1}");
        assertThat(decoded.accepted()).extracting(Telemetry::node).containsExactly("n1", "n2");
        assertThat(decoded.rejected()).extracting(Rejected::index).containsExactly(1, 2);
        assertThat(decoded.rejected().get(0).error())
                .isEqualTo("column 9: expected the rest of the JSON, found the end");
    }

    @Test
    void theBusBringsObjectsAndArrays() {
        JsonObject usage = new JsonObject()
                .put("type", "resource_usage")
                .put("node", "n1")
                .put("resource_type", io.tocsin.model.ResourceType.CPU)
                .put("usage_percent", 4f)
                .put("timestamp", NOW)
                .put("labels", new JsonObject().put("core", "1"));
        Decoded decoded =
                TelemetryJson.decode(new JsonArray().add(usage).add(3).add(usage.copy()), NOW, Limits.DEFAULT);
        assertThat(decoded.accepted()).hasSize(2).allMatch(m -> ((ResourceUsage) m).usagePercent() == 4);
        assertThat(decoded.rejected()).extracting(Rejected::index).containsExactly(1);
        assertThat(TelemetryJson.decode(usage.put("usage_percent", Double.NaN), NOW, Limits.DEFAULT)
                        .rejected())
                .containsExactly(
                        new Rejected(0, "resource_usage.usage_percent: expected a number from 0 to 1000, found NaN"));
    }

    @Test
    void tooManyMessagesAreRefused() {
        Limits two = new Limits(2, Duration.ofSeconds(1));
        String expected = "body: expected at most 2 messages, found more; send several bodies";
        assertThatThrownBy(() -> TelemetryJson.decode("[1,2,3]".getBytes(), Format.JSON, NOW, two))
                .isInstanceOf(InvalidMessage.class)
                .hasMessage(expected);
        assertThatThrownBy(() -> TelemetryJson.decode("1\n2\n3".getBytes(), Format.NDJSON, NOW, two))
                .hasMessage(expected);
        assertThatThrownBy(() -> TelemetryJson.decode(new JsonArray("[1,2,3]"), NOW, two))
                .hasMessage(expected);
        assertThat(TelemetryJson.decode("1\n2\n\n".getBytes(), Format.NDJSON, NOW, two)
                        .rejected())
                .hasSize(2);
    }
}
