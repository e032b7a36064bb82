package io.tocsin.it;

import io.tocsin.api.StandIn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** Text that wants to be code, in every field that has text. */
final class Hostile {
    /** Ways in which text became code elsewhere. */
    static final List<String> CORPUS = List.of(
            "<img src=x onerror=\"window.owned=1;alert(1)\">",
            "<script>window.owned=1;alert(1)</script>",
            "\"><svg onload=alert(1)>",
            "'-alert(1)-'",
            "javascript:alert(1)//http://x",
            "${alert(1)}{{constructor.constructor('alert(1)')()}}",
            "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
            "</style></title></textarea><script>alert(1)</script>",
            "<a href=javascript:alert(1) autofocus onfocus=alert(1)>x</a>",
            "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
            "\u202e<b>bidi</b>\u2066");

    /** Fields whose words mean something to the page; they come from enumerations and are checked on the way in. */
    private static final Set<String> KEPT = Set.of(
            "id",
            "state",
            "severity",
            "status",
            "type",
            "kind",
            "limit_type",
            "quorum_status",
            "cause",
            "family",
            "percentile",
            "cluster",
            "key",
            "name",
            "rule");

    private Hostile() {}

    /** The stand-in with hostile text in every document. */
    static StandIn told(StandIn standIn) {
        standIn.hostile(Hostile::spoiled);
        return standIn;
    }

    /** A document with hostile text in every field that people write. */
    static Object spoiled(Object value) {
        return spoiled("", value);
    }

    private static Object spoiled(String name, Object value) {
        if (value instanceof JsonObject object) {
            JsonObject all = new JsonObject();
            object.forEach(field -> all.put(
                    name.equals("labels") ? field.getKey() + CORPUS.get(0) : field.getKey(),
                    spoiled(field.getKey(), field.getValue())));
            if (name.equals("labels")) {
                all.put(CORPUS.get(1), CORPUS.get(2));
            }
            return all;
        }
        if (value instanceof JsonArray array) {
            JsonArray all = new JsonArray();
            array.forEach(one -> all.add(spoiled(name, one)));
            return all;
        }
        boolean time = name.endsWith("_at")
                || name.equals("at")
                || name.equals("since")
                || name.equals("last_seen")
                || name.equals("last_fired")
                || name.equals("timestamp");
        return value instanceof String text && !time && !KEPT.contains(name) ? text + String.join(" ", CORPUS) : value;
    }
}
