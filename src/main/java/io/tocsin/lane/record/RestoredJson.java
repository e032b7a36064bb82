package io.tocsin.lane.record;

import io.tocsin.bus.LifeJson;
import io.tocsin.model.AlertKey;
import io.tocsin.model.Life;
import io.tocsin.store.Restored;
import io.tocsin.store.Transaction;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a watch began with, as JSON. */
final class RestoredJson {
    private final LifeJson json = new LifeJson();

    String write(Entry.Opened opened) {
        Restored from = opened.from();
        JsonArray lives = new JsonArray();
        from.lives()
                .forEach((key, life) -> lives.add(
                        new JsonArray().add(key.alertType()).add(key.subject()).add(life)));
        JsonArray sources = new JsonArray();
        from.sources()
                .forEach(source -> sources.add(new JsonObject()
                        .put("node", source.node())
                        .put("check", source.check())
                        .put("last_seen", source.lastSeen().toString())
                        .put("silent", source.silent())
                        .put("ttl_ms", source.ttlMillis())));
        JsonArray fired = new JsonArray();
        from.fired()
                .forEach(one -> fired.add(new JsonArray()
                        .add(one.key().alertType())
                        .add(one.key().subject())
                        .add(one.node())
                        .add(one.at().toString())));
        return new JsonObject()
                .put("epoch", from.epoch())
                .put("open", written(from.open()))
                .put("muted", written(from.muted()))
                .put("lives", lives)
                .put("sources", sources)
                .put("fired", fired)
                .put("texts", new JsonObject(new LinkedHashMap<>(opened.texts())))
                .encode();
    }

    Restored restored(String cluster, JsonObject written) {
        Map<AlertKey, Long> lives = new HashMap<>();
        for (Object one : written.getJsonArray("lives")) {
            JsonArray life = (JsonArray) one;
            lives.put(new AlertKey(cluster, life.getString(0), life.getString(1)), life.getLong(2));
        }
        List<Transaction.SourceSeen> sources = new ArrayList<>();
        for (Object one : written.getJsonArray("sources")) {
            JsonObject source = (JsonObject) one;
            sources.add(new Transaction.SourceSeen(
                    source.getString("node"),
                    source.getString("check"),
                    Instant.parse(source.getString("last_seen")),
                    source.getBoolean("silent"),
                    source.getLong("ttl_ms")));
        }
        List<Restored.Fired> fired = new ArrayList<>();
        for (Object one : written.getJsonArray("fired")) {
            JsonArray firing = (JsonArray) one;
            fired.add(new Restored.Fired(
                    new AlertKey(cluster, firing.getString(0), firing.getString(1)),
                    firing.getString(2),
                    Instant.parse(firing.getString(3))));
        }
        return new Restored(
                written.getLong("epoch"),
                lives(written.getJsonArray("open")),
                lives,
                sources,
                fired,
                lives(written.getJsonArray("muted")));
    }

    private JsonArray written(List<Life> lives) {
        JsonArray written = new JsonArray();
        lives.forEach(life -> written.add(new JsonObject()
                .put("alert", json.alert(life.alert()))
                .put("tracking", json.tracking(life.tracking()))
                .put("because", json.because(life.because()))));
        return written;
    }

    private List<Life> lives(JsonArray written) {
        List<Life> lives = new ArrayList<>();
        for (Object one : written) {
            JsonObject life = (JsonObject) one;
            lives.add(new Life(
                    json.alert(life.getString("alert")),
                    json.tracking(life.getString("tracking")),
                    json.because(life.getString("because"))));
        }
        return lives;
    }

    Map<String, String> texts(JsonObject written) {
        Map<String, String> texts = new HashMap<>();
        written.getJsonObject("texts").forEach(text -> texts.put(text.getKey(), (String) text.getValue()));
        return texts;
    }
}
