package io.tocsin.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.Paper;
import io.tocsin.cli.Parts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people replay, and what they read about it. */
class ReplayTest {
    private static final Instant BEGIN = Instant.parse("2026-01-05T03:00:00Z");
    private static final String RULE = """
            package rules; import io.tocsin.model.*; import java.util.List; import static io.tocsin.model.Rules.*;
            rule "memory is full"
            when
                $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent > %d)
            then
                insertLogical(Finding.of("memory_usage", $u).%s("memory <b>at</b> " + fig($u.usagePercent())).holdFor("%s"));
            end
            rule "a queue is long"
            when
                $m : Metric(name == "queue_length", value > %1$d)
            then
                insertLogical(Finding.of("queue", $m).warning("queue at " + fig($m.value())).holdFor("%3$s"));
            end
            rule "all goes to the log"
            when
                $a : Alert(state != AlertState.PENDING)
            then
                insertLogical(new Route($a.id(), "log"));
            end
            rule "nobody answers"
            when
                $a : Alert(state == AlertState.FIRING, level == 0)
            then
                insertLogical(new Escalation($a.id(), 1, minutes(5), List.of("oncall"), "nobody answers"));
            end
            """;

    @TempDir
    Path folder;

    private Path rules;

    private record Said(int code, String out, String err) {
        private JsonObject json() {
            return new JsonObject(out);
        }
    }

    @BeforeEach
    void writeRules() throws IOException {
        rules = rules("old", 85, "warning", "30s");
    }

    private Path rules(String name, int limit, String severity, String hold) throws IOException {
        Path rule = folder.resolve(name).resolve("threshold/memory.drl");
        Files.createDirectories(rule.getParent());
        Files.writeString(rule, RULE.formatted(limit, severity, hold));
        return folder.resolve(name);
    }

