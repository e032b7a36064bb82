package io.tocsin.cli.scenario;

import io.tocsin.cli.Paint;
import io.tocsin.model.Text;
import java.util.ArrayList;
import java.util.List;

/** The time line of a case as lines, each failed expectation with what differed below it. */
final class CaseText {
    private static final int MOST_LINES = 60;
    private static final int FIRST = 10;
    private static final int BEFORE = 14;
    private static final int AFTER = 3;
    private static final int BESIDE_TEXT = 24;

    private final Paint paint;
    private final int width;

    /**
     * For a terminal.
     *
     * @param width its columns
     */
    CaseText(Paint paint, int width) {
        this.paint = paint;
        this.width = Math.max(80, width);
    }

    List<String> lines(ScenarioRunner.Outcome outcome) {
        List<String> lines = new ArrayList<>();
        DifferenceText differences = new DifferenceText(paint, width);
        List<Difference> left = new ArrayList<>(outcome.differences());
        List<Happening> all = outcome.happened();
        boolean[] kept = kept(all);
        int skipped = 0;
        for (int i = 0; i < all.size(); i++) {
            if (!kept[i]) {
                skipped++;
                continue;
            }
            if (skipped > 0) {
                lines.add(paint.faint(" ".repeat(11) + "… " + skipped + " lines more with -o json"));
                skipped = 0;
            }
            Happening one = all.get(i);
            lines.add(line(one));
            List<Difference> here = left.stream()
                    .filter(each -> one.line() > 0
                            && each.line() == one.line()
                            && each.at().equals(one.at()))
                    .toList();
            if (!here.isEmpty()) {
                lines.addAll(differences.lines(here));
                left.removeAll(here);
            }
        }
        if (!left.isEmpty()) {
            lines.addAll(differences.lines(left));
        }
        return lines;
    }

    /** Of a long time line its beginning, its end, and what is around whatever failed. */
    private static boolean[] kept(List<Happening> all) {
        boolean[] kept = new boolean[all.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = all.size() <= MOST_LINES || i < FIRST || i >= all.size() - AFTER;
        }
        for (int i = 0; i < kept.length; i++) {
            if (all.get(i).what().equals("failed")) {
                for (int near = Math.max(0, i - BEFORE); near < Math.min(kept.length, i + AFTER); near++) {
                    kept[near] = true;
                }
            }
        }
        return kept;
    }

    private String line(Happening one) {
        String at = String.format("%9s  ", Text.duration(one.at()));
        String what = String.format("%-12s ", one.what());
        String text = Text.cut(one.text(), width - BESIDE_TEXT);
        return switch (one.what()) {
            case "telemetry", "expect" -> paint.faint(at + what + text);
            case "failed" -> at + paint.red(what) + text;
            case "fired", "raised", "escalated", "ack_expired" -> at + paint.amber(what) + text;
            case "resolved", "acknowledged" -> at + paint.green(what) + text;
            default -> at + paint.cyan(what) + text;
        };
    }
}
