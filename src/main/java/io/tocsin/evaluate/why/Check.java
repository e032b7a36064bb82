package io.tocsin.evaluate.why;

import io.tocsin.model.Text;
import java.util.Map;

/**
 * One constraint of a rule against one fact.
 *
 * @param text the constraint as it is written
 * @param line the line of the file on which it stands
 * @param verdict whether it holds
 * @param left what its left side comes to; null if it is no comparison, or null itself
 * @param operator the comparison; null if it is none that can be told apart
 * @param right what its right side comes to
 * @param by how far the two figures are apart; null if they are no figures
 * @param values the fields and variables that it names, with their values, at most 8
 * @param note why it cannot be said; null if it can
 */
public record Check(
        String text,
        int line,
        Verdict verdict,
        Object left,
        String operator,
        Object right,
        Double by,
        Map<String, Object> values,
        String note) {

    /** Whether it holds. */
    public boolean holds() {
        return verdict == Verdict.HOLDS;
    }

    /** What it was and by how much, for people: {@code is 71.2, 13.8 short}. */
    public String says() {
        if (note != null) {
            return note;
        }
        if (operator == null) {
            return named();
        }
        String is = "is " + Shown.text(left);
        if (by == null) {
            return left instanceof Number && right instanceof Number ? is + ", not " + operator + " any figure" : is;
        }
        return is + apart();
    }

    private String apart() {
        String figure = Text.number(by);
        boolean ceiling = operator.startsWith("<");
        if (operator.equals("==") || operator.equals("!=")) {
            return "";
        }
        String limit = right instanceof Number number && !text.endsWith(Shown.text(number))
                ? " of " + Text.number(number.doubleValue())
                : "";
        if (holds()) {
            return by == 0 ? "" : ", " + figure + (ceiling ? " below" : " above") + rest(limit);
        }
        if (by == 0) {
            return ", which is not " + (ceiling ? "below" : "above");
        }
        return ", " + figure + (ceiling ? " too high" : " short") + limit;
    }

    private static String rest(String limit) {
        return limit.isEmpty() ? "" : limit.substring(" of".length());
    }

    /** Without a comparison: {@code is false} for a lone field, else every name with its value. */
    private String named() {
        if (values.size() == 1 && values.containsKey(text)) {
            return "is " + Shown.text(values.get(text));
        }
        StringBuilder named = new StringBuilder();
        values.forEach((name, value) -> named.append(named.isEmpty() ? "" : ", ")
                .append(name)
                .append(" is ")
                .append(Shown.text(value)));
        return named.toString();
    }
}