    private Said replay(Path with, Path against, boolean json, Path... files) {
        Paper paper = new Paper();
        try {
            int code = Replay.run(
                    new Parts.Past(List.of(files), with, against, folder.resolve("report.html")),
                    paper.pipe(),
                    new Parts.Look(false, json, false));
            return new Said(code, paper.out(), paper.err());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A rule that would not return within the age of the universe. */
    @Test
    void ruleThatDoesNotReturnIsNamedInsteadOfWaitedFor() throws Exception {
        Path other = rules("new", 85, "warning", "30s");
        Files.writeString(
                other.resolve("threshold/endless.drl"), RULE.lines().findFirst().orElseThrow() + """

                        rule "endless"
                        when
                            $u : ResourceUsage(node matches "(.*a){20}b")
                        then
                            insertLogical(Finding.of("endless", $u).warning("x"));
                        end
                        """);
        Paper paper = new Paper();
        Path past = memory("a".repeat(60), 50, 0, 0);
        int code = Replay.run(
                new Parts.Past(List.of(past), other, rules, null),
                paper.pipe(),
                new Parts.Look(false, false, false),
                Duration.ofSeconds(1));
        assertThat(code).isEqualTo(2);
        assertThat(paper.out()).isEmpty();
        assertThat(paper.err())
                .contains("with " + other
                        + ": rule \"endless\" (threshold/endless.drl:2) did not return within 1s, at 2026-")
                .contains("in cluster default");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Memory of one node, once every 10 seconds: 50, then as given from the first to the second minute, then 50. */
    private Path memory(String node, double percent, int from, int to) throws IOException {
        StringBuilder text = new StringBuilder("timestamp,type,node,resource_type,usage_percent,labels.rack\n");
        for (int second = 0; second <= 3600; second += 10) {
            boolean full = second >= from * 60 && second < to * 60;
            text.append(BEGIN.plusSeconds(second))
                    .append(",resource_usage,")
                    .append(node)
                    .append(",memory,")
                    .append(full ? percent : 50)
                    .append(",\n");
        }
        return file("memory.csv", text.toString());
    }

    private static JsonObject first(Said said) {
        return said.json().getJsonArray("alerts").getJsonObject(0);
    }

    @Test
    void aTableBecomesAlertsWithTheTimesOfItsRows() throws IOException {
        Said said = replay(rules, null, true, memory("n1", 90, 10, 20));
        assertThat(said.code()).as(said.err()).isZero();
        JsonObject alert = first(said).getJsonObject("rules");
        assertThat(alert.getString("since")).isEqualTo("2026-01-05T03:10:00Z");
        assertThat(alert.getString("fired_at")).isEqualTo("2026-01-05T03:10:30Z");
        assertThat(alert.getString("resolved_at")).isEqualTo("2026-01-05T03:20:00Z");
        assertThat(alert.getJsonArray("escalations").getJsonObject(0).getString("at"))
                .isEqualTo("2026-01-05T03:15:30Z");
        assertThat(said.json().getJsonObject("rules").getInteger("alert_minutes"))
                .isEqualTo(10);
        assertThat(said.json().getJsonObject("rules").getJsonObject("receivers").getInteger("log"))
                .isEqualTo(3);
        assertThat(said.json().getJsonObject("past").getInteger("readings")).isEqualTo(361);
    }

    @ParameterizedTest(name = "limit {0}, {1}, hold {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            85 | warning  | 30s |
            95 | warning  | 30s | gone
            85 | warning  | 6m  | later,shorter,escalates_less,told_otherwise
            85 | warning  | 1s  | earlier,longer
            85 | critical | 30s | worse
            """)
    void whatDiffersIsNamed(int limit, String severity, String hold, String changes) throws IOException {
        Said said = replay(rules("new", limit, severity, hold), rules, true, memory("n1", 90, 10, 20));
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(first(said).getJsonArray("changes"))
                .isEqualTo(
                        changes == null
                                ? new JsonArray()
                                : new JsonArray(Arrays.asList((Object[]) changes.split(","))));
    }

    @Test
    void anAlertThatOnlyTheNewRulesGiveIsNew() throws IOException {
        Said said = replay(rules, rules("other", 95, "warning", "30s"), false, memory("n1", 90, 10, 20));
        assertThat(said.out())
                .containsPattern("alerts +0 +1 +\\+1")
                .containsPattern("alert-minutes +0 +10 +\\+10")
                .containsPattern("  log +0 +3 +\\+3")
                .contains("1 new · 0 the same")
                .containsPattern("\\+ new +warning +memory_usage +n1 +03:10:30 – 03:20:00, 9m30s, level 1");
    }

    @Test
    void theSameRulesDifferInNothing() throws IOException {
        Said said = replay(rules, rules("twin", 85, "warning", "30s"), false, memory("n1", 90, 10, 20));
        assertThat(said.out()).contains("nothing differs: all 1 alerts are the same");
    }

    @Test
    void thePageNeedsNothingElseAndEscapesWhatItShows() throws IOException {
        replay(rules, rules("other", 95, "warning", "30s"), false, memory("\"<script>alert(1)</script>\"", 90, 10, 20));
        String page = Files.readString(folder.resolve("report.html"));
        assertThat(page)
                .contains("default-src 'none'", "&lt;script&gt;alert(1)&lt;/script&gt;", "memory &lt;b&gt;at&lt;/b&gt;")
                .doesNotContain("<script>alert", "<b>at</b>", "http://", "https://", " src=", "@ROWS@")
                .doesNotContainPattern("@[A-Z_]{4,}@");
        assertThat(page.split("<script", -1)).hasSize(2);
    }

    @Test
    void prometheusSamplesBecomeMetricsOfTheirInstance() throws IOException {
        StringBuilder values = new StringBuilder();
        for (int second = 0; second <= 1800; second += 15) {
            values.append(second == 0 ? "" : ",")
                    .append('[')
                    .append(BEGIN.getEpochSecond() + second)
                    .append(".25,\"")
                    .append(second == 900 ? "NaN" : second < 600 ? "1e2" : "3")
                    .append("\"]");
        }
        Path answer = file("answer.json", """
                {"status":"success","data":{"resultType":"matrix","result":[
                 {"metric":{"__name__":"queue_length","instance":"web-1:9100","queue":"in"},"values":[%s]}]}}
                """.formatted(values));
        Said said = replay(rules, null, true, answer);
        assertThat(said.code()).as(said.err()).isZero();
        JsonObject alert = first(said);
        assertThat(alert.getString("subject")).isEqualTo("web-1:9100/queue_length{queue=in}");
        assertThat(alert.getJsonObject("rules").getString("fired_at")).isEqualTo("2026-01-05T03:00:30.250Z");
        assertThat(alert.getJsonObject("rules").getString("resolved_at")).isEqualTo("2026-01-05T03:10:00.250Z");
        assertThat(said.err()).contains("1 samples are no finite numbers and were left out");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ragged.csv  | timestamp,type,node\\n2026-01-05T03:00:00Z,metric\\n | ragged.csv:2: has 2 values, the first line names 3 columns: timestamp, type, node
            quote.csv   | timestamp,type\\n"2026,metric | quote.csv:2: a quote is opened and never closed
            twice.csv   | timestamp,type,type\\n | twice.csv:1: names the column type twice
            notype.csv  | timestamp,kind\\n | notype.csv:1: names no column type
            time.csv    | timestamp,type,node\\nyesterday,metric,n1 | time.csv:2: timestamp: expected a time such as 2026-01-05T03:00:00Z
            field.csv   | timestamp,type,node,resource_type,usage_percent\\n2026-01-05T03:00:00Z,resource_usage,n1,memory,lots | field.csv:2: resource_usage.usage_percent: expected a number
            none.csv    | timestamp,type,node\\n | there is no reading in the files
            vector.json | {"status":"success","data":{"resultType":"vector","result":[]}} | vector.json: its result is a vector, not a matrix
            error.json  | {"status":"error","error":"x"} | error.json: its status is "error", not success
            broken.json | {"status":"success","data":{"result":[{ | broken.json:1: is no JSON
            text.txt    | hello | text.txt: is neither a recording nor a table nor an answer of Prometheus
            """)
    void whatCannotBeReadIsNamedWithItsPlace(String name, String text, String expected) throws IOException {
        Said said = replay(rules, null, false, file(name, text.replace("\\n", "\n")));
        assertThat(said.err()).contains(expected).doesNotContain("\tat ");
        assertThat(said.err().lines()).hasSize(1);
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
    }

    @Test
    void anEmptyFolderIsNamed() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(replay(rules, null, false, empty).err()).contains(empty + ": holds no recording");
    }

    @Test
    void rulesThatDoNotCompileAreNamedWithTheirPlace() throws IOException {
        Path broken = rules("broken", 85, "warning", "30s");
        Files.writeString(
                broken.resolve("threshold/memory.drl"),
                RULE.formatted(85, "warning", "30s").replace("usagePercent", "used"));
        Said said = replay(broken, rules, false, memory("n1", 90, 10, 20));
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains(broken + "/threshold/memory.drl:4:");
    }

    @Test
    void aRecordingThatEndsInTheMiddleIsReplayedAsFarAsItGoes() throws IOException {
        Path recordings = folder.resolve("recordings");
        long readings = new Synthetic(2, 40).record(recordings, Duration.ofMinutes(30));
        Path file = Files.list(recordings).findFirst().orElseThrow();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 100), StandardOpenOption.TRUNCATE_EXISTING);
        Said said = replay(rules, null, true, recordings);
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.json().getJsonObject("past").getLong("readings"))
                .isPositive()
                .isLessThan(readings);
        assertThat(said.err()).contains("note: " + file + " ends in the middle of a frame");
    }

    @Test
    void aRecordingAndATableAreNotOnePast() throws IOException {
        Path recordings = folder.resolve("recordings");
        new Synthetic(1, 1).record(recordings, Duration.ofSeconds(10));
        Said said = replay(rules, null, false, recordings, memory("n1", 90, 10, 20));
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("replay them one after the other");
    }
}
