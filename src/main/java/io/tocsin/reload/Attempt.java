package io.tocsin.reload;

import io.tocsin.bus.Failure;
import io.tocsin.evaluate.Problem;
import io.tocsin.evaluate.RuleBook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * How it went when somebody looked at the rules again.
 *
 * @param at when it was over
 * @param trigger what made somebody look
 * @param outcome what became of it
 * @param before the rules in force until then
 * @param inForce the rules in force from then on
 * @param prepared what was found
 * @param lanes what became of the lanes
 * @param error why they were not taken, in one line; null if they were
 */
record Attempt(
        Instant at,
        Trigger trigger,
        Outcome outcome,
        RuleBook before,
        RuleBook inForce,
        Prepared prepared,
        Lanes lanes,
        String error) {

    enum Outcome {
        /** Every lane runs under them. */
        TAKEN(200),
        /** They are those in force. */
        UNCHANGED(200),
        /** Something is wrong with them. */
        REFUSED(Failure.UNPROCESSABLE),
        /** They could not be looked at or handed over at present. */
        FAILED(Failure.BUSY);

        final int status;

        Outcome(int status) {
            this.status = status;
        }

        String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    boolean good() {
        return error == null;
    }

    /** Whether it went wrong as another did. */
    boolean sameTrouble(Attempt other) {
        return other != null
                && !good()
                && error.equals(other.error)
                && prepared.problems().equals(other.prepared.problems());
    }

    /**
     * Whether what went wrong may pass by itself: the store was away, or files could not be read, which a folder that was
     * gone for a moment explains. The latter is tried again once.
     */
    boolean passing(boolean again) {
        return outcome == Outcome.FAILED
                || !again && prepared.problems().stream().anyMatch(one -> one.line() == 1 && one.column() == 1);
    }

    /** The problems with the names of their files as a person writes them. */
    List<Problem> problems(Path folder) {
        return prepared.problems().stream()
                .map(one -> new Problem(
                        folder.resolve(one.file()).normalize().toString(),
                        one.line(),
                        one.column(),
                        one.what(),
                        one.hint(),
                        one.warning()))
                .toList();
    }

    /** How the scenarios of the rules in force went; what was known before if they were not played now. */
    JsonObject proved(JsonObject before) {
        if (!good() || prepared.proof().cases() == 0) {
            return before != null && before.getString("rule_hash").equals(inForce.hash()) ? before : null;
        }
        JsonArray cases = new JsonArray();
        prepared.proof()
                .played()
                .forEach(one -> cases.add(new JsonObject()
                        .put("file", one.file())
                        .put("name", one.name())
                        .put("line", one.line())
                        .put("passed", one.passed())));
        return new JsonObject().put("rule_hash", inForce.hash()).put("cases", cases);
    }

    static int files(RuleBook book) {
        return (int)
                book.rules().stream().map(rule -> rule.ref().file()).distinct().count();
    }

    /** For the record of actions. */
    JsonObject note() {
        return new JsonObject()
                .put("actor", trigger == Trigger.CHANGE ? "file" : trigger.wire())
                .put("action", "reload")
                .put("target", "rules")
                .put("outcome", good() ? "ok" : outcome == Outcome.REFUSED ? "refused" : "failed")
                .put("detail", outcome.wire() + ", hash " + inForce.hash() + (good() ? "" : ", " + error));
    }

    JsonObject json(Path folder) {
        Difference difference = Difference.of(before, inForce);
        JsonArray problems = new JsonArray();
        problems(folder)
                .forEach(one -> problems.add(new JsonObject()
                        .put("file", one.file())
                        .put("line", one.line())
                        .put("column", one.column())
                        .put("what", one.what())
                        .put("hint", one.hint())));
        JsonObject json = new JsonObject()
                .put("result", outcome.wire())
                .put("at", at.toString())
                .put("trigger", trigger.wire())
                .put("rule_hash", inForce.hash())
                .put("previous_hash", before.hash())
                .put("files", files(inForce))
                .put("rules", inForce.rules().size())
                .put("changed", !inForce.hash().equals(before.hash()))
                .put("rules_new", difference.added().size())
                .put("rules_changed", difference.edited().size())
                .put("rules_gone", difference.gone().size())
                .put("cases", prepared.proof().cases())
                .put("took_ms", prepared.took().toMillis())
                .put("clusters", lanes.clusters())
                .put("clusters_failed", lanes.failed())
                .put("pause_ms", Math.round(lanes.pauseMillis() * 10) / 10.0);
        if (!good()) {
            json.put("error", error);
        }
        return json.put("problems", problems);
    }
}
