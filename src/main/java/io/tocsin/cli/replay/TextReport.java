package io.tocsin.cli.replay;

import io.tocsin.cli.Terminal;
import io.tocsin.model.Severity;
import io.tocsin.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** A replay for people: what went in, what came of it in numbers, and the alerts that differ most. */
final class TextReport {
    private static final int MOST = 30;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Result result;
    private final Difference difference;
    private final Terminal terminal;
    private final boolean colour;
    private final DateTimeFormatter instants;

    TextReport(Result result, Terminal terminal, boolean colour) {
        this.result = result;
        this.difference = result.difference();
        this.terminal = terminal;
        this.colour = colour;
        boolean days = Duration.between(result.begin(), result.end()).toHours() >= 20;
        this.instants = days ? DAY_TIME : TIME;
    }

    void print() {
        head();
        line("");
        figures();
        line("");
        if (result.before() == null) {
            list(difference.pairs());
        } else {
            changes();
        }
        Story story = result.after().story();
        terminal.err()
                .println(String.format(
                        Locale.ROOT,
                        "%,d readings in %.1f s, %,.0f a second%s",
                        story.readings(),
                        result.seconds(),
                        story.readings() / Math.max(1e-3, result.seconds()),
                        result.before() == null ? "" : " through both"));
    }

    private void head() {
        Story story = result.after().story();
        line(bold("past     ") + DAY.format(result.begin()) + " to " + DAY.format(result.end()) + " UTC, "
                + Text.duration(whole(Duration.between(result.begin(), result.end()))) + ", "
                + String.format(Locale.ROOT, "%,d", story.readings()) + " readings"
                + (story.answers() == 0 ? "" : ", " + story.answers() + " answers"));
        line(bold("rules    ") + side(result.after()));
        if (result.before() != null) {
            line(bold("against  ") + side(result.before()));
        }
    }

    private static String side(Result.Side side) {
        return side.name() + "  (" + side.book().rules().size() + " rules, "
                + side.book().hash() + ")";
    }

    private void figures() {
        Figures is = result.figures();
        Figures was = result.figuresBefore();
        line(faint(
                was == null
                        ? String.format("%-16s %10s", "", "rules")
                        : String.format("%-16s %10s %10s %10s", "", "against", "rules", "change")));
        row("alerts", is, was, Figures::alerts);
        for (Severity severity : List.of(Severity.CRITICAL, Severity.WARNING, Severity.INFO)) {
            row("  " + severity.wire(), is, was, figures -> figures.of(severity));
        }
        row("escalations", is, was, Figures::escalations);
        row("notifications", is, was, Figures::notifications);
        for (String receiver : result.receivers()) {
            row("  " + Text.cut(Text.clean(receiver), 14), is, was, figures -> figures.of(receiver));
        }
        row("alert-minutes", is, was, Figures::minutes);
    }

    private void row(String name, Figures is, Figures was, ToLongFunction<Figures> figure) {
        long now = figure.applyAsLong(is);
        long then = was == null ? 0 : figure.applyAsLong(was);
        if (name.startsWith("  ") && now == 0 && then == 0) {
            return;
        }
        if (was == null) {
            line(String.format(Locale.ROOT, "%-16s %,10d", name, now));
            return;
        }
        String by = now == then ? "" : String.format(Locale.ROOT, "%+,d", now - then);
        String shown = String.format("%10s", by);
        line(String.format(Locale.ROOT, "%-16s %,10d %,10d ", name, then, now)
                + (now > then ? paint("33", shown) : paint("32", shown)));
    }

