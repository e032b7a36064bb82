package io.tocsin.cli.scenario;

import io.tocsin.cli.Paint;
import io.tocsin.model.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What differed at one instant, as lines: each list with expected and got side by side, then why. */
final class DifferenceText {
    private static final String INDENT = " ".repeat(11);
    private static final String NOTHING = "nothing";
    private static final Set<String> PLAIN =
            Set.of("alert_type", "node", "subject", "state", "severity", "receiver", "change");
    private static final int MOST_REASONS = 10;
    private static final int MOST_ROWS = 12;

    private final Paint paint;
    private final int width;
    private final Set<String> told = new HashSet<>();

    /**
     * For one case; what was told as a reason once is not told again.
     *
     * @param width columns of the terminal
     */
    DifferenceText(Paint paint, int width) {
        this.paint = paint;
        this.width = Math.max(80, width);
    }

    List<String> lines(List<Difference> differences) {
        List<String> lines = new ArrayList<>();
        Set<String> reasons = new java.util.LinkedHashSet<>();
        boolean alerts = false;
        for (String list : List.of("alerts", "notifications", "escalations")) {
            List<Difference> some =
                    differences.stream().filter(one -> one.list().equals(list)).toList();
            table(list, some, lines);
            // who was told hangs on the alert, so that the alert's reasons say it all
            if (!alerts) {
                some.forEach(one -> reasons.addAll(one.why()));
            }
            alerts |= list.equals("alerts") && !some.isEmpty();
        }
        differences.stream()
                .filter(one -> one.expected() == null && one.got() == null)
                .forEach(one -> lines.add(INDENT + paint.red(one.list() + ": " + String.join("; ", one.why()))));
        reasons(reasons, lines);
        return lines;
    }

    private void table(String list, List<Difference> some, List<String> lines) {
        List<String> expected = some.stream().map(one -> entry(one, true)).toList();
        int wide = Math.max(
                "expected".length(),
                expected.stream().mapToInt(String::length).max().orElse(0));
        for (int i = 0; i < Math.min(MOST_ROWS, some.size()); i++) {
            if (i == 0) {
                lines.add(INDENT + paint.bold(pad(list, 15)) + paint.faint(pad("expected", wide) + "   got"));
            }
            lines.add(INDENT + paint.red("✗") + " ".repeat(14) + pad(expected.get(i), wide) + "   " + got(some.get(i)));
        }
        if (some.size() > MOST_ROWS) {
            lines.add(INDENT + paint.faint("… " + (some.size() - MOST_ROWS) + " more with -o json"));
        }
    }

    private static String entry(Difference difference, boolean expected) {
        if (expected ? difference.expected() == null : difference.got() == null) {
            return NOTHING;
        }
        List<String> words = new ArrayList<>();
        difference.rows().forEach(row -> words.add(word(row, expected ? row.expected() : row.got())));
        return String.join(" ", words);
    }

    private static String word(Difference.Row row, String value) {
        return PLAIN.contains(row.field()) && !value.equals("null") ? value : row.field() + "=" + value;
    }

    /** What came, with what differs from what was expected in red. */
    private String got(Difference difference) {
        if (difference.got() == null || difference.expected() == null) {
            return paint.red(entry(difference, false));
        }
        List<String> words = new ArrayList<>();
        difference.rows().forEach(row -> {
            String word = word(row, row.got());
            words.add(row.same() ? word : paint.red(word));
        });
        return String.join(" ", words);
    }

    private void reasons(Set<String> reasons, List<String> lines) {
        List<String> news = reasons.stream().filter(told::add).toList();
        String lead = "why  ";
        for (String reason : news.subList(0, Math.min(MOST_REASONS, news.size()))) {
            lines.add(INDENT + paint.faint(lead) + Text.cut(reason, width - INDENT.length() - lead.length()));
            lead = "     ";
        }
        if (news.size() > MOST_REASONS) {
            lines.add(INDENT + paint.faint("     … " + (news.size() - MOST_REASONS) + " more with -o json"));
        }
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }
}
