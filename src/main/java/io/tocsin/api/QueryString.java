package io.tocsin.api;

import io.tocsin.model.Text;
import io.tocsin.model.Wire;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The part of an address after the question mark. An empty value is the same as none; an unknown name is refused. */
final class QueryString {
    private static final int LONGEST = 256;
    private static final int LONGEST_CURSOR = 1024;

    private final MultiMap parameters;

    private QueryString(MultiMap parameters) {
        this.parameters = parameters;
    }

    /**
     * The parameters of a request.
     *
     * @param allowed the names that the call knows
     * @throws HttpFault for any other name
     */
    static QueryString of(RoutingContext ctx, String... allowed) {
        List<String> names = Arrays.asList(allowed);
        MultiMap parameters = ctx.queryParams();
        for (String name : parameters.names()) {
            if (!names.contains(name)) {
                throw HttpFault.invalid("parameter " + Nearest.quoted(name) + " is unknown"
                        + (names.isEmpty() ? "; this call takes none" : Nearest.hint(name, names)));
            }
        }
        return new QueryString(parameters);
    }

    /** A single value; null if it is not given. */
    String one(String name) {
        return single(name, LONGEST);
    }

    private String single(String name, int longest) {
        List<String> values = given(name, longest);
        if (values.size() > 1) {
            throw HttpFault.invalid(name + ": given " + values.size() + " times; allowed is once");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** Where the page before ended; null for the first page. */
    String cursor() {
        return single("cursor", LONGEST_CURSOR);
    }

    /** The key of an alert, which has several names in it; null for any. */
    String key() {
        return single("key", LONGEST_CURSOR);
    }

    /** A list of words divided by commas; empty if none is given. */
    <E extends Wire> Set<E> words(String name, E[] constants) {
        List<String> allowed = Arrays.stream(constants).map(Wire::wire).toList();
        Set<E> found = new LinkedHashSet<>();
        for (String value : given(name, LONGEST)) {
            for (String word : value.split(",", -1)) {
                int index = allowed.indexOf(word.trim());
                if (index < 0) {
                    throw HttpFault.invalid(name + ": found " + Nearest.quoted(word) + Nearest.hint(word, allowed)
                            + "; several by comma");
                }
                found.add(constants[index]);
            }
        }
        return found;
    }

    /** A whole number within bounds. */
    int number(String name, int byDefault, int least, int most) {
        String value = one(name);
        if (value == null) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of bounds
        }
        throw HttpFault.invalid(name + ": found " + Nearest.quoted(value) + "; allowed is a whole number from " + least
                + " to " + most);
    }

    /** Yes or no. */
    boolean flag(String name, boolean byDefault) {
        String value = one(name);
        if (value == null || value.equals("true") || value.equals("false")) {
            return value == null ? byDefault : value.equals("true");
        }
        throw HttpFault.invalid(name + ": found " + Nearest.quoted(value) + "; allowed is true or false");
    }

    /** A time span above zero. */
    Duration duration(String name, Duration byDefault) {
        String value = one(name);
        return value == null ? byDefault : Fields.positive(name, value);
    }

    private List<String> given(String name, int longest) {
        List<String> values =
                parameters.getAll(name).stream().filter(v -> !v.isBlank()).toList();
        for (String value : values) {
            if (value.length() > longest) {
                throw HttpFault.invalid(name + ": " + value.length() + " characters; allowed are at most " + longest);
            }
        }
        return values.stream().map(Text::clean).toList();
    }
}
