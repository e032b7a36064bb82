package io.tocsin.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Failure;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleFinder;
import io.tocsin.evaluate.why.WhyNot;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.Text;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Answers why rules are silent. The facts are taken on the lane's thread; what they come to is worked out on another. */
final class WhyNots {
    private static final int MOST_WAITING = 8;
    private static final Duration TO_READ = Duration.ofSeconds(2);
    private static final Duration TO_TRY = Duration.ofSeconds(2);

    private final Aside aside;
    private final MeterRegistry registry;
    private final Map<String, String> endless = new HashMap<>();
    private RuleBook book;
    private int waiting;

    WhyNots(Vertx vertx, MeterRegistry registry) {
        this.aside = new Aside(vertx);
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
        String name = rule.ref().name();
        if (this.book != book) {
            this.book = book;
            endless.clear();
        }
        if (endless.containsKey(name)) {
            message.fail(Failure.BUSY, endless.get(name));
            return;
        }
        waiting++;
        String node = message.body().getString("node");
        aside.work(book, name, TO_READ, () -> book.whyNot(name))
                .map(whyNot -> new Asked(whyNot, Question.of(rule, whyNot, node, watch, book.hash())))
                .compose(asked -> aside.work(book, name, TO_TRY, asked::json))
                .onComplete(any -> waiting--)
                .onSuccess(json -> message.reply(new JsonObject().put("result", json)))
                .onFailure(fault -> fail(message, name, fault));
    }

    private void fail(Message<JsonObject> message, String rule, Throwable fault) {
        String why = Text.clean(String.valueOf(fault.getMessage()));
        if (fault instanceof Aside.EndlessException) {
            endless.put(rule, why);
        }
        message.fail(Failure.BUSY, why);
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
