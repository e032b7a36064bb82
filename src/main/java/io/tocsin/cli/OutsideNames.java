package io.tocsin.cli;

import io.tocsin.config.Loaded;
import io.tocsin.notify.ReceiverSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What rules and config say of each other: receivers that only one of them knows, runbooks that are not there. All worth a look only. */
final class OutsideNames {
    private static final Pattern PLACE = Pattern.compile("(.*):(\\d+):(\\d+)");

    private final List<Parts.Named> named;
    private final Loaded loaded;
    private final Path configFile;

    OutsideNames(List<Parts.Named> named, Loaded loaded, Path configFile) {
        this.named = named;
        this.loaded = loaded;
        this.configFile = configFile;
    }

    /** Each thing that rules name and that is not there, at the first place that names it. */
    List<Parts.Found> found(Path folder) {
        Map<String, List<Parts.Named>> missing = new LinkedHashMap<>();
        Set<String> receivers = loaded == null ? Set.of() : receivers(loaded);
        for (Parts.Named one : named) {
            boolean there = one.kind() == Parts.Kind.RUNBOOK
                    ? exists(folder, one.name())
                    : loaded == null || one.name().isEmpty() || receivers.contains(one.name());
            if (!there) {
                missing.computeIfAbsent(one.kind() + one.name(), any -> new ArrayList<>())
                        .add(one);
            }
        }
        return missing.values().stream().map(places -> found(places, receivers)).toList();
    }

    private Parts.Found found(List<Parts.Named> places, Set<String> receivers) {
        Parts.Named one = places.get(0);
        String more = places.size() == 1 ? "" : " (and in " + (places.size() - 1) + " more)";
        String config = configFile == null ? "config" : configFile.toString();
        String there = "write receivers." + one.name() + " in " + config + "; there "
                + (receivers.size() == 1 ? "is " : "are ") + String.join(", ", receivers);
        return switch (one.kind()) {
            case ROUTE ->
                warning(one, "receiver \"" + one.name() + "\" is not configured, so it hears nothing" + more, there);
            case ESCALATION ->
                warning(one, "\"" + one.name() + "\" is no receiver, so it is shown and nobody is told" + more, there);
            case RUNBOOK -> warning(one, "there is no file " + one.name() + more, "write it, or name another runbook");
        };
    }

    private static Parts.Found warning(Parts.Named at, String what, String hint) {
        return new Parts.Found(at.file(), at.line(), at.column(), what, hint, true);
    }

    private static boolean exists(Path folder, String runbook) {
        if (runbook.contains("://")) {
            return true;
        }
        Path project = folder.toAbsolutePath().normalize().getParent();
        return Files.exists(Path.of(runbook)) || project != null && Files.exists(project.resolve(runbook));
    }

    /** Receivers that no rule names; none if some rule takes its receiver from the facts. */
    static List<Parts.Found> unheard(List<Parts.Named> named, Loaded loaded) {
        boolean open = named.stream()
                .anyMatch(one -> one.kind() == Parts.Kind.ROUTE && one.name().isEmpty());
        boolean routed = named.stream().anyMatch(one -> one.kind() == Parts.Kind.ROUTE);
        if (loaded == null || open || !routed) {
            return List.of();
        }
        Set<String> names = new TreeSet<>(receivers(loaded));
        named.forEach(one -> names.remove(one.name()));
        return names.stream()
                .map(name -> place(
                        loaded.values().stream()
                                .filter(value -> value.key().startsWith("receivers." + name + "."))
                                .map(Loaded.Value::from)
                                .filter(from -> PLACE.matcher(from).matches())
                                .findFirst()
                                .orElse("config"),
                        "no rule routes to the receiver " + name + ", so it hears nothing",
                        "write new Route($a.id(), \"" + name + "\") in a rule under routing/"))
                .toList();
    }

    private static Parts.Found place(String from, String what, String hint) {
        Matcher place = PLACE.matcher(from);
        return place.matches()
                ? new Parts.Found(
                        place.group(1),
                        Integer.parseInt(place.group(2)),
                        Integer.parseInt(place.group(3)),
                        what,
                        hint,
                        true)
                : new Parts.Found(from, 0, 0, what, hint, true);
    }

    private static Set<String> receivers(Loaded loaded) {
        return loaded.settings().receivers().stream()
                .map(ReceiverSettings::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
