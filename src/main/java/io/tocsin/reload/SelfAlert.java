package io.tocsin.reload;

import io.tocsin.bus.Address;
import io.tocsin.evaluate.Problem;
import io.tocsin.model.Text;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells the lane of a monitored cluster that the rules in the folder cannot be taken, so that it is an alert like any
 * other. Says so again and again while it is so: the lane may have forgotten it.
 */
final class SelfAlert {
    private static final long AGAIN_MS = 20_000;
    private static final int LONGEST = 160;

    private final Vertx vertx;
    private final String cluster;
    private JsonObject verdict;
    private boolean heard = true;

    SelfAlert(Vertx vertx, String cluster) {
        this.vertx = vertx;
        this.cluster = cluster;
        vertx.setPeriodic(AGAIN_MS, any -> {
            if (!heard || verdict != null && verdict.containsKey("problem")) {
                send();
            }
        });
    }

    void good() {
        verdict = new JsonObject().put("what", "verdict").put("cluster", cluster);
        send();
    }

    void bad(Attempt attempt, Path folder) {
        List<Problem> problems = attempt.problems(folder);
        String more = problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : "";
        String first = problems.isEmpty()
                ? attempt.error()
                : problems.get(0).place() + ": " + Text.cut(problems.get(0).what(), LONGEST) + more;
        verdict = new JsonObject()
                .put("what", "verdict")
                .put("cluster", cluster)
                .put(
                        "file",
                        problems.isEmpty()
                                ? "."
                                : attempt.prepared().problems().get(0).file())
                .put("line", problems.isEmpty() ? 1 : problems.get(0).line())
                .put("problem", "changed rules are not in force: " + first);
        send();
    }

    private void send() {
        JsonObject sent = verdict;
        heard = false;
        vertx.eventBus().request(Address.VERDICT, sent.copy(), Address.LOCAL).onSuccess(any -> heard = sent == verdict);
    }
}
