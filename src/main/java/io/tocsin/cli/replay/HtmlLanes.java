package io.tocsin.cli.replay;

import io.tocsin.model.AlertKey;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Severity;
import io.tocsin.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The lanes of the page: one for each trouble, the new rules above, those compared against below. */
final class HtmlLanes {
    private static final int MOST_LANES = 400;
    private static final int MOST_BARS = 200;
    private static final Set<String> SHOWN = Set.of("earlier", "later", "longer", "shorter", "worse", "milder");

    private final Result result;
    private final Map<AlertKey, List<Difference.Pair>> lanes = new LinkedHashMap<>();
    private final StringBuilder html = new StringBuilder();

    HtmlLanes(Result result, Difference difference) {
        this.result = result;
        Map<AlertKey, List<Difference.Pair>> same = new LinkedHashMap<>();
        for (Difference.Pair pair : difference.pairs()) {
            same.computeIfAbsent(pair.key(), key -> new ArrayList<>()).add(pair);
        }
        // what differs is what people came for
        same.forEach((key, pairs) -> {
            if (pairs.stream().anyMatch(pair -> !pair.same())) {
                lanes.put(key, pairs);
            }
        });
        same.forEach(lanes::putIfAbsent);
    }

    /** How many lanes there was no room for. */
    int left() {
        return Math.max(0, lanes.size() - MOST_LANES);
    }

    String rows() {
        int number = 0;
        for (Map.Entry<AlertKey, List<Difference.Pair>> lane : lanes.entrySet()) {
            if (++number > MOST_LANES) {
                break;
            }
            row(lane.getKey(), lane.getValue());
        }
        return html.toString();
    }

    private void row(AlertKey key, List<Difference.Pair> pairs) {
        Severity worst = Severity.INFO;
        Set<String> kinds = new LinkedHashSet<>();
        for (Difference.Pair pair : pairs) {
            Severity severity = pair.any().worst();
            worst = severity.compareTo(worst) > 0 ? severity : worst;
            pair.changes().forEach(change -> kinds.add(change.wire()));
            kinds.add(result.before() == null ? severity.wire() : pair.same() ? "same" : "differs");
        }
        String subject = (key.cluster().equals("default") ? "" : key.cluster() + ": ") + key.subject();
        String name = Text.clean((key.alertType() + " " + subject).toLowerCase(Locale.ROOT));
        html.append("<div class=\"row ")
                .append(worst.wire())
                .append("\" data-kinds=\"")
                .append(String.join(" ", kinds))
                .append("\" data-name=\"")
                .append(HtmlReport.safe(name))
                .append("\"><div class=\"label\"><b>")
                .append(HtmlReport.safe(Text.clean(key.alertType())))
                .append("</b><div>")
                .append(HtmlReport.safe(Text.clean(subject)))
                .append("</div></div><div class=\"track\">");
        for (Difference.Pair pair : pairs.subList(0, Math.min(MOST_BARS, pairs.size()))) {
            bar(pair.before(), "old", pair);
            bar(pair.after(), "new", pair);
        }
        html.append("</div><div class=\"badges\">").append(badges(pairs, kinds)).append("</div></div>\n");
    }

    private String badges(List<Difference.Pair> pairs, Set<String> kinds) {
        if (result.before() == null) {
            return pairs.size() == 1 ? "" : pairs.size() + " times";
        }
        long were = pairs.stream().filter(pair -> pair.before() != null).count();
        long are = pairs.stream().filter(pair -> pair.after() != null).count();
        if (were != are) {
            String word = were == 0 ? "new" : are == 0 ? "gone" : were + " → " + are;
            return "<span class=\"" + (are > were ? "new" : "gone") + "\">" + word + "</span>";
        }
        return kinds.stream().filter(SHOWN::contains).collect(Collectors.joining(", "));
    }

    private void bar(Tale tale, String side, Difference.Pair pair) {
        if (tale == null) {
            return;
        }
        long fired = offset(tale.firedAt());
        long since = offset(tale.since());
        long end = offset(tale.end(result.end()));
        String severity = tale.worst().wire();
        if (since < fired) {
            html.append("<i class=\"bar held ")
                    .append(side)
                    .append(' ')
                    .append(severity)
                    .append("\" data-at=\"")
                    .append(since)
                    .append("\" data-until=\"")
                    .append(fired)
                    .append("\"></i>");
        }
        html.append("<i tabindex=\"0\" class=\"bar ")
                .append(side)
                .append(' ')
                .append(severity)
                .append(tale.resolved() ? "" : " open")
                .append("\" data-at=\"")
                .append(fired)
                .append("\" data-until=\"")
                .append(end)
                .append("\" data-tip=\"")
                .append(HtmlReport.safe(tip(tale, side, pair)))
                .append("\"></i>");
        for (Tale.Moment moment : tale.moments()) {
            ChangeKind kind = moment.transition().kind();
            if (kind == ChangeKind.ESCALATED || kind == ChangeKind.ACKNOWLEDGED) {
                html.append("<i class=\"mark ")
                        .append(side)
                        .append(kind == ChangeKind.ACKNOWLEDGED ? " ack" : "")
                        .append("\" data-at=\"")
                        .append(offset(moment.transition().at()))
                        .append("\"></i>");
            }
        }
    }

    private long offset(Instant at) {
        return Math.max(0, Duration.between(result.begin(), at).toMillis());
    }

    private String tip(Tale tale, String side, Difference.Pair pair) {
        List<String> lines = new ArrayList<>();
        lines.add(tale.worst().wire() + " · "
                + Text.clean(tale.key().alertType() + " " + tale.key().subject()));
        lines.add(Text.clean(Text.cut(tale.last().message(), 160)));
        lines.add("fired " + TextReport.instant(tale.firedAt())
                + (tale.resolved()
                        ? ", over " + TextReport.instant(tale.end(null)).substring(11) + ", "
                                + Text.duration(Duration.ofSeconds(tale.lasted(result.begin(), result.end())
                                        .toSeconds()))
                        : ", not over"));
        if (tale.resolved()) {
            lines.add(Text.clean(Text.cut(tale.last().resolution().because(), 120)));
        }
        tale.moments().stream()
                .filter(moment -> moment.transition().kind() == ChangeKind.ESCALATED)
                .forEach(moment -> lines.add("▲ level " + moment.level() + " to "
                        + Text.clean(String.join(", ", moment.transition().to())) + " at "
                        + TextReport.instant(moment.transition().at()).substring(11)));
        lines.add(tale.notifications().size() + " notifications");
        if (result.before() != null) {
            String changes = pair.changes().stream()
                    .map(change -> change.wire().replace('_', ' '))
                    .collect(Collectors.joining(", "));
            String with = changes.isEmpty() ? "the same" : changes;
            lines.add(
                    side.equals("new")
                            ? "under " + result.after().name() + ": " + with
                            : "under " + result.before().name() + "; under "
                                    + result.after().name() + ": " + with);
        }
        return String.join("\n", lines);
    }
}
