package io.tocsin.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Failure;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleFinder;
import io.tocsin.evaluate.why.WhyNot;
import io.tocsin.model.RuleInfo;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** Answers why rules are silent. The facts are taken on the lane's thread; what they come to is worked out on another. */
final class WhyNots {
    private static final int MOST_WAITING = 8;
    private static final long TIMEOUT_SECONDS = 4;

    private final WorkerExecutor worker;
    private final MeterRegistry registry;
    private int waiting;

    WhyNots(Vertx vertx, MeterRegistry registry) {
        this.worker = vertx.createSharedWorkerExecutor("why-not", 1);
        this.registry = registry;
    }

    /**
     * Answers.
     *
     * @param watch of the cluster that is asked about; null if there is none
     */
    void answer(Message<JsonObject> message, ClusterWatch watch, RuleBook book) {
        if (watch == null) {
            message.reply(new JsonObject().putNull("result"));
            return;
        }
        RuleInfo rule = found(message, book);
        if (rule == null) {
            return;
        }
        if (waiting == MOST_WAITING) {
            registry.counter("tocsin_why_not_refused_total", "reason", "too many wait")
                    .increment();
            message.fail(Failure.BUSY, "too many such questions wait; try again in a second");
            return;
        }
        waiting++;
        String node = message.body().getString("node");
        worker.executeBlocking(() -> book.whyNot(rule.ref().name()))
                .map(whyNot -> new Asked(whyNot, Question.of(rule, whyNot, node, watch, book.hash())))
                .compose(asked -> worker.executeBlocking(asked::json))
                .onComplete(any -> waiting--)
                .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .onSuccess(json -> message.reply(new JsonObject().put("result", json)))
                .onFailure(fault ->
                        message.fail(Failure.BUSY, "not worked out in " + TIMEOUT_SECONDS + " s; try again later"));
    }

    private static RuleInfo found(Message<JsonObject> message, RuleBook book) {
        try {
            return new RuleFinder(book).find(message.body().getString("rule"));
        } catch (IllegalArgumentException unknown) {
            message.fail(Failure.NOT_FOUND, unknown.getMessage());
            return null;
        }
    }

    private record Asked(WhyNot whyNot, Question question) {
        JsonObject json() {
            return new WhyNotAnswer(question, whyNot.of(question.facts(), question.node())).json();
        }
    }
}
