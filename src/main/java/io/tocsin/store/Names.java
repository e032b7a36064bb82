package io.tocsin.store;

import io.tocsin.model.Alert;
import io.tocsin.model.RuleRef;
import java.util.ArrayList;
import java.util.List;

/** A list of names in one column: a name a line, a backslash before a backslash or a line break of its own. */
final class Names {
    private Names() {}

    /** The rules under an alert. */
    static List<String> of(Alert alert) {
        return alert.symptom().rules().stream().map(RuleRef::name).distinct().toList();
    }

    /** Null for none. */
    static String joined(List<String> names) {
        if (names.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(name.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
        }
        return text.toString();
    }

    /** None for null. */
    static List<String> split(String text) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; text != null && i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                names.add(name.toString());
                name.setLength(0);
            } else if (c == '\\') {
                char next = text.charAt(++i);
                name.append(next == 'n' ? '\n' : next);
            } else {
                name.append(c);
            }
        }
        return names;
    }
}
