package io.tocsin.evaluate;

import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** What kind of thing a field is, and whether a comparison of it can ever be true: types the compiler bends are not bent here. */
final class Kinds {
    private static final Pattern CONSTANT = Pattern.compile("([A-Z]\\w*)\\s*\\.\\s*([A-Z][A-Z0-9_]*)");
    private static final Pattern BINDING = Pattern.compile("(\\$\\w+)\\s*:\\s*([a-z]\\w*)\\s*(?=[,)]|$)");

    private static final Pattern MEASURED = Pattern.compile("[*/+-]\\s*\\d+\\s*[<>]=?\\s*(\\$\\w+)(?![\\w$]|\\s*[.(])");

    private Kinds() {}

    /** What is wrong with a comparison of a field of a fact; null if nothing is, or if it is not plain to see. */
    static Problem wrong(Comparison comparison, Class<?> fact, RulePart part, DrlText text) {
        Class<?> field = type(fact, comparison.field());
        if (field == null) {
            return null;
        }
        String name = comparison.field();
        if (comparison.sign().isEmpty()) {
            return kind(field).equals("true or false")
                    ? null
                    : text.problem(
                            comparison.at(),
                            name + " is " + a(field) + ", not true or false",
                            "compare it: " + name + " …");
        }
        if (comparison.sign().equals("matches")) {
            return pattern(comparison, text);
        }
        if (comparison.sign().equals("in")) {
            return null;
        }
        if (field.isEnum() && comparison.other().matches("[A-Z][A-Z0-9_]*")) {
            return text.problem(comparison.otherAt(), comparison.other() + " stands alone", hint(comparison, field));
        }
        String found = found(comparison, fact, part);
        if (found == null || found.equals(a(field)) || found.equals("null") && !field.isPrimitive()) {
            return null;
        }
        if (found.equals("null")) {
            return text.problem(comparison.otherAt(), name + " is never null", "leave the comparison out");
        }
        boolean written = comparison.quoted() || comparison.numeric();
        return text.problem(
                comparison.otherAt(),
                written
                        ? name + " is " + a(field) + ", but it is compared with " + found.replace("a ", "the ") + " "
                                + comparison.other()
                        : "can never match: " + name + " is " + a(field) + ", " + comparison.other() + " is " + found,
                hint(comparison, field));
    }

    private static String hint(Comparison comparison, Class<?> field) {
        String name = comparison.field();
        if (field.isEnum()) {
            String word = comparison.other().replace("\"", "").toUpperCase(Locale.ROOT);
            TreeSet<String> constants = Arrays.stream(field.getEnumConstants())
                    .map(one -> ((Enum<?>) one).name())
                    .collect(Collectors.toCollection(TreeSet::new));
            return Facts.nearest(word.substring(word.lastIndexOf('.') + 1), constants)
                            .map(near -> "write " + field.getSimpleName() + "." + near + "; ")
                            .orElse("")
                    + "there are " + String.join(", ", constants);
        }
        if (Collection.class.isAssignableFrom(field)) {
            return "write " + name + " contains " + comparison.other();
        }
        return switch (kind(field)) {
            case "number" -> comparison.quoted() ? "write the number without quotes" : "compare it with a number";
            case "text" -> comparison.numeric() ? "write it in quotes: \"" + comparison.other() + "\"" : "";
            case "true or false" -> "write " + name + " or !" + name;
            case "instant" -> "a rule asks no clock; ask for fresh or silent";
            default -> "";
        };
    }

    private static Problem pattern(Comparison comparison, DrlText text) {
        if (!comparison.quoted()) {
            return null;
        }
        String regex = comparison.other().substring(1, comparison.other().length() - 1);
        try {
            Pattern.compile(regex.replace("\\\\", "\\"));
            return null;
        } catch (PatternSyntaxException wrong) {
            return text.problem(
                    comparison.otherAt(),
                    "no regular expression: " + RuleFile.oneLine(wrong.getDescription()),
                    "write \\\\ before a sign that stands for itself");
        }
    }

    /** The first variable of a left side that is measured against a number and is none; null if there is none. */
    static Problem measured(RulePart part) {
        Map<String, Class<?>> types = bindings(part);
        Matcher measured = MEASURED.matcher(part.left());
        while (measured.find()) {
            Class<?> type = types.get(measured.group(1));
            if (type == String.class || type != null && Collection.class.isAssignableFrom(type)) {
                return part.text()
                        .problem(
                                part.when() + "when".length() + measured.start(1),
                                measured.group(1) + " is " + a(type) + ", no number to measure by",
                                "bind a field that is a number");
            }
        }
        return null;
    }

    /** What a field is compared with, in words; null if that is not plain to see. */
    private static String found(Comparison comparison, Class<?> fact, RulePart part) {
        String other = comparison.other();
        if (comparison.quoted()) {
            return "a text";
        }
        if (comparison.numeric()) {
            return "a number";
        }
        if (other.equals("true") || other.equals("false")) {
            return "true or false";
        }
        if (other.equals("null")) {
            return "null";
        }
        Matcher constant = CONSTANT.matcher(other);
        if (constant.matches()) {
            return named("io.tocsin.model." + constant.group(1));
        }
        Class<?> bound = other.startsWith("$") ? bindings(part).get(other) : type(fact, other);
        return bound == null ? null : a(bound);
    }

    private static String named(String name) {
        try {
            return a(Class.forName(name, false, Kinds.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError other) {
            return null;
        }
    }

    /** The types of variables that are bound to fields. */
    private static Map<String, Class<?>> bindings(RulePart part) {
        Map<String, Class<?>> types = new HashMap<>();
        for (RulePart.Match match : part.matches()) {
            Matcher binding = BINDING.matcher(match.written());
            while (match.type() != null && binding.find()) {
                Class<?> type = type(match.type(), binding.group(2));
                if (types.put(binding.group(1), type == null ? Object.class : type) != null) {
                    types.put(binding.group(1), Object.class);
                }
            }
        }
        types.values().removeIf(Object.class::equals);
        return types;
    }

    static Class<?> type(Class<?> fact, String field) {
        try {
            Method method = fact.getMethod(field);
            return method.getReturnType() == void.class ? null : method.getReturnType();
        } catch (NoSuchMethodException none) {
            return null;
        }
    }

    private static String a(Class<?> type) {
        String kind = kind(type);
        return kind.equals("true or false") ? kind : (kind.startsWith("instant") ? "an " : "a ") + kind;
    }

    private static String kind(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "number";
        }
        if (type == String.class) {
            return "text";
        }
        if (type == Instant.class) {
            return "instant";
        }
        return Collection.class.isAssignableFrom(type)
                ? "list"
                : Map.class.isAssignableFrom(type) ? "map" : type.getSimpleName();
    }
}
