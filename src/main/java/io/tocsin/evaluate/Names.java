package io.tocsin.evaluate;

import io.tocsin.model.Rules;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names that one rule may use: what it binds, the fields of a fact, the helpers. */
final class Names {
    private static final Pattern BOUND = Pattern.compile("([\\w$]+)\\s*:(?![:\\w]*:)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w$.#])[A-Za-z_$][\\w$]*");
    private static final Pattern CONSTANT = Pattern.compile("\\s*\\.\\s*([A-Z][A-Z0-9_]*)\\b(?!\\s*\\()");
    private static final Set<String> WORDS = Set.of(
            "this",
            "true",
            "false",
            "null",
            "new",
            "instanceof",
            "contains",
            "not",
            "memberOf",
            "matches",
            "in",
            "str",
            "soundslike",
            "and",
            "or",
            "exists",
            "forall",
            "excludes",
            "int",
            "long",
            "double",
            "float",
            "boolean");
    private static final TreeSet<String> HELPERS = helpers();

    private final Set<String> bound = new TreeSet<>();

    Names(CharSequence leftSide) {
        Matcher binding = BOUND.matcher(leftSide);
        while (binding.find()) {
            bound.add(binding.group(1));
        }
    }

    /** The helpers of {@link Rules}. */
    static TreeSet<String> helpers() {
        return publics(Rules.class);
    }

    /** The methods of a type of the model; none if there is no such type. */
    static TreeSet<String> methods(String type) {
        try {
            return publics(Class.forName("io.tocsin.model." + type));
        } catch (ClassNotFoundException other) {
            return new TreeSet<>();
        }
    }

    /** The components of a record of the model, as {@code String alertId, int level}; empty if there is no such record. */
    static Optional<String> components(String type) {
        try {
            RecordComponent[] components =
                    Class.forName("io.tocsin.model." + type).getRecordComponents();
            return Optional.ofNullable(components)
                    .map(all -> Arrays.stream(all)
                            .map(one -> one.getType().getSimpleName() + " " + one.getName())
                            .collect(Collectors.joining(", ")));
        } catch (ClassNotFoundException other) {
            return Optional.empty();
        }
    }

    private static TreeSet<String> publics(Class<?> type) {
        TreeSet<String> names = new TreeSet<>();
        for (Method method : type.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())
                    && !List.of("equals", "hashCode", "toString").contains(method.getName())) {
                names.add(method.getName());
            }
        }
        return names;
    }

    /** A name that means nothing, where it stands in a piece of code, and what there is instead. */
    record Unknown(String name, int at, String what, String hint) {}

    /**
     * The first unknown name of a constraint; null if there is none.
     *
     * @param code the constraint, texts blanked
     */
    Unknown unknown(CharSequence code, Class<?> type) {
        TreeSet<String> fields = Facts.fields(type);
        Matcher name = NAME.matcher(code);
        while (name.find()) {
            String found = name.group();
            char next = next(code, name.end());
            if (next == '(' && !HELPERS.contains(found) && !fields.contains(found) && !WORDS.contains(found)) {
                return new Unknown(
                        found, name.start(), "there is no helper \"" + found + "\"", Facts.near(found, HELPERS));
            }
            Unknown constant = constant(code, name);
            if (constant != null) {
                return constant;
            }
            if (next != '(' && next != ':' && !known(found, fields)) {
                return found.startsWith("$")
                        ? unbound(found, name.start())
                        : new Unknown(
                                found,
                                name.start(),
                                type.getSimpleName() + " has no field \"" + found + "\"",
                                Facts.near(found, fields)
                                        + (Facts.nearest(found, fields).isPresent()
                                                ? ""
                                                : "; a text stands in quotes"));
            }
        }
        return null;
    }

    /** Whether what stands here is {@code Severity.WARNIN} or the like. */
    private static Unknown constant(CharSequence code, Matcher type) {
        Matcher constant = CONSTANT.matcher(code).region(type.end(), code.length());
        if (!constant.lookingAt()) {
            return null;
        }
        try {
            Object[] constants =
                    Class.forName("io.tocsin.model." + type.group()).getEnumConstants();
            if (constants == null) {
                return null;
            }
            TreeSet<String> names = new TreeSet<>();
            for (Object one : constants) {
                names.add(((Enum<?>) one).name());
            }
            String found = constant.group(1);
            return names.contains(found)
                    ? null
                    : new Unknown(
                            found,
                            constant.start(1),
                            "there is no " + type.group() + "." + found,
                            Facts.near(found, names));
        } catch (ClassNotFoundException | NoClassDefFoundError other) {
            return null;
        }
    }

    /** The first variable of a right side that nothing binds; null if there is none. */
    Unknown unbound(CharSequence rightSide) {
        Matcher name = NAME.matcher(rightSide);
        while (name.find()) {
            if (name.group().startsWith("$") && !bound.contains(name.group())) {
                return unbound(name.group(), name.start());
            }
        }
        return null;
    }

    private Unknown unbound(String name, int at) {
        TreeSet<String> variables = new TreeSet<>(bound);
        return new Unknown(
                name,
                at,
                name + " is not bound",
                "bind it before, " + name + " : field"
                        + (variables.isEmpty() ? "" : "; bound are " + String.join(", ", variables)));
    }

    private boolean known(String name, Set<String> fields) {
        return fields.contains(name)
                || bound.contains(name)
                || WORDS.contains(name)
                || Character.isUpperCase(name.charAt(0))
                || name.matches("[eE]\\d*|[lLdDfF]");
    }

    private static char next(CharSequence code, int from) {
        for (int i = from; i < code.length(); i++) {
            if (!Character.isWhitespace(code.charAt(i))) {
                return code.charAt(i);
            }
        }
        return 0;
    }
}
