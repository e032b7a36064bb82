package io.tocsin.evaluate;

import io.tocsin.model.Alert;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the constraints of one pattern leave of each field; a pattern that leaves nothing never matches. */
final class Ranges {
    private final Class<?> type;
    private final DrlText text;
    private final List<Problem> problems;
    private final Map<String, double[]> ranges = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();

    Ranges(Class<?> type, DrlText text, List<Problem> problems) {
        this.type = type;
        this.text = text;
        this.problems = problems;
    }

    /** One more constraint that has to hold beside the others. */
    void take(Comparison one) {
        if (type == Alert.class && one.field().equals("state") && one.other().endsWith("RESOLVED")) {
            if (one.sign().equals("==")) {
                never(
                        one,
                        "a resolved alert is no fact any more",
                        "the states of facts are PENDING, FIRING, ACKNOWLEDGED");
            }
        } else if (one.numeric()) {
            number(one);
        } else if (one.sign().equals("==") && (one.quoted() || one.other().matches("[A-Z]\\w*\\.[A-Z_0-9]+"))) {
            String before = values.putIfAbsent(one.field(), one.other());
            if (before != null && !before.equals(one.other())) {
                never(
                        one,
                        one.field() + " is not " + before + " and " + one.other() + " at once",
                        "write or between them");
            }
        }
    }

    private void number(Comparison one) {
        double[] range = ranges.computeIfAbsent(
                one.field(), any -> new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY});
        boolean empty = range[0] > range[1];
        double value = one.number();
        if (one.sign().startsWith(">")) {
            range[0] = Math.max(range[0], one.sign().equals(">") ? Math.nextUp(value) : value);
        } else if (one.sign().startsWith("<")) {
            range[1] = Math.min(range[1], one.sign().equals("<") ? Math.nextDown(value) : value);
        } else if (one.sign().equals("==")) {
            range[0] = Math.max(range[0], value);
            range[1] = Math.min(range[1], value);
        }
        if (!empty && range[0] > range[1]) {
            never(
                    one,
                    "no number is " + one.field() + " " + one.sign() + " " + one.other() + " and what stands before it",
                    "");
        }
    }

    private void never(Comparison one, String why, String hint) {
        problems.add(text.problem(one.at(), "can never match: " + why, hint));
    }
}
