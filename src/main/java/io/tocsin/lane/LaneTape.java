package io.tocsin.lane;

import io.tocsin.evaluate.SeenSource;
import io.tocsin.lane.record.Entry;
import io.tocsin.lane.record.Recorder;
import io.tocsin.lane.record.Tape;
import io.tocsin.model.Life;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.Telemetry;
import io.tocsin.store.Restored;
import io.tocsin.store.Store;
import io.tocsin.store.Transaction;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says to the recorder, if there is one, what a lane does to its watches, before it does it. */
final class LaneTape {
    private final Tape tape;
    private final Store store;

    /** On this recorder; null to record nothing. */
    LaneTape(int lane, Recorder recorder, Store store) {
        this.tape = recorder == null ? null : recorder.tape(lane);
        this.store = store;
    }

    void opened(String cluster, String ruleHash, Restored from, Instant now) {
        if (tape != null) {
            tape.add(new Entry.Opened(tape.lane(), now, cluster, ruleHash, from, false, texts(from)));
        }
    }

    void put(String cluster, List<Telemetry> batch, Instant now) {
        if (tape != null) {
            tape.add(new Entry.Put(tape.lane(), now, cluster, batch));
        }
    }

    void tick(Collection<ClusterWatch> watches, String ruleHash, Instant now) {
        if (tape == null) {
            return;
        }
        if (tape.asksHowItStands()) {
            watches.forEach(watch -> goesOn(watch, ruleHash, now));
        }
        tape.add(new Entry.Tick(tape.lane(), now));
    }

    void command(ClusterWatch watch, JsonObject body, Instant now) {
        if (tape != null) {
            Life life = watch.book().life(body.getString("alert_id"));
            tape.add(new Entry.Command(
                    tape.lane(),
                    now,
                    watch.cluster(),
                    body.encode(),
                    life == null ? null : life.alert().key()));
        }
    }

    void closed(String cluster, Instant now) {
        if (tape != null) {
            tape.add(new Entry.Closed(tape.lane(), now, cluster));
        }
    }

    private void goesOn(ClusterWatch watch, String ruleHash, Instant now) {
        List<Life> open = watch.book().lives().stream()
                .sorted(Comparator.comparing((Life life) -> life.alert().since())
                        .thenComparing(life -> life.alert().id()))
                .toList();
        List<Transaction.SourceSeen> sources =
                watch.session().sources().stream().map(LaneTape::stored).toList();
        List<Restored.Fired> fired = new ArrayList<>();
        watch.session().eachFiring((key, node, at) -> fired.add(new Restored.Fired(key, node, at)));
        Restored from = new Restored(
                watch.epoch(),
                open,
                watch.book().numbers(),
                sources,
                fired,
                watch.book().mutes());
        tape.add(new Entry.Opened(tape.lane(), now, watch.cluster(), ruleHash, from, true, texts(from)));
    }

    private static Transaction.SourceSeen stored(SeenSource one) {
        return new Transaction.SourceSeen(one.node(), one.check(), one.lastSeen(), one.silent(), one.ttlMillis());
    }

    /** The rules under open alerts as they read when the alert was last changed. */
    private Map<String, String> texts(Restored from) {
        Map<String, String> texts = new HashMap<>();
        for (Life life : from.open()) {
            String hash = life.alert().ruleHash();
            life.because()
                    .forEach(reason -> texts.computeIfAbsent(
                            Entry.Opened.text(hash, reason.rule().name()),
                            any -> store.rule(hash, reason.rule().name())
                                    .map(RuleInfo::text)
                                    .orElse(null)));
        }
        return texts;
    }
}
