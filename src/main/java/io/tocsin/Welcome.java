package io.tocsin;

import io.tocsin.api.HttpSettings;
import io.tocsin.bus.LogBlock;
import io.tocsin.config.Settings;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.membership.Members;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.Text;
import io.tocsin.notify.ReceiverSettings;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a person reads when the appliance is up: where it is, what it watches, by which rules, and who hears of it. */
final class Welcome {
    private Welcome() {}

    /** For the record of actions: under which rules it began. */
    static JsonObject note(RuleBook book) {
        return new JsonObject()
                .put("actor", "start")
                .put("action", "reload")
                .put("target", "rules")
                .put("outcome", "ok")
                .put("detail", "taken, hash " + book.hash());
    }

    static LogBlock of(Settings settings, RuleBook book, Members members, String address) {
        Map<String, Long> families = new TreeMap<>(
                book.rules().stream().collect(Collectors.groupingBy(RuleInfo::family, Collectors.counting())));
        return LogBlock.of("★ TOCSIN IS UP ★")
                .with("API", address)
                .with("Accounts", accounts(settings.http()))
                .with(
                        "Rules",
                        book.rules().size() + " rules ("
                                + families.entrySet().stream()
                                        .map(one -> one.getKey() + " " + one.getValue())
                                        .collect(Collectors.joining(", "))
                                + "), hash " + book.hash() + ", from "
                                + settings.rules().path())
                .with("Watches", watches(settings))
                .with(
                        "Clusters",
                        settings.clusters().isEmpty()
                                ? null
                                : settings.clusters().stream()
                                        .map(one -> one.cluster() + " (" + one.size() + " nodes, quorum " + one.quorum()
                                                + ")")
                                        .collect(Collectors.joining(", ")))
                .with(
                        "Receivers",
                        settings.receivers().stream()
                                .map(ReceiverSettings::name)
                                .collect(Collectors.joining(", ")))
                .with("Store", settings.store().url())
                .with(
                        "Bus",
                        members.name() == null
                                ? "local to this process"
                                : "Hazelcast " + settings.hazelcast().clusterName() + " at " + members.name() + ", "
                                        + members.size() + " member(s)")
                .with("Stop", "Ctrl-C");
    }

    private static String accounts(HttpSettings http) {
        return http.accounts().required()
                ? Stream.of(http.accounts().users(), http.accounts().tokens())
                        .filter(Objects::nonNull)
                        .map(file -> Text.clean(file.toString()))
                        .collect(Collectors.joining(", "))
                : "none: whoever reaches the API may do everything";
    }

    private static String watches(Settings settings) {
        List<String> watched = new java.util.ArrayList<>();
        if (settings.host().enabled()) {
            watched.add("this host as node " + settings.host().node() + " every "
                    + Text.duration(settings.host().every()));
        }
        settings.probes().forEach(probe -> watched.add(probe.name()));
        return watched.isEmpty() ? "what is sent to it" : String.join(", ", watched) + ", and what is sent to it";
    }
}
