package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.fake.FakePagerDuty;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is true of a story that is over, whatever was killed meanwhile. */
final class Aftermath {
    private final Http http;
    private final FakePagerDuty pagerDuty;

    Aftermath(Http http, FakePagerDuty pagerDuty) {
        this.http = http;
        this.pagerDuty = pagerDuty;
    }

    /** Waits until stories are over and all is said, and holds what came of them against what was promised. */
    void endWell(List<StoryOfANode> stories) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(stories).allMatch(StoryOfANode::over));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(waiting(stories)).isEmpty());
        assertThat(stories)
                .allSatisfy(
                        story -> assertThat(story.broken()).as(story.toString()).isEmpty());
        assertThat(http.alerts("&cluster=default")).as("one life each").hasSize(stories.size());
        stories.forEach(this::happenedOnce);
        assertThat(pagerDuty.violations()).isEmpty();
    }

    /** What was said, said again, and how often that may be after some kills. */
    static void repeated(String who, List<String> said, int kills) {
        int repeated = said.size() - new HashSet<>(said).size();
        System.out.println(
                who + " heard " + said.size() + ", " + repeated + " of them again, after " + kills + " kills");
        assertThat(repeated).as(who).isLessThanOrEqualTo(4 * kills);
    }

    /** Notifications of which nothing has become yet. */
    List<JsonObject> waiting(List<StoryOfANode> stories) {
        return stories.stream()
                .flatMap(story -> history(story, "notifications").stream())
                .filter(one -> !Set.of("sent", "skipped").contains(one.getString("state")))
                .toList();
    }

    private List<JsonObject> history(StoryOfANode story, String what) {
        return http.get("/api/v1/alerts/" + story.alert() + "/history").json().getJsonArray(what).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    void happenedOnce(StoryOfANode story) {
        List<JsonObject> transitions = history(story, "transitions");
        List<String> kinds =
                transitions.stream().map(one -> one.getString("kind")).toList();
        for (String once : List.of("pending", "fired", "acknowledged", "resolved")) {
            assertThat(kinds).as(story + " " + kinds).containsOnlyOnce(once);
        }
        assertThat(kinds).as(story.toString()).contains("escalated").doesNotContain("raised", "fell", "lapsed");
        List<JsonObject> notifications = history(story, "notifications");
        boolean called = pagerDuty.incidents().containsKey(story.alert());
        for (String receiver : called ? List.of("log", "slack", "pagerduty") : List.of("log", "slack")) {
            assertThat(notifications)
                    .as(receiver + " hears the end of " + story)
                    .anyMatch(one -> one.getString("receiver").equals(receiver)
                            && one.getString("change").equals("resolved")
                            && one.getString("state").equals("sent"));
        }
        if (called) {
            FakePagerDuty.Incident incident = pagerDuty.incidents().get(story.alert());
            assertThat(incident.opened()).as("opened once: " + story).isEqualTo(1);
            assertThat(incident.state()).as("closed: " + story).isEqualTo(FakePagerDuty.State.RESOLVED);
        } else {
            answeredBeforeAnybodyWasCalled(story, notifications);
        }
    }

    /** A kill may outlast the way to PagerDuty; then the answer replaces the call, and says so. */
    private static void answeredBeforeAnybodyWasCalled(StoryOfANode story, List<JsonObject> notifications) {
        assertThat(notifications)
                .as("calls of " + story)
                .filteredOn(one -> one.getString("receiver").equals("pagerduty")
                        && Set.of("fired", "escalated").contains(one.getString("change")))
                .isNotEmpty()
                .allSatisfy(one -> {
                    assertThat(one.getString("state")).isEqualTo("skipped");
                    assertThat(one.getString("state_detail")).startsWith("superseded by revision");
                })
                .anySatisfy(one -> assertThat(one.getString("state_detail")).endsWith("(acknowledged)"));
    }

    /** What an event said, so that the same said again is equal. */
    static String event(JsonObject event) {
        return event.getString("dedup_key") + " " + event.getString("event_action") + " "
                + event.getJsonObject("payload", new JsonObject())
                        .getJsonObject("custom_details", new JsonObject())
                        .getString("change")
                + " "
                + event.getJsonObject("payload", new JsonObject())
                        .getJsonObject("custom_details", new JsonObject())
                        .getInteger("escalation_level");
    }
}