    private void changes() {
        Map<Difference.Change, Long> counts = difference.counts();
        if (counts.isEmpty()) {
            line(
                    difference.pairs().isEmpty()
                            ? "no alert under either rule set"
                            : "nothing differs: all " + difference.pairs().size() + " alerts are the same");
            return;
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((change, count) -> parts.add(count + " " + change.wire().replace('_', ' ')));
        line(bold(String.join(" · ", parts)) + faint(" · " + difference.same() + " the same"));
        line("");
        list(difference.pairs().stream()
                .filter(pair -> !pair.same())
                .sorted(Comparator.comparing((Difference.Pair pair) -> !alone(pair)))
                .toList());
    }

    private static boolean alone(Difference.Pair pair) {
        return pair.before() == null || pair.after() == null;
    }

    private void list(List<Difference.Pair> pairs) {
        int type = 10;
        int subject = 7;
        List<Difference.Pair> shown = pairs.subList(0, Math.min(MOST, pairs.size()));
        for (Difference.Pair pair : shown) {
            type = Math.max(type, Math.min(28, pair.key().alertType().length()));
            subject = Math.max(subject, Math.min(36, subject(pair).length()));
        }
        for (Difference.Pair pair : shown) {
            String severity = pair.any().worst().wire();
            String what = result.before() == null ? "" : mark(pair) + " ";
            line(what + paint(colourOf(severity), String.format("%-8s", severity)) + " "
                    + String.format(
                            "%-" + type + "s", Text.cut(Text.clean(pair.key().alertType()), type)) + "  "
                    + String.format("%-" + subject + "s", Text.cut(subject(pair), subject)) + "  " + times(pair));
        }
        if (pairs.size() > MOST) {
            line(faint("and " + (pairs.size() - MOST) + " more: -o json lists all, --html FILE draws them"));
        }
    }

    private static String colourOf(String severity) {
        return switch (severity) {
            case "critical" -> "31";
            case "warning" -> "33";
            default -> "36";
        };
    }

    private static String subject(Difference.Pair pair) {
        String cluster = pair.key().cluster();
        return Text.clean(
                (cluster.equals("default") ? "" : cluster + ": ") + pair.key().subject());
    }

    private String mark(Difference.Pair pair) {
        if (pair.before() == null) {
            return paint("33", "+ new ");
        }
        return pair.after() == null ? paint("32", "- gone") : "~     ";
    }

    private String times(Difference.Pair pair) {
        if (alone(pair)) {
            Tale tale = pair.any();
            return span(tale)
                    + (tale.escalations() == 0 ? "" : ", level " + tale.last().level());
        }
        List<String> how = new ArrayList<>();
        Tale was = pair.before();
        Tale is = pair.after();
        for (Difference.Change change : pair.changes()) {
            how.add(
                    switch (change) {
                        case EARLIER, LATER -> by(Duration.between(was.firedAt(), is.firedAt())) + " " + change.wire();
                        case LONGER, SHORTER -> by(lasted(is).minus(lasted(was))) + " " + change.wire();
                        case WORSE, MILDER ->
                            is.worst().wire() + ", was " + was.worst().wire();
                        case ESCALATES_MORE, ESCALATES_LESS ->
                            is.escalations() + " escalations, were " + was.escalations();
                        default ->
                            is.notifications().size() == was.notifications().size()
                                    ? "told otherwise"
                                    : is.notifications().size() + " notifications, were "
                                            + was.notifications().size();
                    });
        }
        return span(is) + "  " + String.join(", ", how);
    }

    private String span(Tale tale) {
        return instants.format(tale.firedAt()) + " – "
                + (tale.resolved() ? instants.format(tale.end(null)) : "open") + ", "
                + Text.duration(whole(lasted(tale)));
    }

    private Duration lasted(Tale tale) {
        return tale.lasted(result.begin(), result.end());
    }

    private static String by(Duration by) {
        return Text.duration(whole(by.abs()));
    }

    private static Duration whole(Duration duration) {
        return Duration.ofSeconds(Math.round(duration.toMillis() / 1000.0));
    }

    private void line(String text) {
        terminal.out().println(text.stripTrailing());
    }

    private String bold(String text) {
        return paint("1", text);
    }

    private String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colour && !text.isBlank() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    static String instant(Instant at) {
        return DAY.format(at);
    }
}
