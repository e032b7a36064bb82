package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tocsin.cli.demo.Scene;
import io.tocsin.cli.demo.Story;
import io.tocsin.model.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plays the story to a member: sends its steps, looks what becomes of them, answers once. */
final class DemoRun {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration MOST_AFTERWARDS = Duration.ofMinutes(5);
    private static final int MOST_FAILED = 15;
    private static final int MOST_ALERTS = 500;
    private static final String WHO = "dana";
    private static final String ANSWER = "I have it: pausing imports, restarting " + Story.SICK;

    private final ApiClient api;
    private final Story story;
    private final String cluster;
    private final DemoVoice voice;
    private final Duration step;
    private final Map<String, JsonNode> known = new HashMap<>();
    private int fired;
    private boolean answered;
    private int failed;

    DemoRun(ApiClient api, Story story, String cluster, DemoVoice voice, Duration step) {
        this.api = api;
        this.story = story;
        this.cluster = cluster;
        this.voice = voice;
        this.step = step;
    }

    /** Exits if the cluster has other nodes than those of the story: nobody's readings are to be mixed with it. */
    void lookAround() {
        String path = "/api/v1/clusters/" + ApiClient.encode(cluster) + "/nodes";
        if (api.ask(path).status() != 404) {
            List<String> others = new ArrayList<>();
            api.get(path).path("nodes").forEach(one -> others.add(Json.text(one, "node")));
            others.removeAll(Story.nodes());
            if (!others.isEmpty() || cluster.equals("tocsin")) {
                throw Exit.cannot("--cluster " + cluster + ": has nodes that are not the demo's, such as "
                        + (others.isEmpty() ? "its members" : others.get(0))
                        + "; name a cluster that nothing else reports to");
            }
        }
        alerts().forEach(alert -> known.put(Json.text(alert, "id"), alert));
    }

    /** Tells the whole story; the exit code. */
    int play(String cleanUp) throws InterruptedException {
        long begun = System.nanoTime();
        for (int i = 0; i < Story.STEPS; i++) {
            pause(begun + step.multipliedBy(i).toNanos());
            scenes(i);
            step(i);
        }
        pause(begun + step.multipliedBy(Story.STEPS).toNanos());
        int open = settle();
        if (open > 0) {
            throw Exit.no(open + " alerts are still open after the end; " + cleanUp + " tries once more");
        }
        scenes(Story.STEPS);
        if (fired == 0) {
            throw Exit.no("nothing fired: the rules there are others, or hold back for longer; give it more --minutes");
        }
        voice.end(fired, cluster);
        return 0;
    }

    /** Only sends that all is well; the exit code. */
    int end() throws InterruptedException {
        int before = open();
        int open = settle();
        if (open > 0) {
            throw Exit.no(open + " alerts are still open in cluster " + cluster + "; see ./tocsin alerts --cluster "
                    + cluster + ", and ./tocsin resolve ID");
        }
        voice.ended(cluster, before);
        return 0;
    }

    /** Goes on sending that all is well until nothing is open; how many alerts are in the end. */
    private int settle() throws InterruptedException {
        long last = System.nanoTime() + MOST_AFTERWARDS.toNanos();
        step(Story.STEPS);
        while (open() > 0 && System.nanoTime() < last) {
            pause(System.nanoTime() + LOOK.toNanos());
            step(Story.STEPS);
        }
        return open();
    }

    private void scenes(int at) {
        for (Scene scene : Story.scenes()) {
            if (scene.step() == at) {
                voice.scene(scene);
            }
        }
    }

    /** A member that is away for a moment, as in a restart, misses some steps and no more. */
    private void step(int number) {
        try {
            send(number);
            if (Story.answers(number) && !answered) {
                answer();
            }
            look();
            failed = 0;
        } catch (Exit away) {
            if (number == 0 || ++failed == MOST_FAILED) {
                throw away;
            }
            if (failed == 1) {
                voice.trouble(away.getMessage());
            }
        }
    }

    private void send(int number) {
        ArrayNode messages = Json.object().arrayNode();
        story.messages(number).forEach(messages::add);
        JsonNode answer = api.post("/api/v1/telemetry", messages);
        if (!answer.path("rejected").isEmpty()) {
            throw Exit.cannot("the telemetry is refused: "
                    + Text.clean(answer.path("rejected").path(0).path("error").asText()));
        }
    }

    /** Answers for the node that went down first. */
    private void answer() {
        for (JsonNode alert : known.values()) {
            if (Json.text(alert, "state").equals("firing")
                    && Json.text(alert, "alert_type").equals("node_failure")
                    && Json.text(alert, "subject").equals(Story.SICK)) {
                answered = true;
                api.post(
                        "/api/v1/alerts/" + ApiClient.encode(Json.text(alert, "id")) + "/ack",
                        Json.object().put("acknowledged_by", WHO).put("ack_message", ANSWER));
                return;
            }
        }
    }

    private void look() {
        List<JsonNode> alerts = alerts();
        // what was pending and lapsed is in no list any longer
        known.keySet()
                .retainAll(alerts.stream().map(alert -> Json.text(alert, "id")).toList());
        for (int i = alerts.size() - 1; i >= 0; i--) {
            JsonNode alert = alerts.get(i);
            JsonNode before = known.put(Json.text(alert, "id"), alert);
            String what = what(before, alert);
            fired += what.equals("fired") ? 1 : 0;
            if (!what.isEmpty()) {
                voice.alert(what, alert);
            }
        }
    }

    /** What happened to an alert, in one word; empty if nothing that is worth one. */
    private static String what(JsonNode before, JsonNode now) {
        String was = before == null ? "pending" : Json.text(before, "state");
        String state = Json.text(now, "state");
        if (!state.equals(was)) {
            return state.equals("firing") ? "fired" : state.equals("pending") ? "" : state;
        }
        boolean rose = state.equals("firing")
                && Json.text(now, "severity").equals("critical")
                && !Json.text(before, "severity").equals("critical");
        return rose ? "raised" : "";
    }

    private List<JsonNode> alerts() {
        return Server.alerts(api, "&cluster=" + ApiClient.encode(cluster), MOST_ALERTS);
    }

    private int open() {
        return (int) known.values().stream()
                .filter(alert -> !Json.text(alert, "state").equals("resolved"))
                .count();
    }

    private static void pause(long until) throws InterruptedException {
        long left = until - System.nanoTime();
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left).toMillis());
        }
    }
}
