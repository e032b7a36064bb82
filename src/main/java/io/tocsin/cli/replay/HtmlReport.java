package io.tocsin.cli.replay;

import io.tocsin.model.Severity;
import io.tocsin.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A replay as one page that needs nothing else: the numbers on top, below them a lane for each trouble on one time line. */
final class HtmlReport {
    private static final String TEMPLATE = "report.html";
    private static final Pattern PLACE = Pattern.compile("@([A-Z_]+)@");
    private static final int BUCKETS = 250;

    private final Result result;
    private final Figures is;
    private final Figures was;
    private final Difference difference;

    private HtmlReport(Result result) {
        this.result = result;
        this.is = result.figures();
        this.was = result.figuresBefore();
        this.difference = result.difference();
    }

    /** The page. */
    static String of(Result result) throws IOException {
        HtmlReport report = new HtmlReport(result);
        Map<String, String> parts = report.parts();
        String template;
        try (InputStream in = HtmlReport.class.getResourceAsStream(TEMPLATE)) {
            template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), place.group())));
    }

    /** Text such that a page shows it and does nothing else with it. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (char c : text.toCharArray()) {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    private Map<String, String> parts() {
        HtmlLanes lanes = new HtmlLanes(result, difference);
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("TITLE", safe("Replay of " + TextReport.instant(result.begin())));
        parts.put("HEADLINE", safe(headline()));
        parts.put("LEAD", lead());
        parts.put("CARDS", cards());
        parts.put("COUNTS", counts(result.after()));
        parts.put("COUNTS_BEFORE", was == null ? "" : counts(result.before()));
        parts.put("CHIPS", chips());
        parts.put("LEGEND", legend());
        parts.put("MODE", was == null ? "single" : "double");
        parts.put("BEGIN", Long.toString(result.begin().toEpochMilli()));
        parts.put("END", Long.toString(result.end().toEpochMilli()));
        parts.put("ROWS", lanes.rows());
        parts.put("NOTES", notes(lanes));
        parts.put(
                "FOOTER",
                safe(String.format(
                        Locale.ROOT,
                        "Tocsin replayed %,d readings in %.1f s. Times are UTC.",
                        result.after().story().readings(),
                        result.seconds())));
        return parts;
    }

    private String headline() {
        if (was == null) {
            return is.alerts() + (is.alerts() == 1 ? " alert" : " alerts") + " under "
                    + result.after().name();
        }
        long differ = difference.pairs().size() - difference.same();
        return differ == 0
                ? "Nothing would have been different"
                : differ + " of " + difference.pairs().size() + " alerts would have been different";
    }

    private String lead() {
        String span = TextReport.instant(result.begin()) + " to " + TextReport.instant(result.end()) + " UTC";
        Duration length = Duration.between(result.begin(), result.end());
        StringBuilder lead = new StringBuilder("<p class=\"lead\"><b>")
                .append(safe(Text.duration(Duration.ofSeconds(length.toSeconds()))))
                .append("</b> from ")
                .append(safe(span))
                .append(String.format(
                        Locale.ROOT,
                        ", <b>%,d</b> readings",
                        result.after().story().readings()));
        long answers = result.after().story().answers();
        lead.append(answers == 0 ? "" : ", <b>" + answers + "</b> answers by people")
                .append("</p>");
        lead.append("<p class=\"lead\">").append(side("rules", result.after()));
        if (result.before() != null) {
            lead.append(" against ").append(side("", result.before()));
        }
        return lead.append("</p>").toString();
    }

    private static String side(String word, Result.Side side) {
        return word + " <b><code>" + safe(side.name()) + "</code></b> ("
                + side.book().rules().size() + " rules, <code>"
                + safe(side.book().hash()) + "</code>)";
    }

    private String cards() {
        StringBuilder cards = new StringBuilder();
        card(cards, "alerts", Figures::alerts);
        card(cards, "escalations", Figures::escalations);
        card(cards, "notifications", Figures::notifications);
        card(cards, "alert-minutes", Figures::minutes);
        cards.append("<div class=\"sheet card wide\"><div class=\"split\">");
        for (Severity severity : List.of(Severity.CRITICAL, Severity.WARNING, Severity.INFO)) {
            split(cards, severity.wire(), severity.wire(), figures -> figures.of(severity));
        }
        for (String receiver : result.receivers()) {
            split(cards, "to " + receiver, "plain", figures -> figures.of(receiver));
        }
        return cards.append("</div></div>").toString();
    }

    private void card(StringBuilder cards, String name, ToLongFunction<Figures> figure) {
        long now = figure.applyAsLong(is);
        cards.append("<div class=\"sheet card\"><h2>")
                .append(name)
                .append("</h2><div class=\"big\">")
                .append(count(now))
                .append("</div>");
        if (was != null) {
            long then = figure.applyAsLong(was);
            String by = then == now ? "" : String.format(Locale.ROOT, "%+,d", now - then);
            cards.append("<div class=\"was\">was ")
                    .append(count(then))
                    .append("<span class=\"delta ")
                    .append(now > then ? "more" : "less")
                    .append("\">")
                    .append(by)
                    .append("</span></div>");
        }
        cards.append("</div>");
    }

    private void split(StringBuilder cards, String name, String style, ToLongFunction<Figures> figure) {
        long now = figure.applyAsLong(is);
        long then = was == null ? 0 : figure.applyAsLong(was);
        if (now == 0 && then == 0) {
            return;
        }
        boolean severity = !style.equals("plain");
        long most = Math.max(
                1,
                severity
                        ? Math.max(is.alerts(), was == null ? 0 : was.alerts())
                        : Math.max(largest(is), was == null ? 0 : largest(was)));
        cards.append("<span class=\"name\">")
                .append(safe(Text.clean(name)))
                .append("</span><span class=\"twin ")
                .append(style)
                .append("\"><i class=\"new\" style=\"width:")
                .append(100 * now / most)
                .append("%\"></i>");
        if (was != null) {
            cards.append("<i class=\"old\" style=\"width:")
                    .append(100 * then / most)
                    .append("%\"></i>");
        }
        cards.append("</span><span class=\"num\">").append(count(now));
        if (was != null) {
            cards.append(" <span class=\"name\">was ").append(count(then)).append("</span>");
        }
        cards.append("</span>");
    }

    private static long largest(Figures figures) {
        return figures.receivers().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** How many alerts fire, at most, in each part of the time. */
    private String counts(Result.Side side) {
        long begin = result.begin().toEpochMilli();
        double width = Math.max(1, result.end().toEpochMilli() - begin) / (double) BUCKETS;
        int[] counts = new int[BUCKETS];
        for (Tale tale : side.story().alerts()) {
            int from = bucket(tale.firedAt(), begin, width);
            int to = bucket(tale.end(result.end()), begin, width);
            for (int i = from; i <= to; i++) {
                counts[i]++;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int count : counts) {
            text.append(text.isEmpty() ? "" : " ").append(count);
        }
        return text.toString();
    }

    private static int bucket(Instant at, long begin, double width) {
        return Math.max(0, Math.min(BUCKETS - 1, (int) ((at.toEpochMilli() - begin) / width)));
    }

    private String chips() {
        if (was == null) {
            StringBuilder chips = new StringBuilder(chip("all", "all", is.alerts(), true));
            for (Severity severity : List.of(Severity.CRITICAL, Severity.WARNING, Severity.INFO)) {
                if (is.of(severity) > 0) {
                    chips.append(chip(severity.wire(), severity.wire(), is.of(severity), false));
                }
            }
            return chips.toString();
        }
        StringBuilder chips =
                new StringBuilder(chip("all", "all", difference.pairs().size(), false));
        long differ = difference.pairs().size() - difference.same();
        chips.append(chip("differs", "differs", differ, false));
        difference
                .counts()
                .forEach((change, count) ->
                        chips.append(chip(change.wire(), change.wire().replace('_', ' '), count, false)));
        chips.append(chip("same", "the same", difference.same(), false));
        return chips.toString().replaceFirst("aria-pressed=\"false\"", "aria-pressed=\"true\"");
    }

    private static String chip(String kind, String name, long count, boolean pressed) {
        return "<button type=\"button\" data-kind=\"" + kind + "\" aria-pressed=\"" + pressed + "\">" + name + " <b>"
                + count(count) + "</b></button>";
    }

    private String legend() {
        String held =
                "<span><i class=\"held\"></i>held, nobody told</span><span>▲ escalates</span><span>○ answered</span>";
        return was == null
                ? held
                : "<span><i></i>" + safe(result.after().name()) + "</span><span><i class=\"old\"></i>"
                        + safe(result.before().name()) + "</span>" + held;
    }

    private String notes(HtmlLanes lanes) {
        StringBuilder notes = new StringBuilder();
        if (lanes.left() > 0) {
            notes.append("<li>").append(lanes.left()).append(" more lanes are not drawn; -o json has them all</li>");
        }
        result.notes().forEach(note -> notes.append("<li>").append(safe(note)).append("</li>"));
        return notes.isEmpty() ? "" : "<ul class=\"notes\">" + notes + "</ul>";
    }
}
